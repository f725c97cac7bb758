import SQLite from 'better-sqlite3';
import { expect, it, vi } from 'vitest';
import { botOnAStore, DAY, HOUR, SUNDAY } from '../support/bot-on-a-store.ts';
import { digestsIn } from '../support/digest.ts';

const SLOT = SUNDAY + 21.5 * HOUR;
/** These grow with what people share, press and adopt; nothing reads one of them from end to end. */
const GROWING =
  /^SCAN (near_misses|answers|saves|signals|key_players|digest_parts|outbox|presses|adoptions|wordings)\b(?!.* USING (COVERING )?INDEX (outbox_open|outbox_undelivered))/;

it('nothing a digest asks of the store reads a table that grows from end to end', async () => {
  const prepared = vi.spyOn(SQLite.prototype, 'prepare');
  const bot = await botOnAStore({ digest: { previewMinutes: 60, quietWeek: 'archive' } });
  const { teamId } = bot.app.identity;
  const { storage, clock } = bot;
  const stays = await bot.share('Stays', { answers: { practice: 'Do it' } });
  const goes = await bot.share('Goes');
  const leaves = await bot.share('Is left out');
  await bot.share('Only here', {}, { tier: 'confidential', audience: 'channel' });
  const look = async (at: number) => {
    clock.advance(at - clock.now());
    await bot.tend();
    await bot.drain();
  };
  await look(SLOT - HOUR);
  const open = await storage.digests.open(teamId);
  const by = bot.workspace.person('amira').id;
  const left = {
    teamId,
    id: open?.id ?? '',
    nearMissId: leaves,
    by,
    line: 'Too early',
    forGood: false,
    now: clock.now(),
  };
  expect(await storage.digests.leaveOut(left)).toBe(true);
  await storage.wordings.propose({
    teamId,
    digestId: open?.id ?? '',
    nearMissId: stays,
    by,
    wording: 'In other words',
    now: clock.now(),
  });
  const wording = 'In other words';
  await storage.wordings.answer({ teamId, nearMissId: stays, wording, agreed: true, now: clock.now() });
  await look(SLOT);
  const pressed = { teamId, nearMissId: stays, personId: by, now: clock.now() };
  await storage.presses.press({ ...pressed, press: 'learned' });
  await storage.presses.adopt({ ...pressed, team: 'Support', sentence: 'open ten by hand' });
  await bot.withdraw(goes);
  await storage.outbox.undelivered(teamId);
  await look(SLOT + 7 * DAY);
  await look(SLOT + 14 * DAY);
  expect(digestsIn(bot)).toHaveLength(3);

  const questions = new Set(
    prepared.mock.calls.map(([sql]) => sql.trim()).filter((sql) => /^(select|update|delete)/i.test(sql)),
  );
  expect(questions.size).toBeGreaterThan(50);
  const file = prepared.mock.contexts.at(-1) as SQLite.Database;
  prepared.mockRestore();
  const plans = [...questions].flatMap((sql) => {
    const blanks = Array.from({ length: sql.split('?').length - 1 }, () => null);
    const rows = file.prepare<unknown[], { detail: string }>(`explain query plan ${sql}`).all(...blanks);
    return rows.map(({ detail }) => ({ detail, sql }));
  });
  expect(plans.filter(({ detail }) => GROWING.test(detail))).toEqual([]);
  // Left to itself SQLite takes other indexes, which hold what can never be published as well.
  for (const index of [
    'near_misses_for_digest',
    'near_misses_for_card',
    'near_misses_by_digest',
    'outbox_undelivered',
  ])
    expect(plans.map(({ detail }) => detail).join('\n')).toMatch(new RegExp(`INDEX ${index} `));
  const untold = plans.filter(({ sql }) => sql.includes('adoptions') && sql.startsWith('select'));
  expect(untold.map(({ detail }) => detail).join()).toContain('adoptions_untold');
});
