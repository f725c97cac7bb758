import { expect, it } from 'vitest';
import { teamOf, titles } from '../support/desk-steps.ts';
import { lookAt as at, DAY, digestsIn, HOUR, openDesk, SLOT } from '../support/digest-desk.ts';
import { said } from '../support/doing.ts';

it('a name that is taken back on the day of the digest takes no story out of its count', async () => {
  const desk = await openDesk();
  const id = await desk.share('One');
  desk.clock.advance(21 * HOUR);
  const late = await desk.share('On the day itself');
  await at(desk, SLOT);
  for (const each of [id, late]) await desk.change(each, { tier: 'confidential' });
  await desk.drain();
  expect(titles(desk)[0]).toContain('2 stories');
});

it('withdrawn, a story goes from where it stands from the archive, too', async () => {
  const desk = await openDesk({ digest: { quietWeek: 'archive' } });
  const id = await desk.share('One');
  await at(desk, SLOT);
  await at(desk, SLOT + 7 * DAY);
  const fromArchive = () => said(digestsIn(desk)[1]?.parent ?? { text: '' });
  expect(fromArchive()).toContain('One');
  await desk.withdraw(id);
  await desk.drain();
  expect(fromArchive()).toContain('NM-1 was withdrawn. Its words have been removed.');
});

it('withdrawn while nobody knew where it stood, a story is blanked once it is found', async () => {
  const desk = await openDesk();
  await desk.share('Stays');
  const id = await desk.share('Taken back');
  const { faults } = desk.workspace;
  faults.on(
    'chat.postMessage',
    { kind: 'drop', when: 'after' },
    { matching: (args) => args.thread_ts !== undefined && JSON.stringify(args).includes('Taken back') },
  );
  const blind = faults.on(
    'conversations.replies',
    { kind: 'error', error: 'missing_scope' },
    { times: Number.POSITIVE_INFINITY },
  );
  await at(desk, SLOT);
  const [letter] = await desk.storage.outbox.undelivered(teamOf(desk));
  expect(letter?.state).toBe('asked');
  await desk.withdraw(id);
  await desk.drain();
  blind.remove();
  const answered = { teamId: teamOf(desk), seq: letter?.seq ?? 0, now: desk.clock.now() };
  await desk.storage.outbox.answerUndelivered({ ...answered, answer: 'let_go' });
  await desk.drain();
  expect(JSON.stringify(digestsIn(desk))).not.toContain('Taken back');
  expect(digestsIn(desk)[0]?.replies.map(said).join()).toContain('NM-2 was withdrawn.');
});
