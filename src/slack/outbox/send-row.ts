import type { Card, NearMiss } from '../../domain/near-miss.ts';
import { isRepeatable, type Outcome } from '../../domain/outbox/delivery.ts';
import type { OutboxRow } from '../../domain/outbox/outbox.ts';
import { question } from '../capture/confirmation.ts';
import { confirm } from '../capture/send-confirmation.ts';
import { cardStands } from '../card/card-stands.ts';
import { changeCard, postCard, removeCard, tellRefused } from '../card/send-card.ts';
import { isForStewards, sendOfDigest, whereDigestPartWouldBe } from '../digest/send-digest.ts';
import { sendWording } from '../digest/send-digest-notices.ts';
import { home } from '../home/home-view.ts';
import { findMarked } from '../platform/find-message.ts';
import { directMessage, postTo } from '../platform/post-message.ts';
import { outcomeOf, outcomeOfLook } from '../platform/slack-errors.ts';
import { letterWaits } from '../stewards/dead-letters.ts';
import { homeLists } from '../story/find-story.ts';
import type { Workspace, Workspaces } from '../workspace.ts';

export type Delivering = {
  /** Sends a row, saying what it says now. */
  send: (row: OutboxRow) => Promise<Outcome>;
  /** Looks in history for a message that may have been taken. */
  look: (row: OutboxRow) => Promise<Outcome>;
};

const NOT_THERE: Outcome = { kind: 'later', why: 'the app is not in its workspace' };

/** How rows are sent and looked for: an error is an outcome, but one that means the end is seen first. */
export function delivering(workspaces: Workspaces): Delivering {
  const guarded = async (
    { teamId }: OutboxRow,
    work: (workspace: Workspace) => Promise<Outcome>,
    afterwards: (error: unknown) => Outcome,
  ) => {
    const workspace = workspaces.of(teamId);
    if (workspace === undefined) return NOT_THERE;
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
        (error) => outcomeOf(error, isRepeatable(row.kind)),
      ),
    look: (row) => guarded(row, (workspace) => look(workspace, row), outcomeOfLook),
  };
}

async function send(workspace: Workspace, row: OutboxRow): Promise<Outcome> {
  if (row.kind === 'home') return publishHome(workspace, row);
  if (row.kind === 'card_removal') return removeCard(workspace, row);
  if (row.digestId !== undefined || isForStewards(row.kind)) return sendOfDigest(workspace, row);
  if (row.kind === 'letter_waits')
    return postTo(workspace, await directMessage(workspace, row.personId), letterWaits(), row.partId);
  const { storage } = workspace.app;
  const nearMiss =
    row.nearMissId === undefined ? undefined : await storage.nearMisses.byId(row.teamId, row.nearMissId);
  return nearMiss === undefined ? { kind: 'dropped' } : sendAbout(workspace, row, nearMiss);
}

async function sendAbout(workspace: Workspace, row: OutboxRow, nearMiss: NearMiss): Promise<Outcome> {
  switch (row.kind) {
    case 'card':
      return postCard(workspace, row, nearMiss);
    case 'card_change':
      return changeCard(workspace, nearMiss);
    case 'confirmation':
      return confirm(workspace, row, nearMiss);
    case 'card_refused':
      return tellRefused(workspace, row, nearMiss);
    case 'card_stands':
      return postTo(
        workspace,
        await directMessage(workspace, row.personId),
        cardStands(nearMiss, row.why),
        row.partId,
      );
    case 'question':
      // Of what was withdrawn nothing is posted again.
      if (nearMiss.withdrawnAt !== undefined) return { kind: 'dropped' };
      return postTo(workspace, await directMessage(workspace, row.personId), question(nearMiss), row.partId);
    case 'wording':
      return sendWording(workspace, row, nearMiss);
    default:
      return { kind: 'dropped' };
  }
}

async function publishHome(workspace: Workspace, { personId = '' }: OutboxRow): Promise<Outcome> {
  await workspace.background.views.publish({
    user_id: personId,
    view: home(await homeLists(workspace, personId)),
  });
  return { kind: 'sent' };
}

async function look(workspace: Workspace, row: OutboxRow): Promise<Outcome> {
  const place = await whereItWouldBe(workspace, row);
  if (place === undefined) return { kind: 'dropped' };
  const ts = await findMarked(workspace.background, workspace.identity.botId, place, row);
  return ts === undefined ? { kind: 'absent' } : { kind: 'sent', channelId: place.channelId, ts };
}

async function whereItWouldBe(workspace: Workspace, row: OutboxRow): Promise<Card | undefined> {
  const { channelId, threadTs, personId } = row;
  if (channelId !== undefined) return { channelId, threadTs };
  if (row.kind === 'digest_part' || row.kind === 'preview_part')
    return whereDigestPartWouldBe(workspace, row);
  if (personId !== undefined) return { channelId: await directMessage(workspace, personId) };
  const { nearMisses } = workspace.app.storage;
  return row.nearMissId === undefined ? undefined : (await nearMisses.byId(row.teamId, row.nearMissId))?.card;
}
