import type { Audience, Tier } from '../near-miss.ts';
import type { CardDelivery } from '../outbox/outbox.ts';
import { allListed, listed } from '../text/names-in-words.ts';
import { keepsReporter, mayPostCardNow, showsName, whoCanLookUp } from './gate.ts';
import { cardPlaceWords, channelWords, outsideWords, type Place, startingASentence } from './place.ts';
import { type Wider, widerWords } from './promised-place.ts';

/** A steward, by the name people read. */
export type Steward = { id: string; name: string; inConversation: boolean };

/** Everything the promise depends on. The rules are those of `gate.ts`; this file only puts them into words. */
export type Sharing = {
  workspace: string;
  tier: Tier;
  audience: Audience;
  place?: Place | undefined;
  /** Is a card wanted? It is posted only where the tier allows one now. */
  card: boolean;
  /** How it stands with Slack, once it was saved. */
  cardState?: CardDelivery['state'] | undefined;
  /**
   * More people would see its card there by now than was promised: it is not posted, and one that stands shows
   * nothing new.
   */
  wider?: Wider | undefined;
  stewards: Steward[];
  /** One that had to wait is where it first appears by now. */
  hasAppeared?: boolean | undefined;
  /** The digest's channel and the day of the next one in words, once a workspace has set it up. */
  digest?: { channel: string; next: string } | undefined;
};

type When = 'before' | 'after';

/** Does a card go up when it is saved? */
function postsCardNow({ tier, card, place }: Pick<Sharing, 'tier' | 'card' | 'place'>): boolean {
  return card && mayPostCardNow(tier) && place?.canPost === true;
}

/** Does a card go up with the next digest? For a conversation, as nobody would ever see it otherwise. */
function postsCardLater({ tier, audience, place, digest, wider }: Sharing): boolean {
  const waits = !mayPostCardNow(tier) && audience === 'channel';
  return waits && place?.canPost === true && digest !== undefined && wider === undefined;
}

