import { expect, test } from 'vitest';
import type { Channel } from '../sandbox/state.ts';
import { change, dmsOf, teamOf, titles } from './desk-steps.ts';
import { type Desk, digestsIn, lookAt, openDesk, SLOT } from './digest-desk.ts';
import { wordsOf } from './doing.ts';

/*
 * The channel was looked at when the digest was put on its way; its messages go one after another, and some wait.
 */

const becomes = ({ workspace }: Desk, facts: Partial<Channel>) =>
  void Object.assign(workspace.channel('learning'), facts);

/** Two stories are on their way to #learning, and Slack takes so many messages before it says "later". */
async function takenUpTo(count: number, digest: Parameters<typeof openDesk>[0] = {}): Promise<Desk> {
  const desk = await openDesk(digest);
  await desk.share('One');
  await desk.share('Two');
  const { id } = desk.workspace.channel('learning');
  const limited = desk.workspace.faults.on(
    'chat.postMessage',
    { kind: 'rate_limit', retryAfter: 30 },
    { nth: count + 1, matching: ({ channel }) => channel === id },
  );
  desk.clock.advance(SLOT - desk.clock.now());
  await desk.tend();
  while (limited.hits === 0) {
    if (!(await desk.step())) desk.clock.advance(1000);
  }
  return desk;
}

const letters = async (desk: Desk) =>
  (await desk.storage.outbox.deadLetters(teamOf(desk))).map(({ about, why }) => [about, why]);

test.each([
  [{ isExtShared: true }, 'shared_outside', 'it is shared with another organisation'],
  [{ isPendingExtShared: true }, 'outside_soon', 'it is about to be shared with another organisation'],
] as const)(
  'while its parent waits it is not posted (%o); stewards hear, and it is once the channel is chosen anew',
  async (shared, why, words) => {
    const desk = await takenUpTo(0);
    becomes(desk, shared);
    await desk.drain();
    expect(titles(desk)).toEqual([]);
    expect(await letters(desk)).toEqual([['parent', why]]);
    expect(dmsOf(desk, 'amira').join('\n')).toContain('The digest could not be posted in #learning.');
    expect(wordsOf(desk.workspace.person('amira').home())).toContain(
      `The digest could not be posted: ${words}.`,
    );
    await change(desk, { sharedOutside: true });
    const [letter] = await desk.storage.outbox.deadLetters(teamOf(desk));
    const answered = { teamId: teamOf(desk), seq: letter?.seq ?? 0, now: desk.clock.now() };
    await desk.storage.outbox.answerLetter({ ...answered, answer: 'try_again' });
    await desk.drain();
    expect(digestsIn(desk).map(({ replies }) => replies.length)).toEqual([2]);
    expect(await letters(desk)).toEqual([]);
  },
);

test('while a story waits it is not posted', async () => {
  const desk = await takenUpTo(2);
  becomes(desk, { isExtShared: true });
  await desk.drain();
  expect(digestsIn(desk).map(({ replies }) => replies.length)).toEqual([1]);
  expect(await letters(desk)).toEqual([['part', 'shared_outside']]);
});

test('in a channel that was shared when it was chosen, which was said then, it goes on', async () => {
  const desk = await takenUpTo(1, { digest: { sharedOutside: true } });
  becomes(desk, { isExtShared: true });
  await desk.drain();
  expect(digestsIn(desk).map(({ replies }) => replies.length)).toEqual([2]);
});

test('while Slack does not say, it waits', async () => {
  const desk = await takenUpTo(1);
  const silent = desk.workspace.faults.on(
    'conversations.info',
    { kind: 'http', status: 503 },
    { times: Number.POSITIVE_INFINITY },
  );
  desk.clock.advance(60_000);
  while (await desk.step());
  expect(digestsIn(desk).map(({ replies }) => replies.length)).toEqual([0]);
  silent.remove();
  await lookAt(desk, desk.clock.now() + 60_000);
  expect(digestsIn(desk).map(({ replies }) => replies.length)).toEqual([2]);
  expect(await letters(desk)).toEqual([]);
});

test('that the app is not in by then, it says so', async () => {
  const desk = await takenUpTo(1);
  becomes(desk, { kind: 'private' });
  desk.workspace.person('jon').removeApp('learning');
  await desk.drain();
  expect(await letters(desk)).toEqual([
    ['part', 'channel_not_found'],
    ['part', 'channel_not_found'],
  ]);
});
