import { expect, test } from 'vitest';
import { botOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { rows } from '../support/database.ts';
import { botWithDigest, digestIn, publishNow, repliesTo } from '../support/digest.ts';
import { modalOf, placeOf } from '../support/screen.ts';
import { tell } from '../support/story.ts';
import { callsOf } from '../support/workspace.ts';

test('a press that is delivered twice counts once, and nobody is told that they said it before', async () => {
  const bot = await botWithDigest();
  await tell(bot, 'maria', 'the wrong rate, seen in time');
  await publishNow(bot, 'jon');
  const [story] = await repliesTo(bot, await digestIn(bot), 1);
  const jon = bot.workspace.person('jon');
  if (story === undefined) throw new Error('no story');
  const pressed = await jon.press(placeOf(story), 'learned_something');
  expect((await pressed.redeliver()).acked).toBe(true);
  expect(rows(bot, 'select * from presses')).toHaveLength(1);
  expect(jon.ephemerals()).toEqual([]);
  expectNoComplaints(bot);
});

test('a command that is delivered twice opens one modal, and says nothing else', async () => {
  const bot = await botOnTheWire();
  const maria = bot.workspace.person('maria');
  const asked = await maria.command('payments-ops', '/nearmiss');
  await modalOf(bot, 'maria', 'Share a near-miss', '');
  expect((await asked.redeliver()).acked).toBe(true);
  expect(callsOf(bot, 'views.open')).toHaveLength(1);
  expect(maria.ephemerals()).toEqual([]);
  expectNoComplaints(bot);
});
