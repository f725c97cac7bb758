import type { Json } from '../json.ts';
import type { Channel, Failure, Message } from '../state/state.ts';
import type { ShownView } from '../state/views.ts';

/** Where a message stands. */
export type MessagePlace = { readonly channel: string; readonly ts: string };

/** Where on the screen something is: the front modal, the app's Home tab, or a message. */
export type Place = 'view' | 'home' | MessagePlace;

/** Which element: its action id or its block's id, or more exactly when several share one. */
export type Pick = string | { readonly action_id?: string; readonly block_id?: string };

/** What came of one thing a person did. */
export type Outcome = {
  /** False when the person's own Slack stopped it, as it does with an empty required field. */
  readonly sent: boolean;
  /** Whether the app's answer arrived in time. */
  readonly acked: boolean;
  /** What the person saw instead, e.g. `operation_timeout`, `dispatch_failed`, `not_allowed_in_threads`. */
  readonly failure: string | undefined;
  /** Words shown under inputs, by block id: the app's own, or Slack's when it was not sent. */
  readonly errors: Readonly<Record<string, string>>;
  /** What the app was sent. */
  readonly payload: Json | undefined;
  /** What the app answered with, if anything. */
  readonly answer: unknown;
  /** Delivers the very same payload once more, as Slack sometimes does. */
  redeliver(): Promise<Outcome>;
};

/**
 * What one person can see and do in Slack. Channels are named by name (`ops`) or id. Everything a person does
 * that reaches the app resolves when the app has answered, or when Slack has given up waiting for it.
 */
export type PersonActions = {
  readonly id: string;
  readonly handle: string;

  /** The conversations in this person's sidebar and the public channels they could open. */
  channels(): Channel[];
  /** The messages of a channel in order, without replies in threads, without ephemeral ones. */
  messages(channel: string): Message[];
  /** A message and the replies to it. */
  thread(channel: string, ts: string): Message[];
  /** Messages only this person sees. */
  ephemerals(channel?: string): Message[];
  /** The direct messages between this person and the app. */
  dm(): Message[];
  /** The modal in front, if any. */
  view(): ShownView | undefined;
  /** All open modals, the one in front last. */
  views(): ShownView[];
  /** The app's Home tab as last published to this person. */
  home(): ShownView | undefined;
  /** The last thing Slack told this person did not work. */
  failure(): Failure | undefined;

  /** Writes a message. `@ana` and `#ops` become mentions; text is escaped as Slack escapes it. */
  say(channel: string, text: string, options?: { threadTs?: string; broadcast?: boolean }): Message;
  edit(message: MessagePlace, text: string): void;
  remove(message: MessagePlace): void;
  /** The app hears of both where it is in the channel and asked to; resolves when it has taken the event. */
  join(channel: string): Promise<void>;
  leave(channel: string): Promise<void>;
  /** Invites the app, as `/invite @app` does. */
  inviteApp(channel: string): void;
  removeApp(channel: string): void;

  /** Types a slash command, e.g. `/nearmiss the export had last month's rates`. */
  command(channel: string, line: string, options?: { threadTs?: string }): Promise<Outcome>;
  messageShortcut(callbackId: string, message: MessagePlace): Promise<Outcome>;
  globalShortcut(callbackId: string): Promise<Outcome>;
  /** Opens the app's Home tab (or its Messages tab); resolves when the app has taken the event. */
  openHome(tab?: 'home' | 'messages'): Promise<Outcome>;

  /** Presses a button, or chooses the option with this value from an overflow menu. */
  press(place: Place, pick: Pick, optionValue?: string): Promise<Outcome>;
  /**
   * Types or chooses. Text for text inputs; option values for selects, radio buttons and checkboxes; ids or
   * handles for people; `null` or `[]` to clear. Reaches the app only where Slack would send block_actions.
   */
  change(place: Place, pick: Pick, value: string | readonly string[] | null): Promise<Outcome>;
  /** Types into an external select and returns the options the app offers. */
  suggest(place: Place, pick: Pick, typed: string): Promise<Json[]>;
  /** Presses the front modal's submit button; with `copies`, the same submission arrives that many times at once. */
  submit(options?: { copies?: number }): Promise<Outcome>;
  /** Presses the front modal's close button; with `all`, closes the whole stack with the cross. */
  close(options?: { all?: boolean }): Promise<Outcome>;
};
