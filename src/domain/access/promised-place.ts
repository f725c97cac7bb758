import type { ConversationKind, NearMiss } from '../near-miss.ts';
import type { Place } from './place.ts';

/** Why more people would see a card than its reporter was told at Save. Kept with what was not posted. */
export type Wider = 'shared_outside' | 'outside_soon' | 'outside_unsaid' | 'more_readers';

/** A conversation as Slack says it is now. */
type PlaceNow = Pick<Place, 'kind' | 'sharedOutside' | 'outside'>;

const REACH: Record<ConversationKind, number> = { direct: 0, private: 1, public: 2 };

/** Would more people see its card there now than was promised when it was saved? */
export function whyWider(
  promised: Pick<NearMiss, 'audience' | 'conversation' | 'cardForOutsiders'>,
  now: PlaceNow,
): Wider | undefined {
  const outside = whyOutside(now);
  if (outside !== undefined) return promised.cardForOutsiders === true ? undefined : outside;
  // Everyone may read the story, wherever its card stands.
  if (promised.audience === 'everyone') return undefined;
  return REACH[now.kind] > REACH[promised.conversation?.kind ?? 'direct'] ? 'more_readers' : undefined;
}

/** Why people of another organisation may read there; undefined where they do not. */
export function whyOutside({ sharedOutside, outside }: PlaceNow): Wider | undefined {
  if (!sharedOutside) return undefined;
  if (outside === 'pending') return 'outside_soon';
  return outside === 'unsaid' ? 'outside_unsaid' : 'shared_outside';
}

/** What two answers about one conversation leave certain. */
export function morePrivate(one: ConversationKind, other: ConversationKind): ConversationKind {
  return REACH[one] < REACH[other] ? one : other;
}

/** Why more people would see it, in words; undefined for any other reason. `where` is `it`, or what it is called. */
export function widerWords(why: string | undefined, where: string): string | undefined {
  const words: Record<Wider, string> = {
    shared_outside: `${where} is shared with another organisation`,
    outside_soon: `${where} is about to be shared with another organisation`,
    outside_unsaid: `Slack does not tell the app whether ${where} is shared with another organisation`,
    more_readers: `more people can see ${where} than when the near-miss was saved`,
  };
  return why !== undefined && Object.hasOwn(words, why) ? words[why as Wider] : undefined;
}
