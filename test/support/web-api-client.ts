import { LogLevel, WebAPIPlatformError, WebClient } from '@slack/web-api';
import { onTestFinished } from 'vitest';
import { manualClock } from '../../sandbox/clock.ts';
import { startWorkspace, type WorkspaceOptions } from '../../sandbox/workspace.ts';

/** A logger for toy apps that talk to the workspace in tests: what they say is nobody's business. */
export const silence = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};

/** A workspace whose clock the test moves on, and a client with the token of its app. */
export async function workspaceWithClient(changes: Partial<WorkspaceOptions> = {}) {
  const clock = manualClock();
  const workspace = await startWorkspace({
    manifest: 'manifest.yml',
    clock,
    people: [
      { handle: 'maria', realName: 'Maria Lopez', tz: 'Europe/Madrid' },
      { handle: 'jon', isAdmin: true },
      { handle: 'gone', isDeleted: true },
      { handle: 'eve', isStranger: true },
      { handle: 'guest', isRestricted: true },
    ],
    channels: [
      { name: 'ops', members: ['maria', 'jon'] },
      { name: 'learning', members: ['maria'], app: true },
      { name: 'board', kind: 'private', members: ['maria'] },
      { name: 'payments', kind: 'private', members: ['maria'], app: true },
      { name: 'old', members: ['maria'], app: true, isArchived: true },
      { name: 'news', members: ['maria'], app: true, isPostingRestricted: true },
    ],
    ...changes,
  });
  onTestFinished(() => workspace.stop());
  const client = new WebClient(workspace.botToken, {
    slackApiUrl: workspace.apiUrl,
    logger: silence,
    retryConfig: { retries: 0 },
  });

  const id = (name: string) => workspace.channel(name).id;
  const person = (handle: string) => workspace.person(handle).id;

  const post = (channel: string, more: object = { text: 'Hello' }) =>
    errorOf(client.apiCall('chat.postMessage', { channel, ...more }));

  /** A trigger from a person who has just done something; the app itself does not listen here. */
  const trigger = async (handle = 'maria'): Promise<string> => {
    await workspace.person(handle).globalShortcut('share_from_anywhere');
    return String(workspace.deliveries.at(-1)?.payload.trigger_id);
  };

  const openModal = async (view: object = modal()) => {
    await client.apiCall('views.open', { trigger_id: await trigger(), view });
    const opened = workspace.person('maria').view();
    if (!opened) throw new Error('No modal is open');
    return opened;
  };

  return { workspace, client, clock, id, person, post, trigger, openModal };
}

export const plain = (text: string) => ({ type: 'plain_text' as const, text });
export const section = (text: string) => ({
  type: 'section' as const,
  text: { type: 'mrkdwn' as const, text },
});
export const modal = (more: object = {}) => ({
  type: 'modal' as const,
  title: plain('Title'),
  blocks: [section('Text')],
  ...more,
});
export const field = (block_id: string, initial_value?: string) => ({
  type: 'input' as const,
  block_id,
  label: plain('What?'),
  element: {
    type: 'plain_text_input' as const,
    action_id: 'words',
    ...(initial_value === undefined ? {} : { initial_value }),
  },
});

/** The error Slack answers with, and everything beside it. */
export async function refusal(call: Promise<unknown>): Promise<Record<string, unknown>> {
  try {
    await call;
  } catch (error) {
    if (error instanceof WebAPIPlatformError) return { ...error.data };
    throw error;
  }
  throw new Error('It was not refused');
}

export const errorOf = async (call: Promise<unknown>) => (await refusal(call)).error;
