import { dayInWords } from '../../calendar.ts';
import type { DigestSettings } from '../../domain/digest/digest.ts';
import { type Appearing, nextDigestAt, promisedAt } from '../../domain/digest/promised-day.ts';
import type { NearMiss } from '../../domain/near-miss.ts';
import type { Storage } from '../../domain/storage.ts';
import type { Identity } from '../platform/identity.ts';
import type { App } from '../workspace.ts';

/** As much of a workspace as the day takes. */
type Asked = { app: Pick<App, 'storage' | 'now'>; identity: Pick<Identity, 'teamId'> };

/** The day of the next digest, as stewards are told it. */
export async function nextDigestDay({ app, identity }: Asked, timetable: DigestSettings): Promise<string> {
  const { storage, now } = app;
  const open = await storage.digests.open(identity.teamId);
  const last = await storage.digests.last(identity.teamId);
  return dayInWords(nextDigestAt({ timetable, last, open }, now()), timetable.zone, now());
}

/** The day a near-miss that waits for a digest first appears; without one, the day of what is shared now. */
export async function promisedDay(
  { app, identity }: Asked,
  timetable: DigestSettings,
  nearMiss: NearMiss | undefined,
): Promise<string> {
  const { teamId } = identity;
  const last = await app.storage.digests.last(teamId);
  const found = nearMiss && (await openFor(app.storage, nearMiss));
  // What is shared now is in time for none that is open already.
  const appearing: Appearing = nearMiss ?? {
    tier: 'unattributed',
    audience: 'everyone',
    capturedAt: app.now(),
  };
  const isInOpen = found?.isInOpen === true;
  return dayInWords(
    promisedAt({ timetable, last, open: found?.open }, { ...appearing, isInOpen }, app.now()),
    timetable.zone,
    app.now(),
  );
}

async function openFor({ digests }: Storage, { teamId, id }: NearMiss) {
  const open = await digests.openWith(teamId, id);
  return open === undefined
    ? { open: await digests.open(teamId), isInOpen: false }
    : { open, isInOpen: true };
}
