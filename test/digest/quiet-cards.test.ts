import { describe, expect, it } from 'vitest';
import { MINUTE, teamOf, titles } from '../support/desk-steps.ts';
import { lookAt as at, DAY, digestsIn, HOUR, openDesk, SLOT, SUNDAY } from '../support/digest-desk.ts';
import { said } from '../support/doing.ts';

describe('those for one channel, without a name everybody sees', () => {
  it('get their card on their day although the channel of the digest takes nothing', async () => {
    const desk = await openDesk();
    await desk.share('For everyone');
    await desk.share('Only for us', {}, { tier: 'confidential', audience: 'channel' });
    Object.assign(desk.workspace.channel('learning'), { isArchived: true });
    await at(desk, SLOT);
    await at(desk, SLOT + MINUTE);
    const [card, ...others] = digestsIn(desk, 'payments-ops');
    expect(card && said(card.parent)).toContain('Only for us');
    expect(others).toEqual([]);
    Object.assign(desk.workspace.channel('learning'), { isArchived: false });
    await at(desk, SLOT + HOUR);
    expect(titles(desk)).toHaveLength(1);
    expect(digestsIn(desk, 'payments-ops')).toHaveLength(1);
  });

  it('keep their day with previews on, too', async () => {
    const desk = await openDesk({ digest: { previewMinutes: 60 } });
    await desk.share('For everyone');
    await desk.share('Only for us', {}, { tier: 'confidential', audience: 'channel' });
    await at(desk, SLOT - HOUR);
    Object.assign(desk.workspace.channel('learning'), { isArchived: true });
    await at(desk, SLOT);
    await at(desk, SLOT + MINUTE);
    expect(titles(desk)).toEqual([]);
    expect(digestsIn(desk, 'payments-ops').map(({ parent }) => said(parent))).toEqual([
      expect.stringContaining('Only for us'),
    ]);
  });

  it('get their card there when a digest is posted, and are never in one', async () => {
    const desk = await openDesk({ digest: { previewMinutes: 60 } });
    await desk.share('For everyone');
    await desk.share('Only for us', {}, { tier: 'confidential', audience: 'channel' });
    await at(desk, SLOT - HOUR);
    expect(digestsIn(desk, 'payments-ops')).toEqual([]);
    await at(desk, SLOT);
    expect(
      digestsIn(desk, 'payments-ops')
        .map(({ parent }) => said(parent))
        .join(),
    ).toContain('Only for us');
    expect(JSON.stringify(digestsIn(desk))).not.toContain('Only for us');
  });

  it('of the day itself get theirs with the next digest, so that the minute says nothing', async () => {
    const desk = await openDesk();
    const cards = () => digestsIn(desk, 'payments-ops').map(({ parent }) => said(parent));
    await desk.share('For everyone');
    desk.clock.advance(SLOT - HOUR - desk.clock.now());
    await desk.share('Only for us', {}, { tier: 'confidential', audience: 'channel' });
    await at(desk, SLOT);
    expect(titles(desk)).toHaveLength(1);
    expect(cards()).toEqual([]);
    await desk.share('Another for everyone');
    await at(desk, SLOT + 7 * DAY);
    expect(cards()).toEqual([expect.stringContaining('Only for us')]);
  });

  it('those older than the first digest goes back get none: people were told that nothing is posted', async () => {
    const desk = await openDesk({ startsAt: SUNDAY - 30 * DAY, digest: { setUpAt: SUNDAY } });
    const old = await desk.share('Only for us', {}, { tier: 'confidential', audience: 'channel' });
    // Whether or not the digest itself can be posted.
    Object.assign(desk.workspace.channel('learning'), { isArchived: true });
    await at(desk, SLOT);
    Object.assign(desk.workspace.channel('learning'), { isArchived: false });
    await at(desk, SLOT + HOUR);
    expect(digestsIn(desk, 'payments-ops')).toEqual([]);
    expect((await desk.storage.nearMisses.byId(teamOf(desk), old))?.waitsForDigest).toBeUndefined();
  });
});
