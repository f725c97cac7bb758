import { dayOf, keepsReporter, mayPostCardNow, whoCanLookUp } from '../access/gate.ts';
import type { Audience, Conversation, Tier } from '../near-miss.ts';

/** What a person pressed Save on, and what is known around it. */
export type Submission = {
  /** Made when the modal opened; the near-miss's id and its only idempotency key. */
  id: string;
  teamId: string;
  personId: string;
  summary: string;
  system?: string | undefined;
  tier: Tier;
  audience: Audience;
  wantsCard: boolean;
  conversation?: Conversation | undefined;
  threadTs?: string | undefined;
  /** They were told that people of another organisation will see its card. */
  cardForOutsiders?: boolean | undefined;
  /** The stewards the screen named who still are: nobody else is to look up the name. */
  stewards: NamedSteward[];
};

/** A steward somebody was told of, and whether they were in the conversation then. */
export type NamedSteward = { id: string; inConversation: boolean };

/** What is stored of it: a near-miss without its number and its telling. */
export type Capture = {
  id: string;
  teamId: string;
  summary: string;
  system?: string | undefined;
  tier: Tier;
  audience: Audience;
  reporterId?: string | undefined;
  stewardsThen: string[];
  conversation?: Conversation | undefined;
  card?: { channelId: string; threadTs?: string | undefined } | undefined;
  cardForOutsiders?: true;
  capturedAt: number;
};

/**
 * Applies the promises to what was submitted, whatever the screen showed. Unattributed keeps no id, no
 * thread, no card and no time finer than the day; its channel only if that is who may read it.
 */
export function toCapture(submission: Submission, now: number): Capture {
  const { id, teamId, summary, system, conversation, threadTs, wantsCard } = submission;
  const audience = conversation === undefined ? 'everyone' : submission.audience;
  const tier = tierFor(submission.tier, audience, conversation);
  // Whoever is kept may narrow it to where it came from later on.
  const keepsPlace = audience === 'channel' || keepsReporter(tier);
  const hasCard = wantsCard && mayPostCardNow(tier) && conversation !== undefined;
  return {
    id,
    teamId,
    summary,
    tier,
    audience,
    stewardsThen:
      tier === 'confidential' ? whoCanLookUp(audience, submission.stewards).map((steward) => steward.id) : [],
    capturedAt: keepsReporter(tier) ? now : dayOf(now),
    ...(system !== undefined && { system }),
    ...(keepsReporter(tier) && { reporterId: submission.personId }),
    ...(keepsPlace && conversation !== undefined && { conversation }),
    ...(keepsPlace && submission.cardForOutsiders === true && { cardForOutsiders: true }),
    ...(hasCard && { card: { channelId: conversation.id, ...(threadTs !== undefined && { threadTs }) } }),
  };
}

/** In a direct message for the people in it, the other person would know: the question is not asked, the name is shown. */
export function tierFor(chosen: Tier, audience: Audience, conversation: Conversation | undefined): Tier {
  return audience === 'channel' && conversation?.kind === 'direct' ? 'named' : chosen;
}
