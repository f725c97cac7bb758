import type { KeptDigest } from '../../domain/digest/kept-digest.ts';
import type { NearMiss } from '../../domain/near-miss.ts';
import type { Outcome } from '../../domain/outbox/delivery.ts';
import type { OutboxRow } from '../../domain/outbox/outbox.ts';
import { escapeText, typed } from '../platform/blocks.ts';
import { directMessage, postTo } from '../platform/post-message.ts';
import type { Workspace } from '../workspace.ts';
import { channelRefused, leftOut, partRefused, wordingProposed } from './digest-notices.ts';

/** A steward's line, to whoever shared what was left out. */
export async function tellLeftOut(
  workspace: Workspace,
  row: OutboxRow,
  digest: KeptDigest,
): Promise<Outcome> {
  const { storage } = workspace.app;
  const { people } = workspace;
  const nearMiss = await storage.nearMisses.byId(row.teamId, row.nearMissId ?? '');
  const wrote = await storage.digests.lineFor({
    teamId: digest.teamId,
    digestId: digest.id,
    nearMissId: row.nearMissId ?? '',
  });
  if (nearMiss?.reporterId === undefined || wrote === undefined) return { kind: 'dropped' };
  const steward = (await people.names([wrote.by])).get(wrote.by);
  return say(workspace, row, leftOut(nearMiss, steward, wrote.line));
}

/** What stewards have to mend. */
export async function tellSteward(workspace: Workspace, row: OutboxRow): Promise<Outcome> {
  const { storage } = workspace.app;
  const channel = (await storage.workspaces.settings(row.teamId)).digest?.channelName;
  if (row.kind === 'channel_refused') return say(workspace, row, channelRefused(channel));
  const letters = await storage.outbox.deadLetters(row.teamId);
  const [first] = letters.filter(({ digestId }) => digestId === row.digestId);
  return say(workspace, row, partRefused(channel, first));
}

async function say(workspace: Workspace, row: OutboxRow, words: string): Promise<Outcome> {
  return postTo(
    workspace,
    await directMessage(workspace, row.personId),
    { text: escapeText(words), blocks: [typed(words)] },
    row.partId,
  );
}

/** A steward's proposal, to whoever shared it. */
export async function sendWording(
  workspace: Workspace,
  row: OutboxRow,
  nearMiss: NearMiss,
): Promise<Outcome> {
  const wording = await workspace.app.storage.wordings.of(nearMiss.teamId, nearMiss.id);
  if (wording?.state !== 'proposed' || nearMiss.withdrawnAt !== undefined) return { kind: 'dropped' };
  const steward = (await workspace.people.names([wording.by])).get(wording.by);
  return postTo(
    workspace,
    await directMessage(workspace, row.personId),
    wordingProposed(nearMiss, steward, wording.wording),
    row.partId,
  );
}
