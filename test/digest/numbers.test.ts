import { expect, test } from 'vitest';
import { DAY, type Desk, digestsIn, HOUR, openDesk, SUNDAY } from '../support/digest-desk.ts';
import { said } from '../support/doing.ts';

const MONDAY = SUNDAY + 21.5 * HOUR;

async function goTo(desk: Desk, at: number): Promise<void> {
  desk.clock.advance(at - desk.clock.now());
  await desk.tend();
  await desk.drain();
}

const numberOf = async ({ storage, app }: Desk, id: string) =>
  (await storage.nearMisses.byId(app.identity.teamId, id))?.number;

const repliesOf = (desk: Desk, at: number) => digestsIn(desk)[at]?.replies.map(({ text }) => text);

test('told with a name and then under Nobody: it is told without one, and numbered with those of the next digest', async () => {
  const desk = await openDesk();
  const alpha = await desk.share('Alpha words');
  await desk.share('Beta words', { answers: { practice: 'Do beta' } });
  await goTo(desk, MONDAY);
  await desk.change(alpha, { tier: 'unattributed' });
  await desk.drain();
  expect(await numberOf(desk, alpha)).toBeUndefined();
  expect(repliesOf(desk, 0)).toEqual(['NM-2: Beta words', 'A near-miss: Alpha words']);
  await desk.share('Gamma words', {}, { tier: 'unattributed' });
  await goTo(desk, MONDAY + 7 * DAY);
  // The last to come is the first to be numbered: the desk shuffles by turning around.
  expect(repliesOf(desk, 1)).toEqual(['NM-4: Gamma words']);
  expect(await numberOf(desk, alpha)).toBe(3);
  expect(repliesOf(desk, 0)).toEqual(['NM-2: Beta words', 'NM-3: Alpha words']);
});

test('a line of the parent about one that has no number just now has no empty brackets', async () => {
  const desk = await openDesk();
  const alpha = await desk.share('Alpha words');
  await goTo(desk, MONDAY);
  await desk.change(alpha, { tier: 'unattributed' });
  await desk.drain();
  const [digest] = digestsIn(desk);
  expect(digest && said(digest.parent)).toContain('Alpha words');
  expect(digest && said(digest.parent)).not.toContain('(');
});

test('one under Nobody that is older than the first digest goes back is numbered when that one comes', async () => {
  const desk = await openDesk({ startsAt: SUNDAY - 21 * DAY });
  const old = await desk.share('From long ago', {}, { tier: 'unattributed' });
  const digest = { ...desk.settings, since: SUNDAY, setUpAt: SUNDAY };
  desk.clock.advance(SUNDAY - desk.clock.now());
  await desk.storage.workspaces.change(desk.app.identity.teamId, { digest });
  await desk.share('Of this week', {}, { tier: 'unattributed' });
  await goTo(desk, MONDAY);
  expect(repliesOf(desk, 0)).toEqual(['NM-2: Of this week']);
  expect(await numberOf(desk, old)).toBe(1);
  await goTo(desk, MONDAY + 7 * DAY);
  expect(await numberOf(desk, old)).toBe(1);
});

test('of one that came today nothing is numbered, whatever it was in', async () => {
  const desk = await openDesk();
  desk.clock.advance(MONDAY - HOUR - desk.clock.now());
  const alpha = await desk.share('Alpha words');
  await goTo(desk, MONDAY);
  await desk.change(alpha, { tier: 'unattributed' });
  const again = { ...desk.settings, minutes: desk.settings.minutes + 60 };
  await desk.storage.workspaces.change(desk.app.identity.teamId, { digest: again });
  await goTo(desk, MONDAY + 2 * HOUR);
  expect(await numberOf(desk, alpha)).toBeUndefined();
  await goTo(desk, MONDAY + 8 * DAY);
  expect(await numberOf(desk, alpha)).toBe(2);
});

test('one that becomes Nobody’s while stewards look at it is told under its number', async () => {
  const desk = await openDesk({ digest: { previewMinutes: 60 } });
  const alpha = await desk.share('Alpha words');
  await goTo(desk, MONDAY - HOUR);
  await desk.change(alpha, { tier: 'unattributed' });
  await goTo(desk, MONDAY);
  expect(await numberOf(desk, alpha)).toBe(2);
  expect(repliesOf(desk, 0)).toEqual(['NM-2: Alpha words']);
});
