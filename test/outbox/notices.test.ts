import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Message } from '../../sandbox/state/state.ts';
import { toCapture } from '../../src/domain/capture/capture.ts';
import { NOTICES } from '../../src/domain/outbox/notices.ts';
import { type OutboxRow } from '../../src/domain/outbox/outbox-row.ts';
import type { Storage } from '../../src/domain/storage.ts';
import { openStorage } from '../../src/storage/storage.ts';
import { botOnAStore } from '../support/bot-on-a-store.ts';
import { type BotOnTheWire, botOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { rows } from '../support/database.ts';
import { cards } from '../support/outbox.ts';
import { dmOf, dmsOf, placeOf, said } from '../support/screen.ts';
import { NOW, openStore, submission, TEAM } from '../support/store.ts';

const LEASE = 60_000;

const isCard = (row: OutboxRow) => row.kind === 'card';
const isNotice = (row: OutboxRow) => row.kind === 'notice';

/** The next row of this kind. Those of others that come before are settled as sent. */
async function taken<Wanted extends OutboxRow>(
  storage: Storage,
  isWanted: (row: OutboxRow) => row is Wanted,
  owner: string,
  now: number,
): Promise<Wanted> {
  for (;;) {
    const row = await storage.outbox.claim({ owner, now, leaseUntil: now + LEASE, betweenMs: 1000 });
    if (row === undefined) throw new Error('Nothing is left.');
    if (isWanted(row)) return row;
    await storage.outbox.settle(row, owner, { state: 'sent' });
  }
}

/** Nobody knows whether the card in any of these channels is there, and nobody but their reporter can look. */
async function askAbout(
  storage: Storage,
  { channelIds, ...whose }: { teamId: string; personId: string; channelIds: string[] },
  now = NOW,
) {
  for (const id of channelIds) {
    const conversation = { id, name: id, kind: 'public' as const };
    const shared = submission({ ...whose, conversation, threadTs: undefined });
    await storage.nearMisses.capture(toCapture(shared, now), now, now + 10 * LEASE);
  }
  for (let at = 0; at < channelIds.length; at += 1)
    await storage.outbox.settle(await taken(storage, isCard, 'somebody', now), 'somebody', {
      state: 'asked',
    });
}

test('what is to be said to one person at the same time goes as one message, in its order', async () => {
  const { storage } = await openStore();
  await askAbout(storage, { teamId: TEAM, personId: 'U_MARIA', channelIds: ['C1', 'C2', 'C3'] });
  const row = await taken(storage, isNotice, 'me', NOW);
  const numbers = await Promise.all(
    [row.notice, ...row.others].map(
      async (notice) =>
        'nearMissId' in notice && (await storage.nearMisses.byId(TEAM, notice.nearMissId))?.number,
    ),
  );
  expect(numbers).toEqual([1, 2, 3]);
  await storage.outbox.settle(row, 'me', { state: 'sent', channelId: 'D1', ts: '17.1' });
  await expect(taken(storage, isNotice, 'me', NOW + 5000)).rejects.toThrow('Nothing is left.');
});

test('no more goes into one message than fits it', async () => {
  const { storage } = await openStore();
  const most = Math.floor(9000 / NOTICES.card_asked.longest);
  const channelIds = Array.from({ length: most + 2 }, (_, at) => `C${at}`);
  await askAbout(storage, { teamId: TEAM, personId: 'U_MARIA', channelIds });
  const first = await taken(storage, isNotice, 'me', NOW);
  expect(first.others).toHaveLength(most - 1);
  await storage.outbox.settle(first, 'me', { state: 'sent', channelId: 'D1', ts: '17.1' });
  const second = await taken(storage, isNotice, 'me', NOW + 1001);
  expect(second.others).toHaveLength(1);
  expect(second.partId).not.toBe(first.partId);
});

test('what went as one message is looked for as one, and sent again as one, whatever came since', async () => {
  const { storage } = await openStore();
  const whose = { teamId: TEAM, personId: 'U_MARIA' };
  await askAbout(storage, { ...whose, channelIds: ['C1', 'C2'] });
  const held = await taken(storage, isNotice, 'stopped', NOW);
  await askAbout(storage, { ...whose, channelIds: ['C3'] });
  const looked = await taken(storage, isNotice, 'me', NOW + LEASE);
  expect(looked).toMatchObject({
    work: 'look',
    partId: held.partId,
    notice: held.notice,
    others: held.others,
  });
  await storage.outbox.settle(held, 'stopped', { state: 'sent' });
  await storage.outbox.settle(looked, 'me', { state: 'pending', dueAt: NOW + LEASE });
  const again = await taken(storage, isNotice, 'me', NOW + LEASE + 1001);
  expect(again).toMatchObject({
    work: 'send',
    partId: held.partId,
    notice: held.notice,
    others: held.others,
  });
  await storage.outbox.settle(again, 'me', { state: 'sent', channelId: 'D1', ts: '17.1' });
  const last = await taken(storage, isNotice, 'me', NOW + LEASE + 2002);
  expect(last.others).toEqual([]);
  expect(last.partId).not.toBe(held.partId);
});

test('what one process said in one message before it was killed is not said again by the next', async () => {
  const bot = await botOnAStore();
  const { storage, workspace, clock, app } = bot;
  const channelIds = ['payments-ops', 'elsewhere'].map((name) => workspace.channel(name).id);
  const { teamId } = app.identity;
  await askAbout(storage, { teamId, personId: workspace.person('maria').id, channelIds }, clock.now());
  await bot.step({ dies: 'after' });
  await bot.drain();
  const asked = dmsOf(bot, 'maria').filter((words) => words.includes('Is it there?'));
  expect(asked).toHaveLength(1);
  for (const name of ['NM-1', 'NM-2']) expect(asked[0]).toContain(`whether the card of ${name} was posted`);
});

/** Maria is asked about two of her cards, in one message. */
async function askedAboutTwo(bot: BotOnTheWire): Promise<Message> {
  await bot.stop();
  const { workspace } = bot;
  const storage = openStorage(bot.config.databasePath, randomUUID);
  const channelIds = ['payments-ops', 'finance-leads'].map((name) => workspace.channel(name).id);
  const whose = { teamId: workspace.state.team.id, personId: workspace.person('maria').id };
  await askAbout(storage, { ...whose, channelIds }, bot.now());
  await storage.close();
  await bot.restart();
  return dmOf(bot, 'maria', 'Is it there?');
}

/** The buttons under one part of a message. */
function buttonsAt(message: Message, part: number): string {
  const blocks = message.blocks?.filter(({ type }) => type === 'actions');
  return blocks?.[part]?.block_id ?? '';
}

test('a press in a message that says two things answers its own, and leaves the other to be pressed', async () => {
  const bot = await botOnTheWire();
  const asked = await askedAboutTwo(bot);
  const maria = bot.workspace.person('maria');
  const shown = () =>
    dmsOf(bot, 'maria').filter((words) => words.includes('Is it there?') || words.includes('Thank you. It'));
  expect(said(asked)).toMatch(/NM-1[^]*Is it there\?[^]*NM-2[^]*Is it there\?/);
  const [first, second] = [buttonsAt(asked, 0), buttonsAt(asked, 1)];
  await maria.press(placeOf(asked), { block_id: second, action_id: 'it_is_there' });
  const answered = await dmOf(bot, 'maria', 'Thank you. It is left as it is');
  expect(answered.ts).toBe(asked.ts);
  expect(said(answered)).toMatch(
    /NM-1 was posted[^]*Is it there\?[^]*\nPost it again\nIt is there\nThank you. It is left as it is/,
  );
  expect(said(answered)).not.toContain('NM-2 was posted');
  expect(rows(bot, "select state from outbox where kind = 'card' order by seq")).toEqual([
    { state: 'asked' },
    { state: 'believed' },
  ]);
  await maria.press(placeOf(asked), { block_id: first, action_id: 'post_again' });
  const both = await dmOf(bot, 'maria', 'Thank you. It will be posted again.');
  expect(both.ts).toBe(asked.ts);
  expect(said(both)).toMatch(/Thank you. It will be posted again.\nThank you. It is left as it is/);
  expect(shown()).toHaveLength(1);
  await bot.workspace.until(() => cards(bot).length === 1);
  expectNoComplaints(bot);
});
