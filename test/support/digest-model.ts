import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { expect } from 'vitest';
import { toCapture } from '../../src/domain/capture/capture.ts';
import type { KeptDigest } from '../../src/domain/digest/kept-digest.ts';
import type { Audience, Tier } from '../../src/domain/near-miss.ts';
import type { Storage } from '../../src/domain/storage.ts';
import { DAY, HOUR } from './bot-on-a-store.ts';

/* What happens to near-misses and digests, in any order, and the same on paper as a reader of the rules would keep it. */

type Sharing = { tier: Tier; audience: Audience };

/** What happens in a history, in the order it happens. `which` picks one of those there are. */
type Happening =
  | { kind: 'captured'; of: Sharing }
  | { kind: 'shared_otherwise'; which: number; to: Sharing }
  | { kind: 'withdrawn'; which: number }
  | { kind: 'left_out'; which: number; forGood: boolean }
  | { kind: 'closed'; as: 'published' | 'preview'; weekly: boolean; catchesUp: boolean; keepsQuiet: boolean }
  | { kind: 'published'; which: number }
  | { kind: 'clock_moves'; by: number };

const sharing: fc.Arbitrary<Sharing> = fc.record({
  tier: fc.constantFrom('named', 'confidential', 'unattributed'),
  audience: fc.constantFrom('everyone', 'everyone', 'channel'),
});

const which = fc.nat({ max: 20 });

export const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('captured' as const), of: sharing }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('shared_otherwise' as const), which, to: sharing }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('withdrawn' as const), which }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('left_out' as const), which, forGood: fc.boolean() }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('closed' as const),
      as: fc.constantFrom('published' as const, 'preview' as const),
      weekly: fc.boolean(),
      catchesUp: fc.boolean(),
      keepsQuiet: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('published' as const), which }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('clock_moves' as const),
      by: fc.oneof(fc.integer({ min: 0, max: 12 * HOUR }), fc.integer({ min: -2 * DAY, max: 9 * DAY })),
    }),
  },
);

/** A near-miss as a reader of the issue would keep it, on paper. */
type Kept = Sharing & {
  id: string;
  capturedAt: number;
  withdrawn: boolean;
  neverInOne: boolean;
  /** The digest it was chosen for. */
  digest?: string;
  wasPublishable: boolean;
  /** The digests whose readers were told. */
  toldIn: string[];
};

const midnight = (at: number) => Math.floor(at / DAY) * DAY;

/** What the issue says about what goes in. */
function isPublishable(kept: Kept, closedAt: number): boolean {
  if (kept.audience !== 'everyone' || kept.withdrawn) return false;
  return kept.tier === 'named' ? kept.capturedAt < closedAt : kept.capturedAt < midnight(closedAt - 4 * HOUR);
}

const START = Date.UTC(2026, 9, 5, 9, 30);

/**
 * One workspace of its own in this storage, and the same on paper; they are held against each other as it goes on.
 * Its digest was set up so many days after it begins, whatever its clock said before.
 */
