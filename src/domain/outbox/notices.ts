/** What one message to one person can say, and what it says it about. */
type Said = {
  /** Slack did not take their card. */
  card_refused: { nearMissId: string };
  /** Slack may have taken it, and nobody but a person can look. */
  card_asked: { nearMissId: string };
  /** The card of what they withdrew could not be changed, and why. */
  card_stands: { nearMissId: string; why: string | undefined };
  /** Their card shows no words any more, and why. */
  card_withheld: { nearMissId: string; why: string | undefined };
  /** A steward left it out of a digest. */
  left_out: { nearMissId: string; digestId: string };
  /** A steward proposes other words for it in the digest. */
  wording: { nearMissId: string };
  /** The channel takes no digest. */
  channel_refused: object;
  /** A part of a digest did not arrive, and waits on the Home of the stewards. */
  part_refused: { digestId: string };
  /** A card did not arrive, or could not be removed, and waits there. */
  card_waits: object;
};

export type Says = keyof Said;
export type Notice<S extends Says = Says> = { [One in S]: { says: One } & Said[One] }[S];

/** What is true of every notice that says this. */
type NoticeRules = {
  /** Whom it is for: who shared the near-miss, or each of those who look after the practice. */
  to: 'reporter' | 'stewards';
  /** How much of a message it takes at most, with the text of its notification: in characters, as Slack counts them. */
  longest: number;
};

export const NOTICES: Record<Says, NoticeRules> = {
  card_refused: { to: 'reporter', longest: 1500 },
  card_asked: { to: 'reporter', longest: 1500 },
  card_stands: { to: 'reporter', longest: 1500 },
  card_withheld: { to: 'reporter', longest: 1500 },
  left_out: { to: 'reporter', longest: 6500 },
  wording: { to: 'reporter', longest: 5000 },
  channel_refused: { to: 'stewards', longest: 1500 },
  part_refused: { to: 'stewards', longest: 1500 },
  card_waits: { to: 'stewards', longest: 1500 },
};

/** How much all notices of one message may be: Slack refuses somewhere above. */
const MESSAGE_HOLDS = 9000;

/** How many of these, the first ones and at least one, fit one message. */
export function fitOneMessage(notices: Notice[]): number {
  let taken = 0;
  const tooMany = notices.findIndex(({ says }) => {
    taken += NOTICES[says].longest;
    return taken > MESSAGE_HOLDS;
  });
  return tooMany === -1 ? notices.length : Math.max(1, tooMany);
}
