/**
 * What the app sends, each kind once, with all that is true of it. An announcement is written to the outbox in the
 * transaction of the fact it announces and holds no words: they are drawn when it is sent.
 */

/** What one message to one person says (`NOTICES` says the rest of each). */
export type Notice =
  /** Slack did not take their card. */
  | { says: 'card_refused'; nearMissId: string }
  /** Slack may have taken it, and nobody but a person can look. */
  | { says: 'card_asked'; nearMissId: string }
  /** The card of what they withdrew could not be changed, and why. */
  | { says: 'card_stands'; nearMissId: string; why: string | undefined }
  /** A steward left it out of a digest. */
  | { says: 'left_out'; nearMissId: string; digestId: string }
  /** A steward proposes other words for it in the digest. */
  | { says: 'wording'; nearMissId: string }
  /** To a steward: the channel takes no digest. */
  | { says: 'channel_refused' }
  /** To a steward: a part of a digest did not arrive. */
  | { says: 'part_refused'; digestId: string }
  /** To a steward: a card did not arrive, or could not be removed. */
  | { says: 'letter_waits' };

/** One thing to be sent. `channelId` is where it goes, and its lane. */
export type Announcement =
  | { kind: 'card'; nearMissId: string; channelId: string }
  | { kind: 'card_change'; nearMissId: string; channelId: string }
  /** Without `ts` it is not known yet which message it is. It says nothing of the near-miss. */
  | { kind: 'card_removal'; channelId: string; threadTs?: string | undefined; ts?: string | undefined }
  | { kind: 'confirmation'; nearMissId: string; personId: string }
  | { kind: 'home'; personId: string }
  | { kind: 'digest_part'; digestId: string; position: number; channelId: string }
  | { kind: 'digest_change'; digestId: string; position: number; channelId: string }
  | { kind: 'preview_part'; digestId: string; position: number; personId: string }
  | { kind: 'preview_change'; digestId: string; position: number; personId: string }
  | { kind: 'preview_removal'; digestId: string; channelId: string; ts: string }
  | { kind: 'notice'; personId: string; notice: Notice };

export type Kind = Announcement['kind'];
