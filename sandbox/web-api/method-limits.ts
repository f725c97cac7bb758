import { isMethod, type Method } from './method-facts.ts';

/** How many calls of a method Slack takes in a minute, by its tier. */
const TIERS = { t1: 1, t2: 20, t3: 50, t4: 100 } as const;

/**
 * The tier Slack documents for each method. Those of it that limit by channel, or in a way they do not say, are left
 * out; so are those that answer what somebody did on their screen, since no app could ask for less of them.
 */
const tierOf: Partial<Record<Method, keyof typeof TIERS>> = {
  'chat.update': 't3',
  'chat.delete': 't3',
  'chat.postEphemeral': 't4',
  'conversations.info': 't3',
  'conversations.list': 't2',
  'conversations.members': 't4',
  'conversations.history': 't3',
  'conversations.replies': 't3',
  'conversations.open': 't3',
  'users.info': 't4',
  'users.list': 't2',
  'users.conversations': 't3',
  'team.info': 't3',
  'bots.info': 't3',
};

/** Calls in a minute; undefined where there is no limit that is counted so. */
export function callsInAMinute(name: string): number | undefined {
  const tier = isMethod(name) ? tierOf[name] : undefined;
  return tier && TIERS[tier];
}
