import type { Clock } from '../clock.ts';
import type { Json } from '../json.ts';
import type { Installation } from './manifest.ts';
import type { State, Values } from './state.ts';
import type { Call, Delivery } from './traffic.ts';

/** What changed, for whoever draws it. */
export type Change = {
  readonly what:
    | 'message'
    | 'ephemeral'
    | 'view'
    | 'home'
    | 'channel'
    | 'failure'
    | 'call'
    | 'delivery'
    | 'connection';
  readonly person?: string;
  readonly channel?: string;
};

/** Everything the parts of the workspace share. */
export type Core = {
  readonly state: State;
  readonly clock: Clock;
  readonly installation: Installation;
  readonly calls: Call[];
  readonly deliveries: Delivery[];
  readonly complaints: string[];
  /** Every text the app has sent, one after another. */
  readonly received: string[];
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  /** Where the workspace listens; known once it does. */
  url: string;
  /** Where the app takes signed HTTP, if it does. */
  appUrl: string | undefined;
  /** What every call of the bot is answered with once its token is no good. */
  tokenError: string | undefined;
  /** How many of the app's next answers never reach Slack. */
  acksToLose: number;
  /** What people have chosen in messages, by person and message. */
  readonly messageValues: Map<string, Values>;
  /** What an external select last offered, by person, block and action. */
  readonly suggestions: Map<string, Json[]>;
  /** Socket Mode addresses given out and not used yet. */
  readonly tickets: Set<string>;
  readonly listeners: Set<(change: Change) => void>;
  /** Calls off everything that is still to happen. */
  stopTimers(): void;
  readonly serial: { next: number; micros: number };
};

/** Ids that are unique and the same in every run. */
export function newId(core: Core, prefix: string): string {
  core.serial.next += 1;
  return `${prefix}0${core.serial.next.toString(36).toUpperCase().padStart(9, '0')}`;
}

/** A message timestamp: later than every one before it, even when the clock stands still. */
export function newTs(core: Core): string {
  core.serial.micros = Math.max(core.clock.now() * 1000, core.serial.micros + 1);
  return `${Math.floor(core.serial.micros / 1_000_000)}.${String(core.serial.micros % 1_000_000).padStart(6, '0')}`;
}

export function changed(core: Core, change: Change): void {
  for (const listener of core.listeners) listener(change);
}

/** Notes something that Slack lets pass and a careful app does not do. */
export function complain(core: Core, complaint: string): void {
  core.complaints.push(complaint);
}

/** Keeps every text in something the app sent, so that a test can look for words that must not be there. */
export function keepTexts(core: Core, value: unknown): void {
  if (typeof value === 'string') core.received.push(value);
  else if (Array.isArray(value)) for (const each of value) keepTexts(core, each);
  else if (typeof value === 'object' && value !== null) keepTexts(core, Object.values(value));
}

/** Says what a person was told did not work. */
export function fail(core: Core, person: string, doing: string, reason: string): void {
  core.state.failures.set(person, { doing, reason });
  changed(core, { what: 'failure', person });
}
