import { randomUUID } from 'node:crypto';
import SQLite from 'better-sqlite3';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayOf } from '../../src/domain/access/gate.ts';
import { toCapture } from '../../src/domain/capture/capture.ts';
import { systemKey } from '../../src/domain/capture/system-name.ts';
import { EMPTY_TELLING, type NearMiss, type Telling, type Tier } from '../../src/domain/near-miss.ts';
import { type Reached, SAVE_KINDS, SIGNAL_KINDS } from '../../src/domain/story/choices.ts';
import { ANSWER_IDS } from '../../src/domain/story/questions.ts';
import { openStorage } from '../../src/storage/storage.ts';
import { runs } from '../support/runs.ts';
import { emptyDatabase } from '../support/workspace.ts';

const START = Date.UTC(2026, 9, 14, 9, 30, 1, 234);
/** When the day of everything is over. */
const LATER = 60 * 24 * 3_600_000;
const TABLES = ['near_misses', 'answers', 'saves', 'signals', 'key_players', 'systems', 'outbox'];

type Step =
  | {
      kind: 'capture';
      id: string;
      summary: string;
      system?: string | undefined;
      tier: Tier;
      wantsCard: boolean;
    }
  | { kind: 'tell'; id: string; telling: Telling; reached?: Reached | undefined; isDone: boolean }
  | { kind: 'reword'; id: string; summary: string; system?: string | undefined }
  | { kind: 'change'; id: string; tier: Tier }
  | { kind: 'withdraw'; id: string };

const words = fc.constantFrom(
  'rates',
  '🧾 & <!channel>',
  "it's 'quoted'",
  ' spaced ',
  '"; drop table systems; --',
);
const maybe = <Value>(values: fc.Arbitrary<Value>) => fc.option(values, { nil: undefined });
const id = fc.constantFrom('a', 'b', 'c');
const tier = fc.constantFrom<Tier>('named', 'confidential', 'unattributed');
const system = maybe(fc.constantFrom('Invoices', ' invoices', 'INVOICES', 'Phones', 'Ünïcode', 'ÜNÏCODE'));
const telling: fc.Arbitrary<Telling> = fc.record({
  saves: fc.array(fc.record({ text: words, kind: maybe(fc.constantFrom(...SAVE_KINDS)) }), { maxLength: 3 }),
  signal: fc.record(
    { kind: fc.constantFrom(...SIGNAL_KINDS), noticed: words, where: words },
    { requiredKeys: [] },
  ),
  keyPlayers: fc
    .subarray(['U_P1', 'U_P2', 'U_P3'])
    .map((ids) => ids.map((personId) => ({ personId, madePossible: `What ${personId} knew` }))),
  answers: fc.dictionary(fc.constantFrom(...ANSWER_IDS), words),
});
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('capture'), id, summary: words, system, tier, wantsCard: fc.boolean() }),
    fc.record({
      kind: fc.constant('tell'),
      id,
      telling,
      reached: maybe(fc.constantFrom<Reached>('no', 'briefly', 'not_sure')),
      isDone: fc.boolean(),
    }),
    fc.record({ kind: fc.constant('reword'), id, summary: words, system }),
    fc.record({ kind: fc.constant('change'), id, tier }),
    fc.record({ kind: fc.constant('withdraw'), id }),
  ),
  { minLength: 4, maxLength: 30, size: 'max' },
);

type Everything = Record<string, Record<string, unknown>[]>;

type Known = {
  number?: number | undefined;
  summary: string;
  system?: string | undefined;
  tier: Tier;
  capturedAt: number;
  told: Telling;
  reached?: Reached | undefined;
  toldAt?: number | undefined;
  withdrawnAt?: number | undefined;
};

/** What ought to be kept, said in the plainest way: one entry for each id, later words over earlier ones. */
class Model {
  readonly known = new Map<string, Known>();
  readonly systems = new Map<string, string>();
  numbersGiven = 0;
  freeNumbers: number[] = [];

  take(step: Step, now: number): void {
    const before = this.known.get(step.id);
    if (before?.withdrawnAt !== undefined || (before === undefined && step.kind !== 'capture')) return;
    const after = this.numbered(this.after(step, before, now), before, now);
    this.known.set(step.id, after.tier === 'unattributed' ? withoutTraces(after) : after);
    if (after.system !== undefined && !this.systems.has(systemKey(after.system)))
      this.systems.set(systemKey(after.system), after.system);
    const used = new Set([...this.known.values()].map((each) => each.system && systemKey(each.system)));
    for (const key of this.systems.keys()) if (!used.has(key)) this.systems.delete(key);
  }

  private after(step: Step, before: Known | undefined, now: number): Known {
    const old = before ?? { summary: '', tier: 'named', capturedAt: now, told: EMPTY_TELLING };
    switch (step.kind) {
      case 'capture':
        return { ...old, summary: step.summary, system: step.system, tier: step.tier, capturedAt: now };
      case 'change':
        return { ...old, tier: step.tier };
      case 'tell':
        return { ...old, told: step.telling, reached: step.reached, toldAt: step.isDone ? now : old.toldAt };
      case 'reword':
        return { ...old, summary: step.summary, system: step.system };
      case 'withdraw':
        return {
          ...old,
          summary: '',
          system: undefined,
          told: EMPTY_TELLING,
          reached: undefined,
          withdrawnAt: now,
        };
    }
  }

  /** Only with a name at once, and what is given back on its day is the next one's. */
  private numbered(near: Known, before: Known | undefined, now: number): Known {
    if (near.tier === 'named') return { ...near, number: near.number ?? this.nextNumber() };
    if (before === undefined || near.tier === before.tier) return near;
    if (before.number !== undefined && now < dayOf(before.capturedAt) + 28 * 3_600_000)
      this.freeNumbers.push(before.number);
    return { ...near, number: undefined };
  }

