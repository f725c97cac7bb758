import SQLite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import type { ShownView } from '../../sandbox/state/views.ts';
import { type BotOnTheWire, botOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { digestIn, openDigestSettings, publishNow, setUpDigest } from '../support/digest.ts';
import { cardIn, ephemeralOf, inputOf, modalOf, questionsOf, typedIn, wordsOf } from '../support/screen.ts';
import { chooseStewards } from '../support/stewards.ts';
import { tell } from '../support/story.ts';
import { callsOf } from '../support/workspace.ts';

async function opened(who = 'jon') {
  const bot = await botOnTheWire();
  await chooseStewards(bot, 'jon', ['jon', 'amira']);
  return { bot, view: await openDigestSettings(bot, who), steward: bot.workspace.person(who) };
}

const chosen = (view: ShownView | undefined, block: string) =>
  (inputOf(view, block).selected_option as { text?: { text?: string } } | undefined)?.text?.text;

/** What stands in every field. */
function fieldsOf(bot: BotOnTheWire, view: ShownView | undefined) {
  const channel = inputOf(view, 'channel').selected_conversation as string | null | undefined;
  return {
    channel: channel == null ? undefined : bot.workspace.channel(channel).name,
    weekday: chosen(view, 'weekday'),
    time: inputOf(view, 'time').selected_time,
    zone: typedIn(view, 'zone'),
    preview: chosen(view, 'preview'),
    quietWeek: chosen(view, 'quiet_week'),
    replies: typedIn(view, 'replies'),
  };
}

test('proposes Monday at 09:30 in the zone of whoever sets it up, and asks for the channel', async () => {
  const { bot, view } = await opened('amira');
  expect(questionsOf(view)).toEqual([
    'In which channel?',
    'On which day?',
    'At what time?',
    'In which time zone?',
    'When do the stewards see it first?',
    'And in a week with nothing new?',
    'How many stories stand in the thread?',
  ]);
  expect(fieldsOf(bot, view)).toEqual({
    channel: undefined,
    weekday: 'Monday',
    time: '09:30',
    zone: 'Europe/Madrid',
    preview: 'A day before',
    quietWeek: 'Post nothing',
    replies: '30',
  });
  expect(wordsOf(view)).toContain('Until a channel is chosen nothing is posted.');
  expectNoComplaints(bot);
});

test('keeps everything that was chosen, and says the next date in words', async () => {
  const { bot, steward } = await opened();
  const choices = {
    weekday: '4',
    time: '16:05',
    zone: 'America/New_York',
    preview: '240',
    quiet_week: 'archive',
  };
  await steward.change('view', 'channel', bot.workspace.channel('ledger').id);
  for (const [block, value] of Object.entries(choices)) await steward.change('view', block, value);
  await steward.change('view', 'replies', '12');
  expect((await steward.submit()).errors).toEqual({});
  expect(wordsOf(steward.view())).toBe('Saved. The next digest is in #ledger on Thursday 16 October.');
  await steward.close();
  const again = await openDigestSettings(bot, 'amira');
  expect(fieldsOf(bot, again)).toEqual({
    channel: 'ledger',
    weekday: 'Thursday',
    time: '16:05',
    zone: 'America/New_York',
    preview: 'Four hours before',
    quietWeek: 'One from the archive',
    replies: '12',
  });
  expect(wordsOf(again)).toContain('The next digest is on Thursday 16 October.');
  await bot.workspace.person('amira').change('view', 'preview', '0');
  await bot.workspace.person('amira').submit();
  expect(fieldsOf(bot, await openDigestSettings(bot, 'jon')).preview).toBe('No preview');
  expectNoComplaints(bot);
});

describe('what the app cannot do is said under its box, and everything stays as it was chosen', () => {
  test.each([
    [
      'quiet',
      'The app is not in that channel. Invite it there with /invite @nearmiss, then press Save again.',
    ],
    ['old', 'That channel is archived. Please choose another one.'],
    [
      'announcements',
      'Posting in that channel is restricted. Let the app post there, or choose another one.',
    ],
  ])('#%s', async (channel, words) => {
    const { bot, steward } = await opened();
    await steward.change('view', 'channel', bot.workspace.channel(channel).id);
    await steward.change('view', 'time', '07:45');
    expect((await steward.submit()).errors).toEqual({ channel: words });
    expect(fieldsOf(bot, steward.view())).toMatchObject({ channel, time: '07:45' });
    expect(callsOf(bot, 'chat.postMessage')).toEqual([]);
    await bot.workspace.person('jon').close();
    expect(wordsOf(await openDigestSettings(bot, 'jon'))).toContain('nothing is posted');
    expectNoComplaints(bot);
  });

  test('once the app is invited, Save works', async () => {
    const { bot, steward } = await opened();
    await steward.change('view', 'channel', bot.workspace.channel('quiet').id);
    await steward.submit();
    steward.inviteApp('quiet');
    expect((await steward.submit()).errors).toEqual({});
    expect(wordsOf(steward.view())).toContain('#quiet');
    expectNoComplaints(bot);
  });

  test('when Slack does not say', async () => {
    const { bot, steward } = await opened();
    await steward.change('view', 'channel', bot.workspace.channel('learning').id);
    bot.workspace.faults.on('conversations.info', { kind: 'error', error: 'internal_error' });
    expect((await steward.submit()).errors).toEqual({
      channel: 'Slack did not say whether the app can post there. Please press Save again in a moment.',
    });
    expect((await steward.submit()).errors).toEqual({});
    expectNoComplaints(bot);
  });

  test('when it cannot be stored', async () => {
    const { bot, steward } = await opened();
    await steward.change('view', 'channel', bot.workspace.channel('learning').id);
    const sqlite = new SQLite(bot.config.databasePath);
    sqlite.exec(
      "create trigger refuse before update of settings on workspaces begin select raise(abort, 'the disk is full'); end",
    );
    sqlite.close();
    const { errors } = await steward.submit();
    expect(errors.channel).toContain('This could not be saved just now.');
    expectNoComplaints(bot);
  });

  test.each(['Europe/Nowhere', '+02:00', 'half past nine'])('the zone "%s"', async (zone) => {
    const { bot, steward } = await opened();
    await steward.change('view', 'channel', bot.workspace.channel('learning').id);
    await steward.change('view', 'zone', zone);
    expect((await steward.submit()).errors).toEqual({
      zone: 'This is not a time zone the app knows. Europe/Madrid is one.',
    });
    expect(typedIn(steward.view(), 'zone')).toBe(zone);
    expectNoComplaints(bot);
  });

  test.each(['0', '101', '2.5', 'all'])('"%s" stories, together with a wrong zone', async (replies) => {
    const { bot, steward } = await opened();
    await steward.change('view', 'channel', bot.workspace.channel('learning').id);
    await steward.change('view', 'zone', 'Nowhere');
    await steward.change('view', 'replies', replies);
    expect((await steward.submit()).errors).toEqual({
      zone: 'This is not a time zone the app knows. Europe/Madrid is one.',
      replies: 'A number from 1 to 100, please.',
    });
    expect(typedIn(steward.view(), 'replies')).toBe(replies);
    expectNoComplaints(bot);
  });
});

test('a channel shared with another organisation is named, with who will read it', async () => {
  const { bot, steward } = await opened();
  await steward.change('view', 'channel', bot.workspace.channel('partners').id);
  await steward.submit();
  expect(wordsOf(steward.view())).toBe(
    'Saved. The next digest is in #partners on Monday 20 October.\n#partners is shared with another organisation. People there will see the digest.',
  );
  expectNoComplaints(bot);
});

describe('before and after', () => {
  test('until a channel is chosen nothing but cards is posted, and nobody is asked anything', async () => {
    const bot = await botOnTheWire();
    await chooseStewards(bot, 'jon', ['jon']);
    await tell(bot, 'maria', 'seen in time');
    await cardIn(bot, 'payments-ops', 'jon', 'seen in time');
    await ephemeralOf(bot, 'maria', 'Thank you.');
    await bot.goTo(Date.UTC(2025, 9, 20, 12, 0));
    await bot.workspace.person('jon').openHome();
    await bot.workspace.until(() =>
      wordsOf(bot.workspace.person('jon').home()).includes('No digest is posted until'),
    );
    expect(bot.workspace.person('jon').messages('learning')).toEqual([]);
    expectNoComplaints(bot);
  });

  test('another channel chosen later is where the next digest goes', async () => {
    const bot = await botOnTheWire();
    await chooseStewards(bot, 'jon', ['jon']);
    await setUpDigest(bot, 'jon');
    await setUpDigest(bot, 'jon', { channel: 'partners' });
    await tell(bot, 'maria', 'seen in time');
    await bot.workspace.person('jon').command('payments-ops', '/nearmiss digest now');
    const asked = await modalOf(bot, 'jon', 'Publish the digest now?', 'posted in');
    expect(wordsOf(asked)).toBe('One story will be posted in #partners, for everyone who is there.');
    await bot.workspace.person('jon').close();
    await publishNow(bot, 'jon');
    await digestIn(bot, 'partners');
    expectNoComplaints(bot);
  });
});
