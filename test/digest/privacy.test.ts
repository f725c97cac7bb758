import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  askForPreview,
  DAY,
  digestIn,
  openSceneWithDigest,
  previewOf,
  publishNow,
  repliesTo,
  replyWith,
  type Scene,
  tell,
} from '../support/digest-scene.ts';
import { expectNoComplaints, rows, said } from '../support/doing.ts';

const SENT = 'The preview is in the messages of all stewards.';

/** Everything on disk, as bytes: the database, its journal, what SQLite has not overwritten yet. */
function everythingStored({ config }: Scene): string {
  const folder = dirname(config.databasePath);
  return readdirSync(folder)
    .map((file) => readFileSync(join(folder, file), 'latin1'))
    .join('\n');
}

/** What the app sent to Slack, without the answers it got and the requests that asked for it. */
function everythingSent({ workspace }: Scene): string {
  return workspace.calls.map(({ method, args }) => `${method} ${JSON.stringify(args)}`).join('\n');
}

/** Steward, preview, digest, presses, a line: the whole of a week. */
async function aWeek(office: Scene, isNamed = false): Promise<void> {
  await office.goTo(office.now() + DAY);
  await askForPreview(office, 'jon', SENT);
  for (const who of ['jon', 'amira']) {
    const { channel, ts } = await previewOf(office, who);
    await office.workspace.until(() => office.workspace.person(who).thread(channel, ts).length === 2);
  }
  await publishNow(office, 'amira');
  const parent = await digestIn(office);
  const [story] = await repliesTo(office, parent, 1);
  const at = { channel: story?.channel ?? '', ts: story?.ts ?? '' };
  await office.workspace.person('jon').press(at, 'learned_something');
  await replyWith(office, parent, 'I learned something (1)');
  expect(said(story ?? parent).includes('Shared by')).toBe(isNamed);
  await office.workspace.until(() =>
    ['jon', 'amira'].every((who) =>
      office.workspace
        .person(who)
        .dm()
        .every(({ text }) => !text.startsWith('Preview')),
    ),
  );
}

describe('one shared under Nobody, from Save to the press of a reader', () => {
  test('leaves whose it is in no file, no log and nothing that is sent', async () => {
    const office = await openSceneWithDigest();
    const { workspace } = office;
    const sam = workspace.person('sam');
    // What the app asks Slack before anybody shares is about everybody alike.
    const before = workspace.calls.length;
    await tell(office, 'sam', 'a quiet one', { saves: 'we looked twice' }, { tier: 'unattributed' });
    await aWeek(office);
    expect(everythingStored(office)).not.toContain(sam.id);
    expect(everythingStored(office)).not.toContain('Sam Okoro');
    expect(office.logged()).not.toContain(sam.id);
    expect(office.logged()).not.toContain('Sam Okoro');
    const sent = workspace.calls.slice(before).map(({ method, args }) => `${method} ${JSON.stringify(args)}`);
    expect(sent.filter((call) => call.includes(sam.id))).toEqual([]);
    expect(sent.filter((call) => call.includes('Sam Okoro'))).toEqual([]);
    expect(sam.dm()).toEqual([]);
    expectNoComplaints(office);
  });

  test('keeps no time finer than the day, and its number comes with the digest', async () => {
    const office = await openSceneWithDigest();
    await tell(office, 'sam', 'a quiet one', {}, { tier: 'unattributed' });
    expect(rows(office, 'select number, captured_at % 86400000 as rest from near_misses')).toEqual([
      { number: null, rest: 0 },
    ]);
    expect(rows(office, 'select * from outbox where near_miss_id is not null')).toEqual([]);
    await aWeek(office);
    expect(rows(office, 'select number, captured_at % 86400000 as rest from near_misses')).toEqual([
      { number: 1, rest: 0 },
    ]);
    expectNoComplaints(office);
  });
});

describe('one shared under Only the stewards', () => {
  test('its name is in no preview, no digest and no log, and no steward is told it', async () => {
    const office = await openSceneWithDigest();
    const { workspace } = office;
    const maria = workspace.person('maria');
    const before = workspace.calls.length;
    await tell(office, 'maria', 'for the stewards', { saves: 'we looked twice' }, { tier: 'confidential' });
    await aWeek(office);
    const posted = workspace.calls
      .slice(before)
      .filter(({ method }) => method === 'chat.postMessage' || method === 'chat.update')
      .map(({ args }) => JSON.stringify(args));
    expect(posted.length).toBeGreaterThan(6);
    expect(posted.filter((message) => /Maria|Lopez/.test(message) || message.includes(maria.id))).toEqual([]);
    expect(office.logged()).not.toContain('Maria Lopez');
    expect(office.logged()).not.toContain(maria.id);
    for (const who of ['jon', 'amira', 'sam']) {
      const seen = [...workspace.person(who).dm(), ...workspace.person(who).ephemerals()].map(said).join();
      expect(seen).not.toContain('Maria');
    }
    expectNoComplaints(office);
  });

  test('a steward leaves it out: the line reaches its reporter, and nobody learns who that is', async () => {
    const office = await openSceneWithDigest();
    const { workspace } = office;
    await tell(office, 'maria', 'for the stewards', {}, { tier: 'confidential' });
    await office.goTo(office.now() + DAY);
    await askForPreview(office, 'jon', SENT);
    const { channel, ts } = await previewOf(office, 'jon');
    const story = await workspace.until(() => workspace.person('jon').thread(channel, ts)[1]);
    await workspace.person('jon').press({ channel, ts: story.ts }, 'leave_one_out');
    await workspace.until(() => workspace.person('jon').view()?.state.values.line !== undefined);
    await workspace.person('jon').change('view', 'line', 'we wait');
    expect((await workspace.person('jon').submit()).errors).toEqual({});
    await workspace.until(() =>
      workspace
        .person('maria')
        .dm()
        .some((message) => said(message).includes('Jon Park wrote: we wait.')),
    );
    expect(workspace.person('jon').dm().map(said).join()).not.toContain('Maria');
    expectNoComplaints(office);
  });
});

test('a named one says whose it is in its digest, so that the tests above look where a name would be', async () => {
  const office = await openSceneWithDigest();
  await tell(office, 'maria', 'with a name');
  await aWeek(office, true);
  expect(everythingStored(office)).toContain(office.workspace.person('maria').id);
  expect(everythingSent(office)).toContain('Shared by Maria Lopez');
  expectNoComplaints(office);
});
