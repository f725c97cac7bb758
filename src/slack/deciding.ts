import { isOpen, type KeptDigest } from '../domain/digests.ts';
import { dayInWords } from '../domain/schedule.ts';
import { whyNotSteward } from './stewards.ts';
import type { Surroundings } from './surroundings.ts';

/** The first press wins; the others see whose it was. */
export async function decidedWords(
  { storage, identity, people }: Surroundings,
  { id }: KeptDigest,
): Promise<string> {
  const digest = await storage.digests.byId(identity.teamId, id);
  const by = digest?.decidedBy;
  const who = by === undefined ? undefined : (await people.names([by])).get(by);
  if (digest?.state === 'held')
    return `${who ?? 'Somebody'} holds it until ${dayInWords(digest.publishAt, digest.zone)}.`;
  if (digest?.state !== 'published') return DECIDED;
  return who === undefined ? 'It was published on time already.' : `${who} published it already.`;
}

/** Of a digest that had nothing to say in the end, or that nobody knows. */
const DECIDED = 'It is decided already.';

/** The digest somebody may decide about; or why they may not: they are no steward, or somebody was quicker. */
export async function toDecide(
  app: Surroundings,
  personId: string,
  id: string,
): Promise<{ digest: KeptDigest } | { refused: string }> {
  const refused = await whyNotSteward(app, personId, 'decide this');
  if (refused !== undefined) return { refused };
  const digest = await app.storage.digests.byId(app.identity.teamId, id);
  if (digest === undefined) return { refused: DECIDED };
  return isOpen(digest) ? { digest } : { refused: await decidedWords(app, digest) };
}
