import type { Announced, Kind } from './kinds.ts';
import type { Notice } from './notices.ts';

/** How far a row is. */
type Progress = {
  seq: number;
  /** Random; goes along with the message, so that it can be found again. */
  partId: string;
  teamId: string;
  /** To be handed to Slack, or to be looked for: Slack may have it. */
  work: 'send' | 'look';
  attempts: number;
  createdAt: number;
  /** When it was last handed to Slack. */
  triedAt: number;
};

/** What else is said to the same person in the same message. */
type Alongside = { [K in Kind]: K extends 'notice' ? { others: Notice[] } : unknown };

/** One message on its way to Slack. What it says is read when it is sent. */
export type OutboxRow<K extends Kind = Kind> = {
  [One in K]: { kind: One } & Announced[One] & Alongside[One] & Progress;
}[K];
