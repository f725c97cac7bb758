import { inDigestOrder, periodOf } from '../../domain/digest/digest.ts';
import { type Freezing, isOpen, type KeptDigest, type Part } from '../../domain/digest/kept-digest.ts';
import type { NearMiss } from '../../domain/near-miss.ts';
import { quietCardsIn } from '../card/quiet-cards.ts';
import type { Connection } from '../database.ts';
import { eq } from '../drizzle.ts';
import { numbersIn } from '../story/numbers.ts';
import { settingsIn } from '../workspaces.ts';
import { digestAnnouncingIn } from './announce-digest.ts';
import { digestRowsIn } from './digest-rows.ts';
import { digests } from './digest-schema.ts';
import { digestStoriesIn } from './digest-stories.ts';

/**
 * Freezes a period: chooses, numbers, renders and stores in one transaction, so that what was publishable then is
 * in this digest and in no other. Undefined when its week has one already.
 */
export function digestFreezingIn(connection: Connection): (freezing: Freezing) => KeptDigest | undefined {
  const { db, write } = connection;
  const rows = digestRowsIn(connection);
  const announcing = digestAnnouncingIn(connection);
  const stories = digestStoriesIn(connection);
  const numbers = numbersIn(connection);
  const settings = settingsIn(connection);
  const quietCards = quietCardsIn(connection);

  /** Its stories are told by the one that is frozen now; its week has had its digest all the same. */
  function takeOver(teamId: string, id: string, now: number): KeptDigest | undefined {
    const digest = rows.byId(teamId, id);
    // A steward may have held it just now.
    if (digest === undefined || !isOpen(digest) || digest.publishAt > now) return undefined;
    stories.releaseAll(id);
    rows.putParts(id, []);
    db.update(digests).set({ state: 'quiet' }).where(eq(digests.id, id)).run();
    announcing.removePreviews(digest, now);
    return digest;
  }

  function periodStart({ teamId, insteadOf = [], closedAt }: Freezing): number {
    const first = stories.firstGoesBackTo(teamId, closedAt);
    if (first !== undefined) stories.leaveOlder(teamId, first);
    const takenOver = insteadOf.flatMap((id) => takeOver(teamId, id, closedAt) ?? []);
    const begins = first ?? rows.latest(teamId)?.closedAt ?? closedAt;
    return Math.min(begins, ...takenOver.map(({ from }) => from));
  }

  /** What is due, each with its number: those without a name on them get theirs when they first appear, which is now. */
  function chosenOf(freezing: Freezing): NearMiss[] {
    const { teamId, closedAt, state } = freezing;
    const due = stories.due(teamId, closedAt);
    const appearing = due.filter(({ number }) => number === undefined).map(({ id }) => id);
    if (state === 'published') quietCards.appear({ ...freezing, now: closedAt }, appearing);
    else numbers.appear(freezing, appearing);
    return inDigestOrder(due.flatMap(({ id }) => stories.byId(id) ?? []));
  }

  function partsOf(
    { closedAt, zone, teamId, quiet, render }: Freezing,
    from: number,
    chosen: NearMiss[],
  ): Part[] {
    if (chosen.length > 0) {
      const period = periodOf({ from, closedAt }, chosen);
      return render({ ...period, zone, stories: chosen, borrowed: stories.untold(teamId) });
    }
    const old = quiet && stories.fromTheArchive(teamId);
    return old === undefined || quiet === undefined ? [] : quiet(old);
  }

  return (freezing) =>
    write(() => {
      const { id, teamId, week, closedAt, keepsQuiet = false } = freezing;
      if (week !== undefined && rows.hasWeek(teamId, week)) return undefined;
      const from = periodStart(freezing);
      const chosen = chosenOf(freezing);
      const parts = partsOf(freezing, from, chosen);
      const state = parts.length === 0 ? 'quiet' : freezing.state;
      // Only the slot itself decides that its week was quiet: until then something may still be shared.
      if (state === 'quiet' && (!keepsQuiet || freezing.state === 'preview'))
        return { ...freezing, from, state };
      rows.insert(freezing, { state, from });
      rows.putParts(id, parts);
      if (chosen.length > 0) stories.take(id, teamId, chosen);
      if (state === 'published') announcing.startPublishing(id, closedAt);
      if (state === 'preview')
        announcing.startPreviews({ id, teamId }, settings.of(teamId).stewards, closedAt);
      return rows.byId(teamId, id);
    });
}
