import { expect, test } from 'vitest';
import type { Message } from '../../sandbox/state/state.ts';
import { expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { botWithDigest, digestIn, publishNow, repliesTo } from '../support/digest.ts';
import { wordsOf } from '../support/screen.ts';
import { tell } from '../support/story.ts';
import { CHANNELS, callsOf, PEOPLE } from '../support/workspace.ts';

const READERS = 300;
const AT_ONCE = 20;
const MINUTE = 60_000;

const readers = Array.from({ length: READERS }, (_, at) => `reader${at}`);
/** Each of them is in five. */
const rooms = Array.from({ length: 60 }, (_, room) => ({
  name: `room-${room}`,
  app: true,
  members: readers.filter((_reader, at) => (at + room) % 12 === 0),
}));

/** Something stands there, and not only that it will. */
const isDrawn = (view: object | undefined) => !['', 'One moment.'].includes(wordsOf(view ?? {}));

test('300 people in 60 channels press More within a minute, under the limits of Slack, and nobody is turned away', async () => {
  const channels = (CHANNELS ?? []).map((one) =>
    one.name === 'learning' ? { ...one, members: [...(one.members ?? []), ...readers] } : one,
  );
  const bot = await botWithDigest(
    { replies: '1' },
    {
      people: [...PEOPLE, ...readers.map((handle) => ({ handle }))],
      channels: [...channels, ...rooms],
      enforcesLimits: true,
    },
  );
  const { workspace } = bot;
  for (const words of ['the story behind More', 'the story in the thread']) await tell(bot, 'maria', words);
  await publishNow(bot, 'jon');
  const more = (await repliesTo(bot, await digestIn(bot), 2)).at(-1) as Message;
  bot.advance(10 * MINUTE);
  const before = workspace.calls.length;

  for (let from = 0; from < READERS; from += AT_ONCE) {
    const those = readers.slice(from, from + AT_ONCE).map((handle) => workspace.person(handle));
    await Promise.all(those.map((one) => one.press({ channel: more.channel, ts: more.ts }, 'more_stories')));
    await workspace.until(() => those.every((one) => isDrawn(one.view())));
    bot.advance((MINUTE * AT_ONCE) / READERS / 2);
  }
  const seen = readers.map((handle) => wordsOf(workspace.person(handle).view() ?? {}));
  expect(seen.filter((words) => !words.includes('the story behind More'))).toEqual([]);
  expect(workspace.calls.slice(before).filter(({ method }) => method === 'users.conversations')).toEqual([]);
  expect(
    callsOf(bot, 'users.info').filter(({ outcome }) => outcome === 'ratelimited').length,
  ).toBeGreaterThan(0);
  expectNoComplaints(bot);
});
