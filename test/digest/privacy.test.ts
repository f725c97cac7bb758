import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DAY } from '../support/bot-on-a-store.ts';
import { type BotOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { rows, waitingIn } from '../support/database.ts';
import { botWithDigest, digestIn, publishNow, repliesTo, replyWith } from '../support/digest.ts';
import { askForPreview, previewOf } from '../support/preview.ts';
import { said } from '../support/screen.ts';
import { tell } from '../support/story.ts';

const SENT = 'The preview is in the messages of all stewards.';

/** Everything on disk, as bytes: the database, its journal, what SQLite has not overwritten yet. */
function everythingStored({ config }: BotOnTheWire): string {
  const folder = dirname(config.databasePath);
  return readdirSync(folder)
    .map((file) => readFileSync(join(folder, file), 'latin1'))
    .join('\n');
}

/** What the app sent to Slack, without the answers it got and the requests that asked for it. */
function everythingSent({ workspace }: BotOnTheWire): string {
  return workspace.calls.map(({ method, args }) => `${method} ${JSON.stringify(args)}`).join('\n');
}

/** Steward, preview, digest, presses, a line: the whole of a week. */
async function aWeek(bot: BotOnTheWire, isNamed = false): Promise<void> {
  await bot.goTo(bot.now() + DAY);
  await askForPreview(bot, 'jon', SENT);
  for (const who of ['jon', 'amira']) {
    const { channel, ts } = await previewOf(bot, who);
    await bot.workspace.until(() => bot.workspace.person(who).thread(channel, ts).length === 2);
  }
  await publishNow(bot, 'amira');
  const parent = await digestIn(bot);
  const [story] = await repliesTo(bot, parent, 1);
  const at = { channel: story?.channel ?? '', ts: story?.ts ?? '' };
  await bot.workspace.person('jon').press(at, 'learned_something');
  await replyWith(bot, parent, 'I learned something (1)');
  expect(said(story ?? parent).includes('Shared by')).toBe(isNamed);
  await bot.workspace.until(() =>
    ['jon', 'amira'].every((who) =>
      bot.workspace
        .person(who)
        .dm()
        .every(({ text }) => !text.startsWith('Preview')),
    ),
  );
}

describe('one shared under Nobody, from Save to the press of a reader', () => {
  test('leaves whose it is in no file, no log and nothing that is sent', async () => {
    const bot = await botWithDigest();
    const { workspace } = bot;
    const sam = workspace.person('sam');
    // What the app asks Slack before anybody shares is about everybody alike.
    const before = workspace.calls.length;
    await tell(bot, 'sam', 'a quiet one', { saves: 'we looked twice' }, { tier: 'unattributed' });
    await aWeek(bot);
    expect(everythingStored(bot)).not.toContain(sam.id);
    expect(everythingStored(bot)).not.toContain('Sam Okoro');
    expect(bot.logged()).not.toContain(sam.id);
    expect(bot.logged()).not.toContain('Sam Okoro');
    const sent = workspace.calls.slice(before).map(({ method, args }) => `${method} ${JSON.stringify(args)}`);
    expect(sent.filter((call) => call.includes(sam.id))).toEqual([]);
    expect(sent.filter((call) => call.includes('Sam Okoro'))).toEqual([]);
    expect(sam.dm()).toEqual([]);
    expectNoComplaints(bot);
  });

  test('keeps no time finer than the day, and its number comes with the digest', async () => {
    const bot = await botWithDigest();
    await tell(bot, 'sam', 'a quiet one', {}, { tier: 'unattributed' });
    expect(waitingIn(bot)).toMatchObject([{ summary: 'a quiet one' }]);
    expect(rows(bot, 'select * from near_misses')).toEqual([]);
    expect(rows(bot, 'select * from outbox where near_miss_id is not null')).toEqual([]);
    await aWeek(bot);
    expect(rows(bot, 'select number, captured_at % 86400000 as rest from near_misses')).toEqual([
      { number: 1, rest: 0 },
    ]);
    expectNoComplaints(bot);
  });
});

describe('one shared under Only the stewards', () => {
  test('its name is in no preview, no digest and no log, and no steward is told it', async () => {
    const bot = await botWithDigest();
    const { workspace } = bot;
    const maria = workspace.person('maria');
    const before = workspace.calls.length;
    await tell(bot, 'maria', 'for the stewards', { saves: 'we looked twice' }, { tier: 'confidential' });
    await aWeek(bot);
    const posted = workspace.calls
      .slice(before)
      .filter(({ method }) => method === 'chat.postMessage' || method === 'chat.update')
      .map(({ args }) => JSON.stringify(args));
    expect(posted.length).toBeGreaterThan(6);
    expect(posted.filter((message) => /Maria|Lopez/.test(message) || message.includes(maria.id))).toEqual([]);
    expect(bot.logged()).not.toContain('Maria Lopez');
    expect(bot.logged()).not.toContain(maria.id);
    for (const who of ['jon', 'amira', 'sam']) {
      const seen = [...workspace.person(who).dm(), ...workspace.person(who).ephemerals()].map(said).join();
      expect(seen).not.toContain('Maria');
    }
    expectNoComplaints(bot);
  });

  test('a steward leaves it out: the line reaches its reporter, and nobody learns who that is', async () => {
    const bot = await botWithDigest();
    const { workspace } = bot;
    await tell(bot, 'maria', 'for the stewards', {}, { tier: 'confidential' });
    await tell(bot, 'sam', 'another one');
    await bot.goTo(bot.now() + DAY);
    await askForPreview(bot, 'jon', SENT);
    const { channel, ts } = await previewOf(bot, 'jon');
    const story = await workspace.until(() =>
      workspace
        .person('jon')
        .thread(channel, ts)
        .slice(1)
        .find((one) => said(one).includes('for the stewards')),
    );
    await workspace.person('jon').press({ channel, ts: story.ts }, 'leave_one_out');
    await workspace.until(() => workspace.person('jon').view()?.state.values.line !== undefined);
    await workspace.person('jon').change('view', 'line', 'we wait');
    expect((await workspace.person('jon').submit()).errors).toEqual({});
    await publishNow(bot, 'jon');
    await workspace.until(() =>
      workspace
        .person('maria')
        .dm()
        .some((message) => said(message).includes('Jon Park wrote: we wait.')),
    );
    expect(workspace.person('jon').dm().map(said).join()).not.toContain('Maria');
    expectNoComplaints(bot);
  });
});

test('a named one says whose it is in its digest, so that the tests above look where a name would be', async () => {
  const bot = await botWithDigest();
  await tell(bot, 'maria', 'with a name');
  await aWeek(bot, true);
  expect(everythingStored(bot)).toContain(bot.workspace.person('maria').id);
  expect(everythingSent(bot)).toContain('Shared by Maria Lopez');
  expectNoComplaints(bot);
});
