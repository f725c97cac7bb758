import type { Card } from '../../domain/near-miss.ts';
import type { Outcome } from '../../domain/outbox/delivery.ts';
import { KINDS, type Kind } from '../../domain/outbox/kinds.ts';
import { type OutboxRow } from '../../domain/outbox/outbox-row.ts';
import { sendConfirmation } from '../capture/send-confirmation.ts';
import { changeCard, postCard, removeCard, whereCardWouldBe } from '../card/send-card.ts';
import { changeDigestPart, postDigestPart, whereDigestPartWouldBe } from '../digest/send-digest.ts';
import { changePreview, postPreview, wherePreviewWouldBe } from '../digest/send-preview.ts';
import { publishHome } from '../home/open-home.ts';
import { findMarked } from '../platform/find-message.ts';
import { directMessage, removeMessage } from '../platform/post-message.ts';
import { outcomeOf, outcomeOfLook } from '../platform/slack-errors.ts';
import type { Workspace, Workspaces } from '../workspace.ts';
import { sendNotice } from './send-notice.ts';

type Delivering = {
  /** Sends a row, saying what it says now. */
  send: (row: OutboxRow) => Promise<Outcome>;
  /** Looks in history for a message that may have been taken. */
  look: (row: OutboxRow) => Promise<Outcome>;
};

/** How each kind is sent, saying what it says now. */
export const SEND: { [K in Kind]: (workspace: Workspace, row: OutboxRow<K>) => Promise<Outcome> } = {
  card: postCard,
  card_change: changeCard,
  card_removal: removeCard,
  confirmation: sendConfirmation,
  home: publishHome,
  digest_part: postDigestPart,
  digest_change: changeDigestPart,
  preview_part: postPreview,
  preview_change: changePreview,
  preview_removal: removeMessage,
  notice: sendNotice,
};

type Where<K extends Kind> = (workspace: Workspace, row: OutboxRow<K>) => Promise<Card | undefined>;

/** What is sent again where nobody knows is not looked for. */
const nowhere = async () => undefined;
const withThem = async (workspace: Workspace, { personId }: { personId: string }) => ({
  channelId: await directMessage(workspace, personId),
});

/** Where the message of a row is if Slack took it. */
const WHERE: { [K in Kind]: Where<K> } = {
  card: whereCardWouldBe,
  card_change: nowhere,
  card_removal: async (_workspace, { channelId, threadTs }) => ({ channelId, threadTs }),
  confirmation: withThem,
  home: nowhere,
  digest_part: whereDigestPartWouldBe,
  digest_change: nowhere,
  preview_part: wherePreviewWouldBe,
  preview_change: nowhere,
  preview_removal: nowhere,
  notice: withThem,
};

async function send<K extends Kind>(workspace: Workspace, row: OutboxRow<K>): Promise<Outcome> {
  return SEND[row.kind](workspace, row);
}

async function look<K extends Kind>(workspace: Workspace, row: OutboxRow<K>): Promise<Outcome> {
  const place = await WHERE[row.kind](workspace, row);
  if (place === undefined) return { kind: 'dropped' };
  const ts = await findMarked(workspace.background, workspace.identity.botId, place, row);
  return ts === undefined ? { kind: 'absent' } : { kind: 'sent', channelId: place.channelId, ts };
}

const NOT_THERE = 'the app is not in its workspace';

/** How rows are sent and looked for: an error is an outcome, but one that means the end is seen first. */
export function delivering(workspaces: Workspaces): Delivering {
  const guarded = async (
    { teamId, work: act }: OutboxRow,
    work: (workspace: Workspace) => Promise<Outcome>,
    afterwards: (error: unknown) => Outcome,
  ): Promise<Outcome> => {
    const workspace = workspaces.of(teamId);
    // What may have been taken stays so, until somebody can look.
    if (workspace === undefined) return { kind: act === 'look' ? 'unsure' : 'later', why: NOT_THERE };
    try {
      return await work(workspace);
    } catch (error) {
      workspace.watch(error);
      const outcome = afterwards(error);
      workspace.app.log.warn({ error, outcome: outcome.kind }, 'something could not be sent');
      return outcome;
    }
  };
  return {
    send: (row) =>
      guarded(
        row,
        (workspace) => send(workspace, row),
        (error) => outcomeOf(error, KINDS[row.kind].repeatable),
      ),
    look: (row) => guarded(row, (workspace) => look(workspace, row), outcomeOfLook),
  };
}
