import { describe, expect, it } from 'vitest';
import { change, dmsOf, MINUTE, openDigestOf, teamOf, titles } from '../support/desk-steps.ts';
import { lookAt as at, DAY, type Desk, digestsIn, HOUR, openDesk, SLOT } from '../support/digest-desk.ts';

describe('a channel that takes nothing', () => {
  it.each([
    [
      'archived',
      (desk: Desk, no: boolean) => void Object.assign(desk.workspace.channel('learning'), { isArchived: no }),
    ],
    [
      'without the app',
      (desk: Desk, no: boolean) =>
        no
          ? desk.workspace.person('jon').removeApp('learning')
          : desk.workspace.person('jon').inviteApp('learning'),
    ],
    [
      'shared with another organisation since it was chosen',
      (desk: Desk, no: boolean) =>
        void Object.assign(desk.workspace.channel('learning'), { isExtShared: no }),
    ],
  ])(
    '%s: nothing is frozen, stewards are told once, and it is posted as soon as it can be',
    async (_why, refuse) => {
      const desk = await openDesk({ stewards: ['amira', 'jon'], decline: ['chat:write.public'] });
      await desk.share('One');
      refuse(desk, true);
      for (let minutes = 0; minutes < 5; minutes += 1) await at(desk, SLOT + minutes * MINUTE);
      expect(await desk.storage.digests.last(teamOf(desk))).toBeUndefined();
      for (const who of ['amira', 'jon']) {
        expect(dmsOf(desk, who)).toEqual([
          expect.stringContaining('The digest could not be posted in #learning'),
        ]);
      }
      await desk.share('While it could not be posted');
      refuse(desk, false);
      await at(desk, SLOT + HOUR);
      expect(titles(desk)).toEqual(['12 to 19 October: 2 stories']);
      refuse(desk, true);
      await at(desk, SLOT + 7 * DAY);
      expect(dmsOf(desk, 'jon'), 'it began anew').toHaveLength(2);
    },
  );

  it('shared with another organisation when it was chosen, which was said then: it is posted', async () => {
    const desk = await openDesk({ digest: { sharedOutside: true } });
    Object.assign(desk.workspace.channel('learning'), { isExtShared: true });
    await desk.share('One');
    await at(desk, SLOT);
    expect(titles(desk)).toHaveLength(1);
    expect(dmsOf(desk, 'amira')).toEqual([]);
  });

  it('another channel is chosen while a preview waits: it goes there', async () => {
    const desk = await openDesk({ digest: { previewMinutes: 60 }, decline: ['chat:write.public'] });
    await desk.share('One');
    await at(desk, SLOT - HOUR);
    desk.workspace.person('jon').removeApp('learning');
    await at(desk, SLOT);
    expect((await openDigestOf(desk)).state).toBe('preview');
    await change(desk, { channelId: desk.workspace.channel('elsewhere').id, channelName: 'elsewhere' });
    await at(desk, SLOT + MINUTE);
    expect(titles(desk)).toEqual([]);
    expect(titles(desk, 'elsewhere')).toEqual(['12 to 18 October: 1 story']);
    expect(digestsIn(desk, 'elsewhere')[0]?.replies).toHaveLength(1);
  });

  it('Slack says nothing: nobody is told anything, and it is asked again', async () => {
    const desk = await openDesk();
    await desk.share('One');
    const silent = desk.workspace.faults.on(
      'conversations.info',
      { kind: 'http', status: 503 },
      { times: Number.POSITIVE_INFINITY },
    );
    await at(desk, SLOT);
    expect(titles(desk)).toEqual([]);
    expect(dmsOf(desk, 'amira')).toEqual([]);
    silent.remove();
    await at(desk, SLOT + MINUTE);
    expect(titles(desk)).toHaveLength(1);
  });
});

it('tried again after another channel was chosen, a digest that stands nowhere yet goes there', async () => {
  const desk = await openDesk();
  await desk.share('One');
  desk.workspace.faults.on(
    'chat.postMessage',
    { kind: 'error', error: 'restricted_action' },
    { matching: ({ channel }) => channel === desk.workspace.channel('learning').id },
  );
  await at(desk, SLOT);
  const { id: channelId, name: channelName } = desk.workspace.channel('elsewhere');
  await change(desk, { channelId, channelName });
  const [letter] = await desk.storage.outbox.undelivered(teamOf(desk));
  const answered = { teamId: teamOf(desk), seq: letter?.seq ?? 0, now: desk.clock.now() };
  await desk.storage.outbox.answerUndelivered({ ...answered, answer: 'try_again' });
  await desk.drain();
  expect(titles(desk)).toEqual([]);
  expect(digestsIn(desk, 'elsewhere').map(({ replies }) => replies.length)).toEqual([1]);
});
