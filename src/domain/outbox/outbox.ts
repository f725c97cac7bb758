import type { Next } from './delivery.ts';
import type { OutboxRow } from './outbox-row.ts';
import type { Undelivered } from './undelivered.ts';

/**
 * How a near-miss's card stands with Slack: `waiting` is anything that is not decided yet, `believed` one that a person
 * says is there.
 */
export type CardDelivery = {
  state: 'none' | 'waiting' | 'posted' | 'refused' | 'asked' | 'believed';
  why?: string;
};

/** A card that nobody could look for: its reporter is asked whether it is there, or said so and was believed. */
export type UnseenCard = 'asked' | 'believed';

/** What is on its way to Slack, as it is kept. */
export type Outbox = {
  /**
   * Takes the next row that is due and whose lane is free, for `owner` until `leaseUntil`; with a notice, what else is
   * to be said to the same person now and fits the same message. A row whose owner let its lease run out is due again:
   * it may have reached Slack, so it is looked for first.
   * @throws for a row that is of no kind. It is refused by then, and the next call takes another one.
   */
  claim: (take: {
    owner: string;
    now: number;
    leaseUntil: number;
    betweenMs: number;
  }) => Promise<OutboxRow | undefined>;
  /** Notes what became of a row that `owner` still holds, and does what follows from that. */
  settle: (row: OutboxRow, owner: string, found: Next) => Promise<void>;
  /**
   * Said before an answer that no history shows (one at a response_url): should the process stop meanwhile, it
   * counts as given.
   */
  answerPrivately: (row: OutboxRow) => Promise<void>;
  /** When the next row is due, if any. */
  nextDue: () => Promise<number | undefined>;
  cardDelivery: (teamId: string, nearMissId: string) => Promise<CardDelivery>;
  /** The end of a capture was seen: its confirmation need not wait any longer. */
  hurryConfirmation: (teamId: string, nearMissId: string, now: number) => Promise<void>;
  /** A person was asked whether a card is there. Post it again, as a new part; or believe them. False when nobody asked. */
  answerAsked: (of: {
    teamId: string;
    nearMissId: string;
    answer: 'post_again' | 'is_there';
    now: number;
  }) => Promise<boolean>;
  /** What did not arrive and waits for a steward. */
  undelivered: (teamId: string) => Promise<Undelivered[]>;
  /** A steward has it tried again, as a new part, or lets it go. */
  answerUndelivered: (of: {
    teamId: string;
    seq: number;
    answer: 'try_again' | 'let_go';
    now: number;
  }) => Promise<void>;
  /** Asks for a person's Home to be drawn again. */
  refreshHome: (teamId: string, personId: string, now: number) => Promise<void>;
};
