import { describe, expect, it } from 'vitest';
import { openDigestOf, titles } from '../support/desk-steps.ts';
import { lookAt as at, DAY, type Desk, digestsIn, HOUR, openDesk, SLOT } from '../support/digest-desk.ts';
import { said } from '../support/doing.ts';

async function hold(desk: Desk, until: number): Promise<void> {
  const { id, teamId } = await openDigestOf(desk);
  const by = desk.workspace.person('amira').id;
  expect(await desk.storage.digests.hold({ teamId, id, by, until, now: desk.clock.now() })).toBe(true);
}

describe('with previews on', () => {
  it('held, it waits until then, and the next week has its own', async () => {
    const desk = await openDesk({ digest: { previewMinutes: 60 } });
    await desk.share('Held');
    await at(desk, SLOT - HOUR);
    await hold(desk, SLOT + 9 * DAY);
    await at(desk, SLOT);
    await at(desk, SLOT + DAY);
    expect(titles(desk)).toEqual([]);
    await desk.share('Of the next week');
    await at(desk, SLOT + 7 * DAY - HOUR);
    await at(desk, SLOT + 7 * DAY);
    expect(digestsIn(desk).map(({ replies }) => replies.map(said).join())).toEqual([
      expect.stringContaining('Of the next week'),
    ]);
    await at(desk, SLOT + 9 * DAY);
    expect(digestsIn(desk)).toHaveLength(2);
    expect(digestsIn(desk)[1]?.replies.map(said).join()).toContain('Held');
  });

  it('held until the next comes too, both are posted, the older first', async () => {
    const desk = await openDesk({ digest: { previewMinutes: 60 } });
    await desk.share('Held');
    await at(desk, SLOT - HOUR);
    await hold(desk, SLOT + 7 * DAY);
    await desk.share('Of the next week');
    await at(desk, SLOT + 7 * DAY - HOUR);
    await at(desk, SLOT + 7 * DAY);
    expect(titles(desk)).toEqual(['12 to 18 October: 1 story', '19 to 25 October: 1 story']);
  });

  it.each([
    ['at its time', 0, []],
    ['a week on, when the next one would take it over', 7 * DAY, ['19 to 25 October: 1 story']],
  ])('held while Slack is asked whether it can be posted, %s: it waits', async (_when, later, posted) => {
    const desk = await openDesk({ digest: { previewMinutes: 60 } });
    await desk.share('Held at the last moment');
    await at(desk, SLOT - HOUR);
    if (later > 0) await desk.share('Of the next week');
    desk.clock.advance(SLOT + later - desk.clock.now());
    const asked = desk.workspace.faults.on('conversations.info', { kind: 'hold', when: 'after' });
    const tending = desk.tend();
    await asked.struck;
    await hold(desk, SLOT + later + 2 * DAY);
    asked.release();
    await tending;
    await desk.drain();
    expect(titles(desk)).toEqual(posted);
    expect((await openDigestOf(desk)).state).toBe('held');
  });

  it('narrowed while it was held and widened later, a story comes in a later digest, once', async () => {
    const desk = await openDesk({ digest: { previewMinutes: 60 } });
    await desk.share('Stays');
    const id = await desk.share('Comes later');
    await at(desk, SLOT - HOUR);
    await desk.change(id, { audience: 'channel' });
    await at(desk, SLOT);
    await desk.change(id, { audience: 'everyone' });
    await at(desk, SLOT + 7 * DAY - HOUR);
    await at(desk, SLOT + 7 * DAY);
    expect(digestsIn(desk).map(({ replies }) => replies.map(said).join().includes('Comes later'))).toEqual([
      false,
      true,
    ]);
  });
});