export function newHistory(storage: Storage, setUpAfterDays: number) {
  const teamId = randomUUID();
  const all: Kept[] = [];
  const digests: { id: string; open: boolean; closedAt: number }[] = [];
  const setUpAt = START + setUpAfterDays * DAY;
  let now = START;
  let weeks = 0;
  let isFirst = true;

  async function share(kept: Kept | undefined, to: Sharing): Promise<void> {
    const id = kept?.id ?? randomUUID();
    const before = kept?.capturedAt ?? now;
    const capture = toCapture(
      {
        ...to,
        id,
        teamId,
        personId: 'U1',
        summary: 'words',
        wantsCard: false,
        conversation: { id: 'C1', name: 'ops', kind: 'public' },
        stewards: [{ id: 'U2', inConversation: true }],
      },
      before,
    );
    if (kept === undefined) await storage.nearMisses.capture(capture, now, now);
    else await storage.nearMisses.changeWhoCanSee(capture, now);
    const { tier, audience, capturedAt } = capture;
    if (kept !== undefined) return void Object.assign(kept, { tier, audience, capturedAt });
    all.push({
      id,
      tier,
      audience,
      capturedAt,
      withdrawn: false,
      neverInOne: false,
      wasPublishable: false,
      toldIn: [],
    });
  }

  /** Those whose reporter is kept, since only reporters change anything. */
  const ofReporters = () => all.filter(({ tier, withdrawn }) => tier !== 'unattributed' && !withdrawn);

  function takenOver(digest: (typeof digests)[number]): void {
    digest.open = false;
    for (const kept of all) if (kept.digest === digest.id) delete kept.digest;
  }

  async function close({ as, weekly, catchesUp, keepsQuiet }: Happening & { kind: 'closed' }): Promise<void> {
    const id = randomUUID();
    const closedAt = now;
    const firstFrom = Math.min(midnight(closedAt) - 7 * DAY, midnight(setUpAt));
    if (isFirst) for (const kept of all) kept.neverInOne ||= kept.capturedAt < firstFrom;
    // One that is held until later, as after a clock that was set back, is left to its stewards.
    if (catchesUp) for (const digest of digests) if (digest.open && digest.closedAt <= now) takenOver(digest);
    const due = all.filter(
      (kept) => kept.digest === undefined && !kept.neverInOne && isPublishable(kept, closedAt),
    );
    for (const kept of due) kept.wasPublishable = true;
    const unnumbered = await numbersOf(all);
    let shuffled: string[] = [];
    const frozen = await storage.digests.freeze({
      id,
      teamId,
      ...(weekly && { week: `week ${(weeks += 1)}` }),
      keepsQuiet,
      ...(catchesUp && { insteadOf: digests.map((digest) => digest.id) }),
      definitionId: 'weekly',
      closedAt,
      publishAt: closedAt,
      state: as,
      channelId: 'C9',
      sharedOutside: false,
      zone: 'UTC',
      replies: 30,
      shuffle: (items) => {
        const order = items.toReversed();
        if (shuffled.length === 0) shuffled = order.map(String);
        return order;
      },
      quietWeek: 'nothing',
    });
    expect((await idsIn(frozen)).toSorted(), 'what is publishable at a closing is in its digest').toEqual(
      due.map((kept) => kept.id).toSorted(),
    );
    expect(frozen?.state).toBe(due.length === 0 ? 'quiet' : as);
    if (due.length > 0 || (keepsQuiet && as === 'published')) isFirst = false;
    for (const kept of due) kept.digest = id;
    if (due.length > 0) digests.push({ id, open: as === 'preview', closedAt });
    if (as === 'published') for (const kept of due) kept.toldIn.push(id);
    await expectNumbersInThisOrder(shuffled, unnumbered);
  }

  /** In the order of the shuffle, and for those who appear now. */
  async function expectNumbersInThisOrder(shuffled: string[], before: Map<string, number>): Promise<void> {
    const after = await numbersOf(all);
    const given = shuffled.filter((id) => after.has(id) && !before.has(id)).map((id) => after.get(id) ?? 0);
    expect(given, 'the numbers of those without a name are shuffled').toEqual(
      given.toSorted((a, b) => a - b),
    );
    expect(after.size - before.size).toBe(given.length);
    for (const { id, tier, digest } of all)
      if (tier === 'unattributed' && digest === undefined && !before.has(id) && after.has(id))
        expect(shuffled, 'a number only when it appears').toContain(id);
  }

  async function numbersOf(some: Kept[]): Promise<Map<string, number>> {
    const found = await Promise.all(some.map(({ id }) => storage.nearMisses.byId(teamId, id)));
    const numbers = new Map(
      found.flatMap((one) => (one?.number === undefined ? [] : [[one.id, one.number] as const])),
    );
    expect(new Set(numbers.values()).size, 'numbers are unique').toBe(numbers.size);
    return numbers;
  }

  /** The stories a digest has messages for. */
  async function idsIn(digest: KeptDigest | undefined): Promise<string[]> {
    if (digest === undefined || digest.state === 'quiet') return [];
    const parts = await storage.digests.parts(teamId, digest.id);
    return parts.flatMap(({ kind, nearMissId }) => (kind === 'story' ? (nearMissId ?? []) : []));
  }

  async function publish(digest: (typeof digests)[number]): Promise<void> {
    const expected = all.filter((kept) => kept.digest === digest.id && isPublishable(kept, digest.closedAt));
    const done = await storage.digests.publish({
      teamId,
      id: digest.id,
      by: 'U_STEWARD',
      channelId: 'C9',
      sharedOutside: false,
      now,
      shuffle: (items) => items.toReversed(),
      quietWeek: 'nothing',
    });
    expect(done, 'the first decision counts, and no other').toBe(digest.open);
    if (!digest.open) return;
    digest.open = false;
    const made = await storage.digests.byId(teamId, digest.id);
    expect((await idsIn(made)).toSorted()).toEqual(expected.map(({ id }) => id).toSorted());
    for (const kept of all) {
      if (kept.digest !== digest.id) continue;
      if (expected.includes(kept)) kept.toldIn.push(digest.id);
      else delete kept.digest;
    }
  }

  async function happen(what: Happening): Promise<void> {
    switch (what.kind) {
      case 'captured':
        return share(undefined, what.of);
      case 'clock_moves':
        return void (now += what.by);
      case 'closed':
        return close(what);
      case 'shared_otherwise': {
        const kept = pick(ofReporters(), what.which);
        return kept && share(kept, what.to);
      }
      case 'withdrawn': {
        const kept = pick(ofReporters(), what.which);
        if (kept === undefined) return;
        kept.withdrawn = true;
        return void (await storage.nearMisses.withdraw({ teamId, id: kept.id, now }));
      }
      case 'left_out': {
        const kept = pick(
          all.filter(({ digest }) => digests.some(({ id, open }) => open && id === digest)),
          what.which,
        );
        if (kept?.digest === undefined) return;
        const { forGood } = what;
        const of = { teamId, id: kept.digest, nearMissId: kept.id, by: 'U2', line: 'a line', forGood, now };
        expect(await storage.digests.leaveOut(of)).toBe(true);
        delete kept.digest;
        kept.neverInOne ||= forGood;
        return;
      }
      case 'published': {
        const digest = pick(digests, what.which);
        return digest && publish(digest);
      }
    }
  }

  return {
    async begin() {
      await storage.workspaces.remember({ teamId, name: 'Acme' });
      const channel = { channelId: 'C9', channelName: 'learning' };
      const timetable = { weekday: 1, minutes: 570, zone: 'UTC', since: setUpAt, setUpAt };
      const digest = { ...channel, ...timetable, quietWeek: 'nothing' as const, replies: 30 };
      await storage.workspaces.change(teamId, { digest });
    },
    happen,
    /** Everybody goes home, and the last digest is out. */
    async end() {
      for (const digest of digests) if (digest.open) await publish(digest);
      now = Math.max(now, ...all.map(({ capturedAt }) => capturedAt)) + 2 * DAY;
      await close({ kind: 'closed', as: 'published', weekly: true, catchesUp: false, keepsQuiet: true });
      for (const kept of all) {
        expect(kept.toldIn.length, 'nothing is in two digests').toBeLessThanOrEqual(1);
        if (kept.wasPublishable && isPublishable(kept, now) && !kept.neverInOne)
          expect(kept.toldIn.length, 'what was publishable is in one').toBe(1);
      }
    },
  };
}

function pick<Item>(from: Item[], at: number): Item | undefined {
  return from[at % Math.max(1, from.length)];
}
