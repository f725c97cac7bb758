import type { Next } from './delivery.ts';

/**
 * `card_refused` tells a reporter that Slack did not take their card, `card_stands` that the card of what they
 * withdrew could not be changed, `card_withheld` that their card shows no words any more; `letter_waits` tells stewards that something on their Home waits for them.
 */
export type OutboxKind =
  | 'card'
  | 'card_change'
  | 'card_removal'
  | 'card_refused'
  | 'card_stands'
  | 'card_withheld'
  | 'confirmation'
  | 'question'
  | 'home'
  | 'digest_part'
  | 'digest_change'
  | 'preview_part'
  | 'preview_change'
  | 'left_out'
  | 'wording'
  | 'channel_refused'
  | 'part_refused'
  | 'letter_waits';

/** One message on its way to Slack. What it says is read when it is sent. */
export type OutboxRow = {
  seq: number;
  partId: string;
  teamId: string;
  kind: OutboxKind;
  nearMissId?: string | undefined;
  personId?: string | undefined;
  /** For a message of a digest: which. */
  digestId?: string | undefined;
  position?: number | undefined;
  /** To be handed to Slack, or to be looked for: Slack may have it. */
  work: 'send' | 'look';
  attempts: number;
  /** For a removal: the message it is about; without `ts` it is to be found first. */
  channelId?: string | undefined;
  threadTs?: string | undefined;
  ts?: string | undefined;
  /** For a card that stands: why it could not be changed, or shows no words. */
  why?: string | undefined;
  createdAt: number;
  /** When it was last handed to Slack. */
  triedAt?: number | undefined;
};

/** How a near-miss's card stands with Slack; `waiting` is anything that is not decided yet. */
export type CardDelivery = { state: 'none' | 'waiting' | 'posted' | 'refused' | 'asked'; why?: string };

/** A card that nobody could look for: its reporter is asked whether it is there, or said so and was believed. */
export type UnseenCard = 'asked' | 'believed';

/** Something that did not arrive, or nobody knows, and that nobody but a steward could be told of. */
export type DeadLetter = {
  seq: number;
  /**
   * A part of a digest, or its parent, which the others wait for; a change to one that stands; a card without a reporter; a card to be removed, or, as
   * nobody knows whether it was posted, to be looked for.
   */
  about: 'parent' | 'part' | 'change' | 'card' | 'removal' | 'search';
  state: 'refused' | 'asked';
  why?: string | undefined;
  /** The digest it is of. */
  digestId?: string | undefined;
  /** Of a card: where. */
  channelId?: string | undefined;
};

/** What is on its way to Slack, as it is kept. */
export type Outbox = {
  /**
   * Takes the next row that is due and whose lane is free, for `owner` until `leaseUntil`. A row whose owner
   * let its lease run out is due again: it may have reached Slack, so it is looked for first.
   */
  claim: (take: {
    owner: string;
    now: number;
    leaseUntil: number;
    betweenMs: number;
  }) => Promise<OutboxRow | undefined>;
  /** Notes what became of a row that `owner` still holds; a card's message is noted with its near-miss. */
  settle: (row: OutboxRow, owner: string, next: Next) => Promise<void>;
  /**
   * Said before an answer that no history shows (one at a response_url): should the process stop meanwhile, it
   * counts as given.
   */
  answerPrivately: (row: OutboxRow) => Promise<void>;
  /** When the next row is due, if any. */
  nextDue: () => Promise<number | undefined>;
  cardDelivery: (nearMissId: string) => Promise<CardDelivery>;
  /** The end of a capture was seen: its confirmation need not wait any longer. */
  hurryConfirmation: (nearMissId: string, now: number) => Promise<void>;
  /** A person was asked whether a card is there. Post it again, as a new part; or believe them. */
  answerAsked: (nearMissId: string, answer: 'post_again' | 'is_there', now: number) => Promise<boolean>;
  /** What did not arrive and waits for a steward. */
  deadLetters: (teamId: string) => Promise<DeadLetter[]>;
  /** A steward has it tried again, as a new part, or lets it go. */
  answerLetter: (of: {
    teamId: string;
    seq: number;
    answer: 'try_again' | 'let_go';
    now: number;
  }) => Promise<void>;
  /** Asks for a person's Home to be drawn again. */
  refreshHome: (teamId: string, personId: string, now: number) => Promise<void>;
};
