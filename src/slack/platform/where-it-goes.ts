import type { Outcome } from '../../domain/outbox/delivery.ts';
import type { Workspace } from '../workspace.ts';
import { type Facts, type NamedConversation, unsaid } from './conversation-facts.ts';
import { outcomeOf } from './slack-errors.ts';

/** What Slack says of a conversation; or what becomes of a message while it says nothing. */
export type Asked = { facts: Facts } | { outcome: Outcome };

/**
 * What a conversation is at this moment, for what is about to be posted there: an earlier answer may be of before it
 * was shared with another organisation. Nothing was sent yet, so it can be tried again; what Slack will never say
 * counts as shared.
 */
export async function whereItGoes(
  { app, conversations, watch }: Workspace,
  conversation: NamedConversation,
): Promise<Asked> {
  try {
    return { facts: await conversations.askOrThrow(conversation) };
  } catch (error) {
    watch(error);
    app.log.warn({ error }, 'Slack did not say what the conversation is that something is to be posted in');
    const outcome = outcomeOf(error, true);
    return outcome.kind === 'later' || outcome.kind === 'unexplained'
      ? { outcome: { ...outcome, why: 'Slack did not say where it would go' } }
      : { facts: unsaid(conversation) };
  }
}