/** Who can see this, to the person who shares it. */
export function whoCanSee(sharing: Sharing, when: When = 'before'): string {
  return [
    storyPart(sharing),
    namePart(sharing, when),
    placePart(sharing, when),
    digestPart(sharing),
    outsidePart(sharing),
    limitsPart(sharing.tier),
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function storyPart(sharing: Sharing): string {
  const { workspace, audience, place } = sharing;
  if (audience === 'everyone')
    return `Everyone at ${workspace} can read the story; guests see it only where it is posted.`;
  if (isForNoOthers(sharing)) return hiddenStoryPart(sharing);
  if (place?.kind === 'direct') return 'Only the people in this conversation can read the story.';
  return `Only members of ${channelWords(place)} can read the story, for as long as they are members.`;
}

/** Nobody there can be shown to be a member, and no card is put in front of them or stands there. */
function isForNoOthers(sharing: Sharing): boolean {
  const { place, card, hasAppeared } = sharing;
  const isSeen = postsCardNow(sharing) || (card && hasAppeared === true);
  return (place === undefined || place.membersKnown === false) && !isSeen;
}

/** Where nobody's membership can be shown, what is left is the reporter, if one is kept. */
function hiddenStoryPart({ tier, place }: Sharing): string {
  const who = keepsReporter(tier) ? 'Only you' : 'Nobody';
  // An app cannot be invited to a direct message, so there is no "until".
  return place?.kind === 'direct'
    ? `${who} can read the story, because the app is not in this conversation.`
    : `${who} can read the story, until the app is invited to ${channelWords(place)}.`;
}

function namePart({ tier, audience, place, stewards }: Sharing, when: When): string {
  if (showsName(tier)) return 'Your name is on it.';
  if (!keepsReporter(tier)) return 'The app does not store who you are, so nobody can look it up here.';
  const able = whoCanLookUp(audience, stewards);
  if (able.length === 0) {
    if (stewards.length === 0 && when === 'before')
      return 'Nobody is a steward now, so nobody can look up your name in Slack.';
    if (audience === 'everyone')
      return 'Nobody who was a steward then is one now, so nobody can look up your name in Slack.';
    // Whoever came into the conversation since cannot either.
    return when === 'after'
      ? 'Nobody can look up your name in Slack.'
      : `No steward is in ${channelWords(place)}, so nobody can look up your name in Slack.`;
  }
  const names = able.map(({ name }) => name);
  return `${when === 'before' ? listed(names) : allListed(names)} can look up your name; each look is written down and you can see it. Nobody else can in Slack.`;
}

/** Where a card is that was not refused; or that nobody knows, or not yet. */
export function cardWords(state: CardDelivery['state'] | undefined, where: string): string {
  if (state === 'waiting') return 'Its card will follow as soon as Slack accepts it.';
  return state === 'asked'
    ? 'Slack did not say whether its card was posted. You are asked about it in a direct message.'
    : `Its card is in ${where}.`;
}

/** What is posted, and where it first appears. */
function placePart(sharing: Sharing, when: When): string {
  const { tier, audience, place, digest, hasAppeared, card } = sharing;
  if (place !== undefined && postsCardNow(sharing)) {
    return when === 'before'
      ? `A card goes into ${cardPlaceWords(place)} when you save.`
      : cardWords(sharing.cardState, cardPlaceWords(place));
  }
  if (mayPostCardNow(tier))
    return when === 'before' ? 'Nothing is posted when you save.' : 'Nothing was posted.';
  if (hasAppeared === true)
    return card && place?.canPost === true ? cardWords(sharing.cardState, cardPlaceWords(place)) : '';
  if (audience === 'channel' && place?.canPost === false) {
    return place.takesNoPosts === true
      ? `Nothing is posted, because ${channelWords(place)} takes no posts.`
      : `Nothing is posted, because the app is not in ${channelWords(place)}.`;
  }
  if (audience === 'channel' && place !== undefined && place.canPost === undefined)
    return 'Nothing is posted now.';
  const peopleFindIt = audience === 'everyone' || place?.membersKnown === true;
  if (digest === undefined)
    return peopleFindIt ? 'Nothing is posted. People find it in the app.' : 'Nothing is posted.';
  const notThere = widerWords(sharing.wider, channelWords(place));
  if (audience === 'channel' && notThere !== undefined) return `Nothing is posted, because ${notThere}.`;
  if (audience === 'channel') {
    return `Nothing is posted now. A card goes into ${channelWords(place)} on ${digest.next}, showing the day but not the time.`;
  }
  return `Nothing is posted now. It first appears in the digest in ${digest.channel} on ${digest.next}, showing the day but not the time.`;
}

/** Nothing is said about a digest to people who have none. */
function digestPart({ tier, audience, digest }: Sharing): string {
  if (digest === undefined) return '';
  if (audience === 'channel') return 'It is never in the digest.';
  return showsName(tier) ? `It can be in the digest in ${digest.channel}.` : '';
}

/** Is whoever shares it told that people of another organisation will see its card? */
export function tellsOfOutsiders(sharing: Sharing): boolean {
  return sharing.place?.sharedOutside === true && (postsCardNow(sharing) || postsCardLater(sharing));
}

function outsidePart(sharing: Sharing): string {
  const wider = widerWords(sharing.wider, channelWords(sharing.place));
  if (wider !== undefined)
    return sharing.card ? `${startingASentence(wider)}. Nothing new is shown on its card there.` : '';
  return sharing.place !== undefined && tellsOfOutsiders(sharing)
    ? outsideWords(sharing.place, 'the card')
    : '';
}

function limitsPart(tier: Tier): string {
  const words: Record<Tier, string> = {
    named: 'You can change or withdraw your words at any time.',
    confidential: "The people who run the app's server could find your name there.",
    unattributed:
      'This cannot be changed later, since the app will not know that it was you. Slack may keep its own record that you used the app, and in a small team people may guess from the details.',
  };
  return words[tier];
}

/** The same promise in one line, right under the first box. */
export function whoCanSeeInShort(sharing: Sharing): string {
  const { tier, place } = sharing;
  const name: Record<Tier, string> = {
    named: 'With your name',
    confidential: 'Name only to the stewards',
    unattributed: 'No name stored',
  };
  const posted =
    place !== undefined && postsCardNow(sharing)
      ? `with a card in ${cardPlaceWords(place)}`
      : 'nothing posted now';
  return `${name[tier]}, for ${readersInShort(sharing)}, ${posted}. Change it below.`;
}

function readersInShort(sharing: Sharing): string {
  const { workspace, tier, audience, place } = sharing;
  if (audience === 'everyone') return `everyone at ${workspace}`;
  if (isForNoOthers(sharing)) return keepsReporter(tier) ? 'you alone' : 'nobody until the app is invited';
  return place?.kind === 'direct' ? 'the people in this conversation' : `members of ${channelWords(place)}`;
}

/** Who can see this, to everyone but the person who shared it. `reporter` is the name people read, for a named near-miss. */
export function whoCanSeeToOthers(
  sharing: Pick<Sharing, 'workspace' | 'tier' | 'audience' | 'place' | 'stewards'>,
  reporter: string | undefined,
): string {
  const stays = sharing.audience === 'channel' ? ` and stays in ${channelWords(sharing.place)}` : '';
  return `Who can see this: ${othersStoryPart(sharing)} ${othersNamePart(sharing, reporter)} What you add carries your name${stays}.`;
}

function othersStoryPart({
  workspace,
  audience,
  place,
}: Pick<Sharing, 'workspace' | 'audience' | 'place'>): string {
  if (audience === 'everyone') return `everyone at ${workspace}, guests only where it is posted.`;
  if (place?.kind === 'direct') return 'the people in this conversation.';
  return `members of ${channelWords(place)}, for as long as they are members.`;
}

function othersNamePart(
  { tier, audience, stewards }: Pick<Sharing, 'tier' | 'audience' | 'stewards'>,
  reporter: string | undefined,
): string {
  if (showsName(tier)) return `${reporter ?? 'A colleague'} shared it under their name.`;
  const guess = 'Please do not try to work it out.';
  if (!keepsReporter(tier)) return `The app does not know who shared it. ${guess}`;
  const able = whoCanLookUp(audience, stewards).map(({ name }) => name);
  if (able.length === 0) return `Nobody can look up the name of the person who shared it. ${guess}`;
  return `The name of the person who shared it can be looked up by ${allListed(able)} only; each look is written down. ${guess}`;
}
