import { describe, expect, it } from 'vitest';
import { firstDigestFrom } from '../../src/domain/digest/digest.ts';
import { DAY, type Desk, digestsIn, lookAt, openDesk, SLOT } from '../support/digest-desk.ts';
import {
  chooseStewards,
  digestIn,
  openScene,
  repliesTo,
  setUpDigest,
  tell,
} from '../support/digest-scene.ts';
import { expectNoComplaints, modalOf, said, wordsOf } from '../support/doing.ts';

const wordsIn = (desk: Desk) => JSON.stringify(digestsIn(desk).map(({ replies }) => replies));

describe('the first digest', () => {
  it('goes back seven days of its zone, and further to when it was set up if it comes late', () => {
    const setUpAt = Date.UTC(2025, 9, 19, 12);
    const onTime = Date.UTC(2025, 9, 20, 13, 30);
    const zone = 'America/New_York';
    expect(firstDigestFrom(onTime, { zone, setUpAt })).toBe(Date.UTC(2025, 9, 13, 4));
    expect(firstDigestFrom(onTime + 14 * DAY, { zone, setUpAt })).toBe(Date.UTC(2025, 9, 19));
  });

  it('that comes two weeks late tells what was shared since it was set up', async () => {
    const desk = await openDesk();
    await desk.share('Shared on the day it was set up');
    await desk.share('Shared quietly on that day', {}, { tier: 'confidential' });
    desk.clock.advance(10 * DAY);
    await desk.share('Shared later');
    await lookAt(desk, SLOT + 14 * DAY);
    expect(digestsIn(desk)).toHaveLength(1);
    expect(wordsIn(desk)).toMatch(/on the day it was set up/);
    expect(wordsIn(desk)).toMatch(/quietly on that day/);
    expect(wordsIn(desk)).toMatch(/Shared later/);
  });

  it('that comes late leaves out what is older than that, for good', async () => {
    const desk = await openDesk();
    const { teamId } = desk.app.identity;
    desk.clock.advance(-8 * DAY);
    await desk.share('Shared the week before');
    desk.clock.advance(8 * DAY);
    expect(await desk.storage.digests.next(teamId, SLOT)).toEqual([]);
    await desk.share('Shared since');
    await lookAt(desk, SLOT);
    await lookAt(desk, SLOT + 7 * DAY);
    expect(digestsIn(desk)).toHaveLength(1);
    expect(wordsIn(desk)).toMatch(/Shared since/);
    expect(wordsIn(desk)).not.toMatch(/the week before/);
  });
});

it('digest now counts only what the first digest will tell', async () => {
  const office = await openScene();
  await tell(office, 'maria', 'long ago');
  await office.goTo(office.now() + 9 * DAY);
  await tell(office, 'maria', 'the wrong rate, seen in time');
  await chooseStewards(office, 'jon', ['jon', 'amira']);
  await setUpDigest(office, 'jon');
  const jon = office.workspace.person('jon');
  await jon.command('payments-ops', '/nearmiss digest now');
  const asked = await modalOf(office, 'jon', 'Publish the digest now?', 'posted in');
  expect(wordsOf(asked)).toContain('One story');
  await jon.submit();
  const replies = await repliesTo(office, await digestIn(office), 1);
  expect(replies.map(said).join()).toContain('the wrong rate');
  expectNoComplaints(office);
});

it('goes back to when it was first set up, also where its day was changed since', async () => {
  const office = await openScene();
  await chooseStewards(office, 'jon', ['jon']);
  await setUpDigest(office, 'jon');
  await tell(office, 'maria', 'shared on the first day');
  await office.goTo(office.now() + 4 * DAY);
  await setUpDigest(office, 'jon', { weekday: '5' });
  await office.goTo(office.now() + 14 * DAY);
  expect((await repliesTo(office, await digestIn(office), 1)).map(said).join()).toContain('on the first day');
  expectNoComplaints(office);
});
