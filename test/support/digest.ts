import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Message } from '../../sandbox/state/state.ts';
import type { Workspace } from '../../sandbox/workspace.ts';
import { toCapture } from '../../src/domain/capture/capture.ts';
import type { DigestSettings } from '../../src/domain/digest/digest.ts';
import { EMPTY_TELLING } from '../../src/domain/near-miss.ts';
import { suggestedDigest } from '../../src/slack/digest/digest-settings-view.ts';
import { openStorage } from '../../src/storage/storage.ts';
import { DAY, MINUTE } from './bot-on-a-store.ts';
import { type BotOnTheWire, type BotOptions, botOnTheWire } from './bot-on-the-wire.ts';
import type { OnAFile } from './database.ts';
import { modalOf } from './screen.ts';

/**
 * Two stewards, and a digest in #learning on Mondays at 09:30 in London, as if they had been chosen in the modals
 * just now. `settings` are values of those.
 */
export async function botWithDigest(
  { channel = 'learning', preview, replies }: { channel?: string; preview?: '0'; replies?: string } = {},
  options: BotOptions = {},
): Promise<BotOnTheWire> {
  const { previewMinutes, ...suggested } = suggestedDigest('Europe/London');
  return botOnTheWire({
    ...options,
    settled: (workspace, now) => ({
      stewards: ['jon', 'amira'].map((handle) => workspace.person(handle).id),
      digest: {
        ...suggested,
        ...(preview === undefined && { previewMinutes }),
        ...(replies !== undefined && { replies: Number(replies) }),
        channelId: workspace.channel(channel).id,
        channelName: channel,
        sharedOutside: false,
        setUpAt: now,
        since: now,
      },
    }),
  });
}

/** `/nearmiss digest settings`, by a steward; what is left out stays as the modal proposes it. */
export async function setUpDigest(
  bot: BotOnTheWire,
  who: string,
  changes: Record<string, string> = {},
): Promise<void> {
  const person = bot.workspace.person(who);
  await openDigestSettings(bot, who);
  const { channel = 'learning', ...others } = changes;
  await person.change('view', 'channel', bot.workspace.channel(channel).id);
  for (const [block, value] of Object.entries(others)) await person.change('view', block, value);
  expect((await person.submit()).errors).toEqual({});
  await person.close();
}

/**
 * Puts a digest into the file of an app that is not running: it is due `dueIn` milliseconds from now, in #learning, with amira as its steward and these stories of maria in it.
 */
export async function putDigestInFile(
  { workspace, config }: OnAFile & { workspace: Workspace },
  stories: string[],
  {
    now = Date.now(),
    dueIn = -MINUTE,
    ...digest
  }: { now?: number; dueIn?: number } & Partial<DigestSettings> = {},
): Promise<void> {
  const storage = openStorage(config.databasePath, randomUUID);
  const { id: teamId, name } = workspace.state.team;
  const slot = new Date(now + dueIn);
  await storage.workspaces.remember({ teamId, name });
  await storage.workspaces.change(teamId, {
    stewards: [workspace.person('amira').id],
    digest: {
      channelId: workspace.channel('learning').id,
      channelName: 'learning',
      setUpAt: now - DAY,
      since: now - DAY,
      weekday: slot.getUTCDay() === 0 ? 7 : slot.getUTCDay(),
      minutes: slot.getUTCHours() * 60 + slot.getUTCMinutes(),
      zone: 'UTC',
      quietWeek: 'nothing',
      replies: 30,
      ...digest,
    },
  });
  for (const summary of stories) {
    const capture = toCapture(
      {
        id: randomUUID(),
        teamId,
        personId: workspace.person('maria').id,
        summary,
        tier: 'named',
        audience: 'everyone',
        wantsCard: false,
        conversation: { id: workspace.channel('payments-ops').id, name: 'payments-ops', kind: 'public' },
        stewards: [],
      },
      now - 60 * MINUTE,
    );
    await storage.nearMisses.capture(capture, now, now);
    const telling = { ...EMPTY_TELLING, signal: { kind: 'alert' as const } };
    await storage.nearMisses.tell({ teamId, id: capture.id, change: () => telling, toldAt: now, now });
  }
  await storage.close();
}

export async function openDigestSettings(bot: BotOnTheWire, who: string) {
  await bot.workspace.person(who).command('payments-ops', '/nearmiss digest settings');
  return modalOf(bot, who, 'The weekly digest', 'channel');
}

/** `/nearmiss digest now`, confirmed. */
export async function publishNow(bot: BotOnTheWire, who: string): Promise<void> {
  const person = bot.workspace.person(who);
  await person.command('payments-ops', '/nearmiss digest now');
  await modalOf(bot, who, 'Publish the digest now?', 'posted in');
  await person.submit();
  await modalOf(bot, who, 'The weekly digest', 'It is on its way.');
  await person.close();
}

const isParent = ({ text }: Message) => text.startsWith('What we learned');

/** The parent of the last digest in a channel, once there are so many of them. */
export function digestIn({ workspace }: BotOnTheWire, channel = 'learning', count = 1): Promise<Message> {
  return workspace.until(
    () => {
      const parents = workspace.person('jon').messages(channel).filter(isParent);
      return parents.length === count ? parents.at(-1) : undefined;
    },
    { what: `${count} digests in ${channel}` },
  );
}

/** The digests in a channel, each with its thread. */
export function digestsIn({ workspace }: { workspace: Workspace }, channel = 'learning') {
  const { id } = workspace.channel(channel);
  const messages = workspace.state.messages.filter((message) => message.channel === id);
  return messages
    .filter(({ ts, thread_ts: thread }) => thread === undefined || thread === ts)
    .map((parent) => ({
      parent,
      replies: messages.filter(({ ts, thread_ts: thread }) => thread === parent.ts && ts !== parent.ts),
    }));
}

/** What the digests of a channel are called but for the words they all begin with. */
export const digestTitles = (bot: { workspace: Workspace }, channel?: string) =>
  digestsIn(bot, channel).map(({ parent }) => parent.text.replace('What we learned from near-misses, ', ''));

/** What hangs under a message, once there are so many replies. */
export function repliesTo(
  { workspace }: BotOnTheWire,
  { channel, ts }: Message,
  count: number,
): Promise<Message[]> {
  return workspace.until(
    () => {
      const [, ...replies] = workspace.person('jon').thread(channel, ts);
      return replies.length === count ? replies : undefined;
    },
    { what: `${count} replies in the thread` },
  );
}

/** A reply that says this, once it does. */
export function replyWith(
  { workspace }: BotOnTheWire,
  { channel, ts }: Message,
  has: string,
): Promise<Message> {
  return workspace.until(
    () =>
      workspace
        .person('jon')
        .thread(channel, ts)
        .slice(1)
        .find((reply) => JSON.stringify(reply).includes(has)),
    { what: `a reply with "${has}"` },
  );
}
