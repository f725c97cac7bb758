import type {
  AllMiddlewareArgs,
  BlockAction,
  ButtonAction,
  GlobalShortcut,
  MessageShortcut,
  OverflowAction,
  SlackActionMiddlewareArgs,
  SlackCommandMiddlewareArgs,
  SlackEventMiddlewareArgs,
  SlackOptionsMiddlewareArgs,
  SlackShortcutMiddlewareArgs,
  SlackViewMiddlewareArgs,
  ViewClosedAction,
  ViewSubmitAction,
} from '@slack/bolt';
import type { Logger } from 'pino';
import type { Workspace, Workspaces } from '../workspace.ts';
import { hear } from './heard.ts';
import { type Asked, teamsOf } from './request-team.ts';
import { staysOpen } from './submission.ts';

/** Bolt's client has no token: a workspace has its own. */
type Middleware = Omit<AllMiddlewareArgs, 'client'>;

/** A slash command. */
export type CommandArgs = SlackCommandMiddlewareArgs & Middleware;
export type GlobalShortcutArgs = SlackShortcutMiddlewareArgs<GlobalShortcut> & Middleware;
export type MessageShortcutArgs = SlackShortcutMiddlewareArgs<MessageShortcut> & Middleware;
/** Anything that was pressed or chosen. */
export type ActionArgs = SlackActionMiddlewareArgs<BlockAction> & Middleware;
export type ButtonArgs = SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & Middleware;
/** A menu behind three dots. */
export type OverflowArgs = SlackActionMiddlewareArgs<BlockAction<OverflowAction>> & Middleware;
/** A type-ahead. */
export type SuggestionArgs = SlackOptionsMiddlewareArgs<'block_suggestion'> & Middleware;
/** A modal that was sent. */
export type SubmitArgs = SlackViewMiddlewareArgs<ViewSubmitAction> & Middleware;
/** A modal that was closed without being sent. */
export type ClosedArgs = SlackViewMiddlewareArgs<ViewClosedAction> & Middleware;
export type HomeOpenedArgs = SlackEventMiddlewareArgs<'app_home_opened'> & Middleware;
export type UserChangedArgs = SlackEventMiddlewareArgs<'user_change'> & Middleware;
/** Somebody joined a conversation, or left it. */
export type WhereaboutsArgs = SlackEventMiddlewareArgs<'member_joined_channel' | 'member_left_channel'> &
  Middleware;

/** Who answers something people can do, in the workspace they do it in. */
type Listener<Args, More extends unknown[]> = (
  workspace: Workspace,
  args: Args,
  ...more: More
) => Promise<unknown>;

/**
 * Turns listeners of ours into those Bolt takes: the one place that finds the workspace of a request, and hears what
 * the request says of it before anything is answered. Where the app is in none of those it may belong to, the request
 * is answered, and nothing is done.
 */
export function listenersFor(workspaces: Workspaces, log: Logger) {
  return <Args extends { body: object }, More extends unknown[]>(
    listener: Listener<Args, More>,
    ...more: More
  ) =>
    async (args: Args): Promise<void> => {
      const workspace = workspaceAsked(workspaces, args.body);
      if (workspace === undefined) {
        log.warn({ teams: teamsOf(args.body) }, 'somebody did something where the app is not installed');
        return refuse(args);
      }
      hear(workspace, args.body);
      try {
        await listener(workspace, args, ...more);
      } catch (error) {
        workspace.watch(error);
        throw error;
      }
    };
}

/** The workspace a request belongs to. */
export function workspaceAsked({ of }: Workspaces, body: Asked): Workspace | undefined {
  for (const teamId of teamsOf(body)) {
    const workspace = of(teamId);
    if (workspace !== undefined) return workspace;
  }
  return undefined;
}

/** Where the app is not, or not any more. */
export const NOT_HERE =
  'The app cannot work in this workspace just now: it has no access to it. Please tell whoever runs it.';
const NOT_SAVED_HERE = `This was not saved. ${NOT_HERE} Your words are still here: please copy them.`;

/**
 * Says that the app cannot work here, as far as that goes without a token: where Slack gave an address for an
 * answer. A modal that was sent stays, with what was typed.
 */
async function refuse(args: object): Promise<void> {
  const { ack, body, respond } = args as Partial<SubmitArgs>;
  if (body?.type === 'view_submission') return ack?.(staysOpen(body.view, NOT_SAVED_HERE));
  await ack?.();
  if (body !== undefined && 'response_url' in body)
    await respond?.({ response_type: 'ephemeral', replace_original: false, text: NOT_HERE });
}
