import { dayInWords } from '../../calendar.ts';
import { isOpen, type KeptDigest } from '../../domain/digest/kept-digest.ts';
import { whyNotSteward } from '../stewards/may-as-steward.ts';
import type { Workspace } from '../workspace.ts';

/** The first press wins; the others see whose it was. */
export async function decidedWords(
  { app, identity, people }: Workspace,
  { id }: KeptDigest,
): Promise<string> {
  const digest = await app.storage.digests.byId(identity.teamId, id);
  const by = digest?.decidedBy;
  const who = by === undefined ? undefined : (await people.names([by])).get(by);
  if (digest?.state === 'held')
    return `${who ?? 'Somebody'} holds it until ${dayInWords(digest.publishAt, digest.zone, app.now())}.`;
  if (digest?.state !== 'published') return DECIDED;
  return who === undefined ? 'It was published on time already.' : `${who} published it already.`;
}

/** Of a digest that had nothing to say in the end, or that nobody knows. */
const DECIDED = 'It is decided already.';

/** The digest somebody may decide about; or why they may not: they are no steward, or somebody was quicker. */
export async function toDecide(
  workspace: Workspace,
  personId: string,
  id: string,
): Promise<{ digest: KeptDigest } | { refused: string }> {
  const refused = await whyNotSteward(workspace, personId, 'decide this');
  if (refused !== undefined) return { refused };
  const digest = await workspace.app.storage.digests.byId(workspace.identity.teamId, id);
  if (digest === undefined) return { refused: DECIDED };
  return isOpen(digest) ? { digest } : { refused: await decidedWords(workspace, digest) };
}
