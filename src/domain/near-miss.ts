/**
 * The near-miss and the words around it. Nothing here knows Slack or SQL;
 * people, channels and workspaces are opaque ids, times are UTC milliseconds.
 */
import type { Reached, SaveKind, SignalKind } from './story/choices.ts';
import type { AnswerId } from './story/questions.ts';

/** Who may see that it was you: anyone who can read it, only the stewards, or nobody (the id is never stored). */
export type Tier = 'named' | 'confidential' | 'unattributed';

/** Who may read the story: everyone in the workspace, or the members of the channel it came from. */
export type Audience = 'everyone' | 'channel';

/** `direct` is any direct message, of two people or more. */
export type ConversationKind = 'public' | 'private' | 'direct';

/** Where a near-miss was shared from. */
export type Conversation = { id: string; name: string; kind: ConversationKind };

/** One thing that had to go right. */
type Save = { text: string; kind?: SaveKind | undefined };

/** The first thing that made someone look. */
type Signal = {
  kind?: SignalKind | undefined;
  noticed?: string | undefined;
  where?: string | undefined;
  tellsApart?: string | undefined;
};

/** A person, and what they made possible. */
type KeyPlayer = { personId: string; madePossible?: string | undefined };

/** Answers that are kept as they are; the others are kept as saves, signal and key players. */
export type Answers = Partial<Record<AnswerId, string>>;

/** What one person told about a near-miss. */
export type Telling = { saves: Save[]; signal: Signal; keyPlayers: KeyPlayer[]; answers: Answers };

/** A telling by somebody who did not share the near-miss; it stands beside the reporter's, never in its place. */
export type AddedTelling = Telling & {
  authorId: string;
  /** It was written under the promise that it stays in the channel, and does, whoever may read the story by now. */
  staysInChannel?: true | undefined;
};

export type Card = { channelId: string; threadTs?: string | undefined; ts?: string | undefined };

export type NearMiss = {
  id: string;
  teamId: string;
  /** Absent until an unattributed near-miss first appears. */
  number?: number | undefined;
  tier: Tier;
  audience: Audience;
  reporterId?: string | undefined;
  /** Stewards when it was shared; only they can ever look up a confidential reporter. */
  stewardsThen: string[];
  conversation?: Conversation | undefined;
  /** Sharing time; for an unattributed near-miss the start of that day in UTC. */
  capturedAt: number;
  summary: string;
  system?: string | undefined;
  reached?: Reached | undefined;
  /** Absent while step 2 was not sent: a draft. */
  toldAt?: number | undefined;
  withdrawnAt?: number | undefined;
  /** Nobody but its reporter sees it before a digest, or its card at digest time. */
  waitsForDigest?: boolean | undefined;
  card?: Card | undefined;
  /** Whoever shared it was told before Save that people of another organisation will see its card. */
  cardForOutsiders?: true | undefined;
  told: Telling;
  added: AddedTelling[];
};

/** The near-miss itself, without what it was about and what was told. */
export type Kept = Omit<NearMiss, 'system' | 'told' | 'added' | 'waitsForDigest'>;

export const EMPTY_TELLING: Telling = { saves: [], signal: {}, keyPlayers: [], answers: {} };

export function saysNothing({ saves, signal, keyPlayers, answers }: Telling): boolean {
  const said = [...saves, ...keyPlayers, ...Object.values(signal), ...Object.values(answers)];
  return said.every((part) => part === undefined);
}

/** `NM-12`; undefined while the near-miss has no number. */
export function nameOf(nearMiss: { number?: number | undefined }): string | undefined {
  return nearMiss.number === undefined ? undefined : `NM-${nearMiss.number}`;
}

/** Everything that went right, the reporter's first, with who added each of the others. */
export function allSaves(nearMiss: NearMiss): (Save & { authorId?: string })[] {
  return [
    ...nearMiss.told.saves,
    ...nearMiss.added.flatMap(({ authorId, saves }) => saves.map((save) => ({ ...save, authorId }))),
  ];
}

/** A person's own part of the story: the reporter's telling, or what they added. */
export function tellingBy(nearMiss: NearMiss, personId: string): Telling {
  if (nearMiss.reporterId === personId) return nearMiss.told;
  return nearMiss.added.find(({ authorId }) => authorId === personId) ?? EMPTY_TELLING;
}
