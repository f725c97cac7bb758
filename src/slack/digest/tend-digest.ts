import type { Logger } from 'pino';
import type { DigestDefinition } from '../../domain/digest/digest.ts';
import type { Freezing, KeptDigest } from '../../domain/digest/kept-digest.ts';
import { nextSlot, owedSlot, type Slot } from '../../domain/digest/timetable.ts';
import type { Storage } from '../../domain/storage.ts';

export type DigestWork = {
  teamId: string;
  storage: Storage;
  /** Can it be posted there now? Undefined when Slack does not say. */
  canPost: (channelId: string, toOutsiders: boolean) => Promise<boolean | undefined>;
  now: () => number;
  newId: () => string;
  shuffle: <Item>(items: Item[]) => Item[];
  wakeOutbox: () => void;
  log: Logger;
};

/**
 * Does what is due: closes a digest for its preview or its slot, and publishes one whose time has come. It may
 * be called as often as anybody likes, by several processes: the store lets each thing happen once.
 */
export async function tendDigest(work: DigestWork): Promise<void> {
  const { storage, teamId, now, log } = work;
  const { digest: settings } = await storage.workspaces.settings(teamId);
  if (settings === undefined) return;
  const datedAnew = await storage.digests.putClockRight({ teamId, now: now() });
  if (datedAnew > 0) log.warn({ datedAnew }, 'the clock was far ahead before: what it dated is dated now');
  const waiting = await storage.digests.due(teamId, now());
  const last = await storage.digests.last(teamId);
  const owed = owedSlot(settings, { setUpAt: settings.since, last }, now());
  if (owed !== undefined) {
    // What waited while the app was away comes with it: one digest, however long that was.
    const insteadOf = waiting.map(({ id }) => id);
    const ending = { slot: owed, publishAt: now(), keepsQuiet: true, insteadOf };
    const frozen = await freezeFor(work, settings, { ...ending, state: 'published' });
    if (frozen === undefined) await showQuietCards(work, owed.at);
    return;
  }
  // Nobody held them, so they go out.
  for (const digest of waiting) {
    if (!(await publish(work, digest, undefined))) await showQuietCards(work, digest.closedAt);
  }
  const next = nextSlot(settings, last, now());
  const opensAt = next.at - (settings.previewMinutes ?? 0) * 60_000;
  if (settings.previewMinutes === undefined || now() < opensAt) return;
  // Until there is something to show, nobody is asked anything.
  if (await storage.digests.hasSomething(teamId, now(), settings.quietWeek)) {
    await freezeFor(work, settings, { slot: next, publishAt: next.at, keepsQuiet: true, state: 'preview' });
  }
}

/** The digest's own channel takes nothing; cards for other channels were promised for this day all the same. */
async function showQuietCards(
  { storage, teamId, now, shuffle, wakeOutbox }: DigestWork,
  closedAt: number,
): Promise<void> {
  await storage.digests.showQuietCards({ teamId, closedAt, now: now(), shuffle });
  wakeOutbox();
}

/**
 * Puts a digest on its way, as it reads by now, to where digests go by now. False when somebody decided before,
 * or when the channel takes nothing, which stewards have to mend.
 */
export async function publish(
  work: DigestWork,
  digest: KeptDigest,
  by: string | undefined,
): Promise<boolean> {
  const { storage, teamId, now, shuffle, wakeOutbox } = work;
  const { digest: settings } = await storage.workspaces.settings(teamId);
  const channelId = settings?.channelId ?? digest.channelId;
  if (!(await isPostable(work, channelId))) return false;
  const { id } = digest;
  const published = await storage.digests.publish({
    teamId,
    id,
    by,
    channelId,
    sharedOutside: settings === undefined ? digest.sharedOutside : settings.sharedOutside === true,
    now: now(),
    quietWeek: settings?.quietWeek ?? 'nothing',
    shuffle,
  });
  wakeOutbox();
  return published;
}

async function isPostable(
  { canPost: askWhether, storage, teamId, now, wakeOutbox }: DigestWork,
  channelId: string,
): Promise<boolean> {
  const { digest } = await storage.workspaces.settings(teamId);
  const canPost = await askWhether(channelId, digest?.sharedOutside === true);
  // Slack did not say: it is asked again in a minute.
  if (canPost === undefined) return false;
  await storage.digests.noteChannel({ teamId, channelId, canPost, now: now() });
  if (!canPost) wakeOutbox();
  return canPost;
}

/** `id` is that of what somebody asked for, so that asked again it is the same. */
type Ending = { id?: string; slot?: Slot } & Pick<
  Freezing,
  'state' | 'publishAt' | 'keepsQuiet' | 'insteadOf'
>;

/** Closes the period now, and freezes what it brought. Slack is asked first, so that the transaction that chooses waits for nobody. */
export async function freezeFor(
  work: DigestWork,
  settings: DigestDefinition,
  { id: asked, slot, ...ending }: Ending,
): Promise<KeptDigest | undefined> {
  const { storage, teamId, now, newId, shuffle, wakeOutbox, log } = work;
  if (!(await isPostable(work, settings.channelId))) return undefined;
  const closedAt = now();
  const id = asked ?? newId();
  const { zone, replies, channelId, sharedOutside = false, quietWeek } = settings;
  const frozen = await storage.digests.freeze({
    ...ending,
    id,
    teamId,
    definitionId: settings.id,
    week: slot?.week,
    previewDueAt: slot && slot.at - (settings.previewMinutes ?? 0) * 60_000,
    closedAt,
    channelId,
    sharedOutside,
    zone,
    replies,
    // Somebody who asks for a digest by hand asks for what is new.
    quietWeek: slot === undefined ? 'nothing' : quietWeek,
    shuffle,
  });
  if (frozen === undefined) return undefined;
  if (frozen.state !== 'quiet') log.info({ digest: frozen.id, state: frozen.state }, 'a digest was frozen');
  wakeOutbox();
  return frozen;
}
