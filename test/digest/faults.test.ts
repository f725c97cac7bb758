import SQLite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { Trouble } from '../../sandbox/wire/call-faults.ts';
import { anotherProcess, type BotOnAStore, botOnAStore, DAY, HOUR } from '../support/bot-on-a-store.ts';
import { digestsIn } from '../support/digest.ts';
import { runs, SEED } from '../support/runs.ts';
import { said } from '../support/screen.ts';
import { emptyDatabase } from '../support/workspace.ts';

const DAYS = runs(20);

/** Small numbers that follow from a seed (mulberry32). */
function chanceOf(seed: number) {
  let state = seed | 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    upTo: (most: number) => Math.floor(next() * (most + 1)),
    happens: (share: number) => next() < share,
    oneOf: <Item>(items: readonly Item[]) => items[Math.floor(next() * items.length)] as Item,
  };
}

const TROUBLES: Trouble[] = [
  { kind: 'drop', when: 'before' },
  { kind: 'drop', when: 'after' },
  { kind: 'http', status: 500, when: 'before' },
  { kind: 'http', status: 503, when: 'after' },
  { kind: 'rate_limit', retryAfter: 7 },
  { kind: 'error', error: 'internal_error' },
  { kind: 'error', error: 'channel_not_found' },
  { kind: 'error', error: 'is_archived' },
  { kind: 'error', error: 'not_in_channel' },
  { kind: 'error', error: 'restricted_action' },
];

/** `goneAt` is how many calls Slack had had when it was withdrawn or narrowed; `stood` whether it was posted by then. */
type Told = { id: string; name: string; words: string; practice: string; goneAt?: number; stood?: boolean };
type Undelivered = { seq: number; kind: string; state: string; partId: string; position: number };

/** One digest of a few stories, published by two processes on one file while Slack and they have a bad day. */
async function badDay(seed: number) {
  const chance = chanceOf(seed);
  const databasePath = emptyDatabase();
  const bot = await botOnAStore({ databasePath });
  const bots = [bot, await anotherProcess(bot, databasePath)];
  const { workspace, clock, storage } = bot;
  const told: Told[] = [];
  for (let at = 0; at <= 1 + chance.upTo(3); at += 1) {
    const words = `Story number ${at}`;
    const practice = `Do the thing of number ${at}`;
    const answers = chance.happens(0.5) ? { practice } : {};
    const signal = chance.happens(0.5) ? { kind: 'alert' as const } : {};
    told.push({ id: await bot.share(words, { answers, signal }), name: `NM-${at + 1}`, words, practice });
  }
  await bot.drain();
  clock.advance(21.5 * HOUR);
  await Promise.all(bots.map((one) => one.tend()));
  const learning = workspace.channel('learning').id;
  const toIt = { matching: ({ channel }: { channel?: unknown }) => channel === learning };
  for (let planned = chance.upTo(5); planned > 0; planned -= 1)
    workspace.faults.on('chat.postMessage', chance.oneOf(TROUBLES), { nth: 1 + chance.upTo(7), ...toIt });
  for (const method of ['conversations.history', 'conversations.replies', 'chat.update'])
    if (chance.happens(0.3))
      workspace.faults.on(method, chance.oneOf(TROUBLES), { nth: 1 + chance.upTo(2), ...toIt });

  for (let steps = 0; steps < 60; steps += 1) {
    const one = chance.oneOf(bots);
    const dies = chance.happens(0.06) ? chance.oneOf(['before', 'after'] as const) : undefined;
    const left = told.slice(1).filter(({ goneAt }) => goneAt === undefined);
    if (left.length > 0 && chance.happens(0.06)) {
      const story = chance.oneOf(left);
      story.goneAt = workspace.calls.length;
      story.stood = digestsIn(bot).some(({ replies }) =>
        replies.some((reply) => said(reply).includes(story.words)),
      );
      if (chance.happens(0.5)) await bot.withdraw(story.id);
      else await bot.change(story.id, { audience: 'channel' });
    }
    if (chance.happens(0.1)) await Promise.all(bots.map((each) => each.tend()));
    if (await one.step(dies === undefined ? {} : { dies })) continue;
    const due = await storage.outbox.nextDue();
    if (due === undefined) break;
    clock.advance(Math.max(1000, due - clock.now()));
  }
  workspace.faults.clear();
  await bot.drain();
  return { bot, databasePath, told };
}

function undeliveredOf(databasePath: string): Undelivered[] {
  const sqlite = new SQLite(databasePath, { readonly: true });
  try {
    return sqlite
      .prepare<[], Undelivered>(
        "select seq, kind, state, part_id as partId, position from outbox where kind in ('digest_part', 'digest_change') and state in ('refused', 'asked')",
      )
      .all();
  } finally {
    sqlite.close();
  }
}

