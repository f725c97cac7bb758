import { expect, it } from 'vitest';
import { lookAt as at, botOnAStore, DAY, HOUR, SLOT } from '../support/bot-on-a-store.ts';
import { digestsIn, digestTitles } from '../support/digest.ts';
import { teamOf } from '../support/digest-on-a-store.ts';
import { said } from '../support/screen.ts';

it('a name that is taken back on the day of the digest takes no story out of its count', async () => {
  const bot = await botOnAStore();
  const id = await bot.share('One');
  bot.clock.advance(21 * HOUR);
  const late = await bot.share('On the day itself');
  await at(bot, SLOT);
  for (const each of [id, late]) await bot.change(each, { tier: 'confidential' });
  await bot.drain();
  expect(digestTitles(bot)[0]).toContain('2 stories');
});

it('withdrawn, a story goes from where it stands from the archive, too', async () => {
  const bot = await botOnAStore({ digest: { quietWeek: 'archive' } });
  const id = await bot.share('One');
  await at(bot, SLOT);
  await at(bot, SLOT + 7 * DAY);
  const fromArchive = () => said(digestsIn(bot)[1]?.parent ?? { text: '' });
  expect(fromArchive()).toContain('One');
  await bot.withdraw(id);
  await bot.drain();
  expect(fromArchive()).toContain('NM-1 was withdrawn. Its words have been removed.');
});

it('withdrawn while nobody knew where it stood, a story is blanked once it is found', async () => {
  const bot = await botOnAStore();
  await bot.share('Stays');
  const id = await bot.share('Taken back');
  const { faults } = bot.workspace;
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
  await at(bot, SLOT);
  const [waiting] = await bot.storage.outbox.undelivered(teamOf(bot));
  expect(waiting?.state).toBe('asked');
  await bot.withdraw(id);
  await bot.drain();
  blind.remove();
  const answered = { teamId: teamOf(bot), seq: waiting?.seq ?? 0, now: bot.clock.now() };
  await bot.storage.outbox.answerUndelivered({ ...answered, answer: 'let_go' });
  await bot.drain();
  expect(JSON.stringify(digestsIn(bot))).not.toContain('Taken back');
  expect(digestsIn(bot)[0]?.replies.map(said).join()).toContain('NM-2 was withdrawn.');
});
