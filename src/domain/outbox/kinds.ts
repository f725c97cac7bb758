import type { Notice } from './notices.ts';

/**
 * What the app sends, each kind once, with all that is true of it. An announcement is written to the outbox in the
 * transaction of the fact it announces and holds no words: they are drawn when it is sent. `channelId` is where it
 * goes.
 */
export type Announced = {
  card: { nearMissId: string; channelId: string };
  card_change: { nearMissId: string; channelId: string };
  /** Without `ts` it is not known yet which message it is. It says nothing of the near-miss. */
  card_removal: { channelId: string; threadTs?: string | undefined; ts?: string | undefined };
  confirmation: { nearMissId: string; personId: string };
  home: { personId: string };
  digest_part: { digestId: string; position: number; channelId: string };
  digest_change: { digestId: string; position: number; channelId: string };
  preview_part: { digestId: string; position: number; personId: string };
  preview_change: { digestId: string; position: number; personId: string };
  preview_removal: { digestId: string; channelId: string; ts: string };
  /** One thing that is said to one person. */
  notice: { personId: string; notice: Notice };
};

export type Kind = keyof Announced;
export type Announcement<K extends Kind = Kind> = { [One in K]: { kind: One } & Announced[One] }[K];

/** What is true of every announcement of one kind. */
type Rules<K extends Kind> = {
  /** May it simply be sent again where nobody knows what became of it? A new message may not: it is looked for. */
  repeatable: boolean;
  /** Would a second one that waits say the same? What it says is read when it is sent. */
  oneWaits: boolean;
  /** Is there one for a near-miss, ever? */
  oncePerNearMiss: boolean;
  /** Those of one lane go one after another, in the order they were put in. */
  lane: (announcement: Announcement<K>) => string;
  /**
   * Who hears that it did not arrive, or that nobody knows. A reporter hears of a card in its confirmation where that
   * is still to come; where nobody knows who they are the stewards hear. `withdrawer` is a reporter who withdrew it.
   */
  undelivered: 'nobody' | 'reporter' | 'withdrawer' | 'stewards';
  /** Is it kept that it was sent, and that it was refused? What is not kept is forgotten. */
  keeps: { sent: boolean; refused: boolean };
};

const toChannel = ({ channelId }: { channelId: string }) => channelId;
/** Each in a lane of its own: it waits for its own capture to end, and most go to where the person was. */
const onItsOwn = ({ nearMissId }: { nearMissId: string }) => `confirmation:${nearMissId}`;
/** A steward's preview is a thread of its own. */
const previewOf = ({ personId }: { personId: string }) => `preview:${personId}`;
const homeOf = ({ personId }: { personId: string }) => `home:${personId}`;
const messagesOf = ({ personId }: { personId: string }) => `person:${personId}`;

const ALL = { sent: true, refused: true };
const REFUSALS = { sent: false, refused: true };
const NOTHING = { sent: false, refused: false };

// biome-ignore format: a table is read by comparing its rows
const TABLE = {
  card:            { repeatable: false, oneWaits: false, oncePerNearMiss: true,  lane: toChannel,  undelivered: 'reporter',   keeps: ALL },
  card_change:     { repeatable: true,  oneWaits: true,  oncePerNearMiss: false, lane: toChannel,  undelivered: 'withdrawer', keeps: NOTHING },
  card_removal:    { repeatable: true,  oneWaits: false, oncePerNearMiss: false, lane: toChannel,  undelivered: 'stewards',   keeps: REFUSALS },
  confirmation:    { repeatable: false, oneWaits: false, oncePerNearMiss: true,  lane: onItsOwn,   undelivered: 'nobody',     keeps: ALL },
  home:            { repeatable: true,  oneWaits: true,  oncePerNearMiss: false, lane: homeOf,     undelivered: 'nobody',     keeps: NOTHING },
  digest_part:     { repeatable: false, oneWaits: false, oncePerNearMiss: false, lane: toChannel,  undelivered: 'stewards',   keeps: ALL },
  digest_change:   { repeatable: true,  oneWaits: true,  oncePerNearMiss: false, lane: toChannel,  undelivered: 'stewards',   keeps: REFUSALS },
  preview_part:    { repeatable: false, oneWaits: false, oncePerNearMiss: false, lane: previewOf,  undelivered: 'nobody',     keeps: ALL },
  preview_change:  { repeatable: true,  oneWaits: true,  oncePerNearMiss: false, lane: previewOf,  undelivered: 'nobody',     keeps: REFUSALS },
  preview_removal: { repeatable: true,  oneWaits: false, oncePerNearMiss: false, lane: toChannel,  undelivered: 'nobody',     keeps: REFUSALS },
  notice:          { repeatable: false, oneWaits: true,  oncePerNearMiss: false, lane: messagesOf, undelivered: 'nobody',     keeps: ALL },
} satisfies { [K in Kind]: Rules<K> };

export const KINDS: { [K in Kind]: Rules<K> } = TABLE;

/** The lane of an announcement: a channel, or what a person gets of one sort. */
export function laneOf<K extends Kind>(announcement: Announcement<K>): string {
  return KINDS[announcement.kind].lane(announcement);
}

/** The kinds that wait for a steward when they did not arrive, or may: where there is no reporter who could hear. */
export type WaitsForSteward = {
  [K in Kind]: (typeof TABLE)[K]['undelivered'] extends 'stewards' | 'reporter' ? K : never;
}[Kind];

/** Does what did not arrive of this kind wait on the stewards' Home, always or where it has no reporter? */
export function waitsForSteward(kind: Kind): kind is WaitsForSteward {
  return ['stewards', 'reporter'].includes(KINDS[kind].undelivered);
}

/** Every kind there is. */
export const ALL_KINDS = Object.keys(KINDS) as Kind[];