function isThere({ workspace }: BotOnAStore, { partId }: Undelivered): boolean {
  return workspace.state.messages.some(({ metadata }) => JSON.stringify(metadata ?? {}).includes(partId));
}

/** A steward does what they were told to: looks, and tries again or lets go. */
async function answerUndelivered(bot: BotOnAStore, databasePath: string): Promise<void> {
  for (
    let undelivered = undeliveredOf(databasePath);
    undelivered.length > 0;
    undelivered = undeliveredOf(databasePath)
  ) {
    const { teamId } = bot.app.identity;
    expect((await bot.storage.outbox.undelivered(teamId)).map(({ seq }) => seq)).toEqual(
      undelivered.map(({ seq }) => seq),
    );
    for (const waiting of undelivered) {
      const there = waiting.kind === 'digest_part' && isThere(bot, waiting);
      const answer = there ? 'let_go' : 'try_again';
      await bot.storage.outbox.answerUndelivered({ teamId, seq: waiting.seq, answer, now: bot.clock.now() });
    }
    await bot.drain();
  }
}

/** What is not as it ought to be, in words; nothing on any day. */
function problemsOf(bot: BotOnAStore, told: Told[]): string[] {
  const { workspace } = bot;
  const [digest, ...others] = digestsIn(bot);
  if (digest === undefined) return ['There is no digest.'];
  const left = told.filter(({ goneAt }) => goneAt === undefined).length;
  const parts = workspace.state.messages.flatMap(({ metadata }) =>
    metadata ? [JSON.stringify(metadata)] : [],
  );
  const first = workspace.person('maria').messages('learning')[0];
  return [
    ...others.map(({ parent }) => `This stands outside the thread: ${said(parent)}`),
    ...(first?.ts === digest.parent.ts ? [] : ['The parent is not the first.']),
    ...(said(digest.parent).includes(left === 1 ? '1 story' : `${left} stories`)
      ? []
      : ['The parent counts wrongly.']),
    ...(new Set(parts).size === parts.length ? [] : ['A part was posted twice.']),
    ...told.flatMap((story) =>
      story.goneAt === undefined ? problemsOfStory(digest, story) : problemsOfGone(bot, digest, story),
    ),
    ...workspace.complaints,
  ];
}

type Shown = ReturnType<typeof digestsIn>[number];

function problemsOfStory({ replies }: Shown, { words }: Told): string[] {
  const seen = replies.filter((reply) => said(reply).includes(words)).length;
  return seen === 1 ? [] : [`${words} is seen ${seen} times.`];
}

function problemsOfGone({ workspace }: BotOnAStore, { parent, replies }: Shown, story: Told): string[] {
  const { name, words, practice, goneAt, stood } = story;
  const tells = (text: string) => text.includes(words) || text.includes(practice);
  const saidSince = workspace.calls
    .slice(goneAt)
    .some(({ args }) => args.channel === parent.channel && tells(JSON.stringify(args)));
  return [
    ...([parent, ...replies].map(said).some(tells) ? [`${words} was taken back and stands there.`] : []),
    ...(saidSince ? [`${words} was said again after it was taken back.`] : []),
    ...(stood !== true && replies.map(said).join('\n').includes(name) ? [`${name} was not cancelled.`] : []),
  ];
}

/** One bad day to its end; what was not as it ought to be. */
async function problemsOfBadDay(seed: number): Promise<string[]> {
  const { bot, databasePath, told } = await badDay(seed);
  const undelivered = undeliveredOf(databasePath);
  const heard = bot.workspace
    .person('amira')
    .dm()
    .map(said)
    .join('\n')
    .includes("It waits on the app's Home");
  await answerUndelivered(bot, databasePath);
  const problems = problemsOf(bot, told);
  bot.clock.advance(DAY);
  await bot.tend();
  await bot.drain();
  if (undelivered.length > 0 && !heard) problems.push('Nobody told a steward.');
  if (digestsIn(bot).length !== 1) problems.push('The day after there was another.');
  await bot.workspace.stop();
  return problems.map(
    (problem) => `RUNS=1 SEED=${seed}: ${problem} ${JSON.stringify({ undelivered, told })}`,
  );
}

describe(`every part of a digest is seen exactly once, or a steward is told (${DAYS} bad days, SEED=${SEED})`, () => {
  process.stdout.write(`bad days of a digest: SEED=${SEED}, ${DAYS} of them\n`);
  const tens = Array.from({ length: Math.ceil(DAYS / 10) }, (_, at) => SEED + at * 10);
  it.each(tens)('ten from seed %i', { timeout: 120_000 }, async (from) => {
    const problems: string[] = [];
    for (let seed = from; seed < from + Math.min(10, DAYS); seed += 1)
      problems.push(...(await problemsOfBadDay(seed)));
    expect(problems).toEqual([]);
  });
});
