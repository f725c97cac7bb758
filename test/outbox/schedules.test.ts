import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Trouble } from '../../sandbox/wire/call-faults.ts';
import { type BotOnTheWire, botOnTheWire } from '../support/bot-on-the-wire.ts';
import { settled } from '../support/outbox.ts';
import { runs, SEED } from '../support/runs.ts';

/** Ways a call can go wrong from which everything recovers by itself. */
const trouble = fc.constantFrom<Trouble>(
  { kind: 'rate_limit', retryAfter: 0 },
  { kind: 'http', status: 500 },
  { kind: 'http', status: 502, when: 'after' },
  { kind: 'error', error: 'internal_error' },
  { kind: 'drop', when: 'before' },
  { kind: 'drop', when: 'after' },
);
const method = fc.constantFrom(
  'chat.postMessage',
  'chat.postMessage',
  'chat.update',
  'conversations.history',
  'conversations.open',
  'views.publish',
  'response_url',
  'users.info',
);
const fault = fc.record({
  method,
  trouble,
  nth: fc.integer({ min: 1, max: 4 }),
  times: fc.integer({ min: 1, max: 2 }),
});
const doing = fc.record({
  who: fc.constantFrom('maria', 'jon'),
  channel: fc.constantFrom('payments-ops', 'finance-leads'),
  isTold: fc.boolean(),
});
const schedule = fc.record({
  faults: fc.array(fault, { minLength: 2, maxLength: 8, size: 'max' }),
  doings: fc.array(doing, { minLength: 1, maxLength: 4, size: 'max' }),
  restartsAfter: fc.option(fc.integer({ min: 0, max: 3 })),
});

const SCHEDULES = runs(12);

test(
  `whatever goes wrong in whatever order, every card comes once, in order and with its last words, and nobody is told twice (${SCHEDULES} orders, SEED=${SEED})`,
  async () => {
    await fc.assert(
      fc.asyncProperty(schedule, async ({ faults, doings, restartsAfter }) => {
        const bot = await botOnTheWire();
        const { workspace } = bot;
        for (const { method: on, trouble: what, nth, times } of faults)
          workspace.faults.on(on, what, { nth, times });
        const expected = new Map<string, string[]>();
        for (const [at, { who, channel, isTold }] of doings.entries()) {
          await share(bot, who, channel, `Number ${at}`, isTold);
          expected.set(channel, [
            ...(expected.get(channel) ?? []),
            isTold ? `Number ${at}: held` : `Number ${at}`,
          ]);
          if (at === restartsAfter) await bot.restart();
        }
        await settled(bot);
        for (const [channel, words] of expected) expect(cards(bot, channel)).toEqual(words);
        const toldTimes = ['maria', 'jon'].flatMap((who) => toldAbout(bot, who));
        expect(toldTimes.toSorted()).toEqual([...new Set(toldTimes)].toSorted());
        expect(workspace.complaints).toEqual([]);
        expect(bot.fatal).toEqual([]);
        await bot.stop();
        await workspace.stop();
      }),
      { numRuns: SCHEDULES, seed: SEED },
    );
  },
  SCHEDULES * 10_000,
);

async function share(
  bot: BotOnTheWire,
  who: string,
  channel: string,
  words: string,
  isTold: boolean,
): Promise<void> {
  const person = bot.workspace.person(who);
  await person.command(channel, `/nearmiss ${words}`);
  await bot.workspace.until(() => person.view());
  const saved = await person.submit();
  if (isTold) await person.change('view', 'saves', 'held');
  const told = isTold ? await person.submit() : saved;
  const ended = await person.close({ all: true });
  expect([saved, told, ended]).toEqual([TAKEN, TAKEN, TAKEN]);
}

const TAKEN = expect.objectContaining({ acked: true, errors: {} });

/** Our cards as they stand in a channel: the first words and, if it was told, what went right. */
function cards({ workspace }: BotOnTheWire, channel: string): string[] {
  const ours = workspace
    .person('jon')
    .messages(channel)
    .filter(({ bot_id: bot }) => bot !== undefined);
  return ours.map(({ blocks }) => {
    const shown = JSON.stringify(blocks);
    return `${/Number \d/.exec(shown)?.[0]}${shown.includes('held') ? ': held' : ''}`;
  });
}

/** The near-misses a person was told about, one entry each time. */
function toldAbout({ workspace }: BotOnTheWire, who: string): string[] {
  const person = workspace.person(who);
  return [...person.ephemerals(), ...person.dm()].map(
    (message) => /NM-\d+ is saved/.exec(JSON.stringify(message))?.[0] ?? 'something else',
  );
}