  private nextNumber(): number {
    this.freeNumbers.sort((one, other) => one - other);
    return this.freeNumbers.shift() ?? ++this.numbersGiven;
  }
}

function withoutTraces(near: Known): Known {
  const day = (at: number | undefined) => (at === undefined ? undefined : dayOf(at));
  return {
    ...near,
    capturedAt: dayOf(near.capturedAt),
    toldAt: near.toldAt === undefined ? undefined : dayOf(near.capturedAt),
    withdrawnAt: day(near.withdrawnAt),
    told: { ...near.told, keyPlayers: [] },
  };
}

test('whatever is done in whatever order, what is kept is what was said last, and no more', async () => {
  const path = emptyDatabase();
  const storage = openStorage(path, randomUUID);
  const outside = new SQLite(path, { readonly: true });
  const { nearMisses } = storage;

  async function take(teamId: string, step: Step, now: number): Promise<void> {
    const nearMissId = `${teamId}-${step.id}`;
    const near = await nearMisses.byId(teamId, nearMissId);
    switch (step.kind) {
      case 'capture':
        return void (await nearMisses.capture(
          toCapture(submission(teamId, { ...step, id: nearMissId }), now),
          now,
          now,
        ));
      case 'tell': {
        const { telling: telling_, reached, isDone } = step;
        return void (await nearMisses.tell({
          teamId,
          id: nearMissId,
          change: () => telling_,
          reached: reached ?? null,
          toldAt: isDone ? now : undefined,
          now,
        }));
      }
      case 'reword':
        return void (await nearMisses.reword({
          teamId,
          id: nearMissId,
          summary: step.summary,
          system: step.system,
          now,
        }));
      case 'withdraw':
        return void (await nearMisses.withdraw({ teamId, id: nearMissId, now }));
      case 'change': {
        const change = {
          ...step,
          id: nearMissId,
          summary: near?.summary ?? '',
          system: near?.system,
          wantsCard: near?.card !== undefined,
        };
        const capture = toCapture(submission(teamId, change), near?.capturedAt ?? now);
        return void (await nearMisses.changeWhoCanSee(capture, now));
      }
    }
  }

  /** Everything the file holds of one workspace. */
  function everythingOf(teamId: string): Everything {
    return Object.fromEntries(
      TABLES.map((table) => [
        table,
        outside
          .prepare<[string], Record<string, unknown>>(`select * from ${table} where team_id = ?`)
          .all(teamId),
      ]),
    );
  }

  let teams = 0;
  await fc.assert(
    fc.asyncProperty(steps, async (taken) => {
      const teamId = `T${teams++}`;
      await storage.workspaces.remember({ teamId, name: 'Acme' });
      const model = new Model();
      for (const [at, step] of taken.entries()) {
        const now = START + at * 3_600_000;
        await take(teamId, step, now);
        model.take(step, now);
      }
      const expectAll = async () => {
        for (const [name, known] of model.known) {
          const near = await nearMisses.byId(teamId, `${teamId}-${name}`);
          expect(near && keptOf(near)).toEqual({ ...known, system: known.system && systemKey(known.system) });
        }
      };
      await expectAll();
      await storage.waitingRoom.tend(START + LATER);
      await expectAll();
      const everything = everythingOf(teamId);
      expect(everything.near_misses).toHaveLength(model.known.size);
      expect(everything.systems?.map(({ key }) => key).toSorted()).toEqual(
        [...model.systems.keys()].toSorted(),
      );
      expect(everything.near_misses?.flatMap((row) => brokenPromises(row, everything))).toEqual([]);
    }),
    { numRuns: runs(100) },
  );
  outside.close();
  await storage.close();
});

function submission(
  teamId: string,
  step: { id: string; summary: string; system?: string | undefined; tier: Tier; wantsCard: boolean },
) {
  return {
    teamId,
    personId: 'U_MARIA',
    audience: 'everyone' as const,
    conversation: { id: 'C_OPS', name: 'ops', kind: 'public' as const },
    threadTs: '1771020012.345678',
    stewards: [{ id: 'U_AMIRA', inConversation: true }],
    ...step,
  };
}

function keptOf({
  number,
  summary,
  system: about,
  tier: by,
  capturedAt,
  told,
  reached,
  toldAt,
  withdrawnAt,
}: NearMiss): Known {
  return {
    number,
    summary,
    system: about && systemKey(about),
    tier: by,
    capturedAt,
    told,
    reached,
    toldAt,
    withdrawnAt,
  };
}

/** What the rows themselves hold and must not, whatever the functions say they hold. */
function brokenPromises(row: Record<string, unknown>, everything: Everything): unknown[] {
  const about = TABLES.flatMap((table) => everything[table] ?? []).filter(
    ({ near_miss_id: of }) => of === row.id,
  );
  const told = about.filter((each) => 'author' in each);
  const times = [row.captured_at, row.told_at, row.withdrawn_at].filter((at) => at !== null);
  const ofWithdrawn = [...told, row.summary, row.system_id, row.reached].filter(Boolean);
  const ofUnattributed = [
    ...[row.reporter_id, row.number, row.card_channel_id, row.card_thread_ts, row.card_ts].filter(Boolean),
    ...times.filter((at) => at !== dayOf(Number(at))),
    ...(JSON.stringify([row, about]).match(/U_MARIA|U_P\d|1771020012/g) ?? []),
  ];
  return [
    ...(row.withdrawn_at === null ? [] : ofWithdrawn),
    ...(row.tier === 'unattributed' ? ofUnattributed : []),
  ];
}
