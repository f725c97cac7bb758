import { expect, it } from 'vitest';
import { teamOf } from '../support/desk-steps.ts';
import { lookAt as at, DAY, type Desk, digestsIn, openDesk, SLOT } from '../support/digest-desk.ts';
import { said } from '../support/doing.ts';

/** Jon's team borrows what a story tells. */
async function borrow(desk: Desk, nearMissId: string): Promise<void> {
  const personId = desk.workspace.person('jon').id;
  const adoption = { nearMissId, personId, team: 'Support', sentence: 'Open ten by hand' };
  await desk.storage.presses.adopt({ teamId: teamOf(desk), ...adoption, now: desk.clock.now() });
}

it('what was borrowed is told in the next digest and in no other', async () => {
  const desk = await openDesk();
  const nearMissId = await desk.share('One');
  await at(desk, SLOT);
  await borrow(desk, nearMissId);
  for (const weeks of [1, 2]) {
    await desk.share(`After ${weeks}`);
    await at(desk, SLOT + weeks * 7 * DAY);
  }
  const tells = ({ replies }: ReturnType<typeof digestsIn>[number]) =>
    replies.filter((reply) => said(reply).includes('Support now uses: Open ten by hand. From NM-1.')).length;
  expect(digestsIn(desk).map(tells)).toEqual([0, 1, 0]);
});

it('what was borrowed is told later where a steward let the digest go that was to tell it', async () => {
  const desk = await openDesk();
  const nearMissId = await desk.share('One');
  await at(desk, SLOT);
  await borrow(desk, nearMissId);
  await desk.share('Two');
  desk.workspace.faults.on(
    'chat.postMessage',
    { kind: 'error', error: 'restricted_action' },
    { matching: ({ channel }) => channel === desk.settings.channelId },
  );
  await at(desk, SLOT + 7 * DAY);
  const [letter] = await desk.storage.outbox.undelivered(teamOf(desk));
  const answered = { teamId: teamOf(desk), seq: letter?.seq ?? 0, now: desk.clock.now() };
  await desk.storage.outbox.answerUndelivered({ ...answered, answer: 'let_go' });
  await at(desk, SLOT + 14 * DAY);
  const [, next, ...others] = digestsIn(desk).map(({ replies }) => replies.map(said).join());
  expect(next).toContain('Two');
  expect(next).toContain('Support now uses: Open ten by hand. From NM-1.');
  expect(others).toEqual([]);
});

it('what was borrowed from a story goes with it, where it was told', async () => {
  const desk = await openDesk();
  const nearMissId = await desk.share('One');
  await at(desk, SLOT);
  await borrow(desk, nearMissId);
  await desk.share('Two');
  await at(desk, SLOT + 7 * DAY);
  const told = () => digestsIn(desk)[1]?.replies.map(said).join();
  expect(told()).toContain('Open ten by hand');
  await desk.withdraw(nearMissId);
  await desk.drain();
  expect(told()).not.toContain('Open ten by hand');
  expect(told()).toContain('What was borrowed is no longer shown here.');
});
