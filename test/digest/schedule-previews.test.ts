import { describe, expect, it } from 'vitest';
import { dmsOf, MINUTE, openDigestOf, publishNow, titles } from '../support/desk-steps.ts';
import { lookAt as at, DAY, digestsIn, HOUR, openDesk, SLOT } from '../support/digest-desk.ts';
import { said } from '../support/doing.ts';

describe('with previews on', () => {
  it('the period closes when the preview is sent, and nobody has to do anything', async () => {
    const desk = await openDesk({ digest: { previewMinutes: 240 } });
    await desk.share('Before the preview');
    await at(desk, SLOT - 240 * MINUTE);
    expect(dmsOf(desk, 'amira').join()).toContain('Before the preview');
    await desk.share('After the preview');
    await at(desk, SLOT - MINUTE);
    expect(titles(desk)).toEqual([]);
    await at(desk, SLOT);
    const [digest] = digestsIn(desk);
    expect(digest?.replies.map(said).join()).toContain('Before the preview');
    expect(digest?.replies.map(said).join()).not.toContain('After the preview');
    expect(dmsOf(desk, 'amira'), 'previews are removed after publishing').toEqual([]);
    await at(desk, SLOT + 7 * DAY);
    expect(digestsIn(desk)[1]?.replies.map(said).join()).toContain('After the preview');
  });

  it('what is withdrawn meanwhile is gone from the preview and from the digest, and its words are kept nowhere', async () => {
    const desk = await openDesk({ digest: { previewMinutes: 240 } });
    await desk.share('Stays');
    const id = await desk.share('Goes', { answers: { practice: 'Goes as well' } });
    await at(desk, SLOT - 240 * MINUTE);
    expect(dmsOf(desk, 'amira').join()).toContain('Goes');
    await desk.withdraw(id);
    await desk.drain();
    expect(dmsOf(desk, 'amira').join()).not.toContain('Goes');
    const { teamId, id: digestId } = await openDigestOf(desk);
    const kept = (await desk.storage.digests.parts(teamId, digestId)).map((part) => JSON.stringify(part));
    expect(kept.join()).not.toContain('Goes');
    await at(desk, SLOT);
    expect(titles(desk)).toEqual(['12 to 18 October: 1 story']);
  });

  it('asked for again while it is on its way, it stands there once', async () => {
    const desk = await openDesk({ digest: { previewMinutes: 60 } });
    await desk.share('One');
    desk.clock.advance(SLOT - HOUR - desk.clock.now());
    await desk.tend();
    const { id, teamId } = await openDigestOf(desk);
    const stewards = [desk.workspace.person('amira').id];
    await desk.storage.digests.showPreviews({ teamId, id, stewards, now: desk.clock.now() });
    await desk.drain();
    expect(dmsOf(desk, 'amira').filter((words) => words.startsWith('Preview. What'))).toHaveLength(1);
    expect(dmsOf(desk, 'amira'), 'and its one story once').toHaveLength(2);
  });

  it('in a week with nothing to show, Slack is asked nothing', async () => {
    const desk = await openDesk({ digest: { previewMinutes: 240, quietWeek: 'archive' } });
    for (let minutes = 240; minutes > 0; minutes -= 60) await at(desk, SLOT - minutes * MINUTE);
    expect(desk.workspace.calls.filter(({ method }) => method === 'conversations.info')).toEqual([]);
  });

  it('when all of it was withdrawn before it is posted, one from the archive comes if that was chosen', async () => {
    const desk = await openDesk({ digest: { previewMinutes: 60, quietWeek: 'archive' } });
    await desk.share('Of the first week');
    await at(desk, SLOT - HOUR);
    await at(desk, SLOT);
    const id = await desk.share('Withdrawn in time');
    await at(desk, SLOT + 7 * DAY - HOUR);
    await desk.withdraw(id);
    await at(desk, SLOT + 7 * DAY);
    expect(titles(desk)).toEqual([
      '12 to 18 October: 1 story',
      expect.stringContaining('From the archive: NM-1'),
    ]);
  });

  it('published by hand and then taken back before it was sent, nothing of it stays with the stewards', async () => {
    const desk = await openDesk({ digest: { previewMinutes: 60 } });
    const id = await desk.share('One');
    await at(desk, SLOT - HOUR);
    expect(dmsOf(desk, 'amira').join()).toContain('One');
    await publishNow(desk);
    await desk.withdraw(id);
    await desk.drain();
    expect(titles(desk)).toEqual([]);
    expect(dmsOf(desk, 'amira')).toEqual([]);
  });
});
