import { describe, expect, it } from 'vitest';
import { change, dmsOf, MINUTE, openDigestOf, preview, publishNow, titles } from '../support/desk-steps.ts';
import { lookAt as at, DAY, type Desk, digestsIn, HOUR, openDesk, SLOT } from '../support/digest-desk.ts';
import { said } from '../support/doing.ts';

const told = (desk: Desk) => digestsIn(desk).map(({ replies }) => replies.map(said).join());

describe('a preview that was asked for before it was due', () => {
  it('published by hand before its preview was due, it leaves its slot to what is shared until then', async () => {
    const desk = await openDesk({ digest: { previewMinutes: 60 } });
    await desk.share('Early');
    await preview(desk);
    await publishNow(desk);
    await desk.share('Of this week all the same');
    await at(desk, SLOT - HOUR);
    await at(desk, SLOT);
    expect(titles(desk)).toHaveLength(2);
    expect(digestsIn(desk)[1]?.replies.map(said).join()).toContain('Of this week all the same');
  });

  it('asked for early, held and published all the same before it was due, it leaves its slot too', async () => {
    const desk = await openDesk({ digest: { previewMinutes: 60 } });
    await desk.share('Early');
    await preview(desk);
    const { id, teamId } = await openDigestOf(desk);
    const by = desk.workspace.person('amira').id;
    await desk.storage.digests.hold({ teamId, id, by, until: SLOT + 3 * DAY, now: desk.clock.now() });
    await publishNow(desk);
    await desk.share('Of this week all the same');
    await at(desk, SLOT - HOUR);
    await at(desk, SLOT);
    expect(digestsIn(desk)[1]?.replies.map(said).join()).toContain('Of this week all the same');
  });

  it('asked for early and emptied since, it leaves its slot to what was shared later', async () => {
    const desk = await openDesk();
    const id = await desk.share('Taken back');
    await preview(desk);
    await desk.withdraw(id);
    await desk.share('Of this week all the same');
    await at(desk, SLOT);
    await at(desk, SLOT + MINUTE);
    expect(titles(desk)).toHaveLength(1);
    expect(digestsIn(desk)[0]?.replies.map(said).join()).toContain('Of this week all the same');
    expect(dmsOf(desk, 'amira')).toEqual([]);
  });

  it('and emptied since leaves it too where one from the archive is chosen for quiet weeks', async () => {
    const desk = await openDesk({ digest: { quietWeek: 'archive' } });
    await desk.share('Old story');
    await at(desk, SLOT);
    const id = await desk.share('Taken back');
    await preview(desk);
    await desk.withdraw(id);
    await desk.share('Of this week all the same');
    await at(desk, SLOT + 7 * DAY);
    await at(desk, SLOT + 7 * DAY + MINUTE);
    expect(told(desk)[1]).toContain('Of this week all the same');
  });

  it('in the week after one that went out by hand leaves its own slot', async () => {
    const desk = await openDesk({ digest: { previewMinutes: 240 } });
    await desk.share('One');
    await at(desk, SLOT - 240 * MINUTE);
    await publishNow(desk);
    await desk.share('Two');
    await preview(desk);
    await publishNow(desk);
    await desk.share('Of the week after');
    await at(desk, SLOT + 7 * DAY - 240 * MINUTE);
    await at(desk, SLOT + 7 * DAY);
    expect(told(desk)[2]).toContain('Of the week after');
  });
});

describe('a preview that came when it was due', () => {
  it('published by hand after its preview was due, it is the digest of its week', async () => {
    const desk = await openDesk({ digest: { previewMinutes: 240 } });
    await desk.share('In the preview');
    await at(desk, SLOT - 240 * MINUTE);
    await at(desk, SLOT - HOUR);
    await publishNow(desk);
    await desk.share('After it');
    await at(desk, SLOT);
    expect(titles(desk)).toHaveLength(1);
    await at(desk, SLOT + 7 * DAY);
    expect(titles(desk)).toHaveLength(2);
  });

  it('is the digest of its week although another day was chosen since', async () => {
    const desk = await openDesk({ digest: { previewMinutes: 240 } });
    await desk.share('One');
    await at(desk, SLOT - 240 * MINUTE);
    await change(desk, { weekday: 5, since: SLOT - 200 * MINUTE });
    await at(desk, SLOT);
    await desk.share('Two');
    await at(desk, SLOT + 4 * DAY - 240 * MINUTE);
    await at(desk, SLOT + 4 * DAY);
    expect(titles(desk)).toHaveLength(1);
  });

  it('is so although previews were switched off since', async () => {
    const desk = await openDesk({ digest: { previewMinutes: 240 } });
    await desk.share('One');
    await at(desk, SLOT - 240 * MINUTE);
    await change(desk, { previewMinutes: undefined });
    await publishNow(desk);
    await desk.share('Two');
    await at(desk, SLOT);
    expect(titles(desk)).toHaveLength(1);
  });
});
