import { expect, test } from 'vitest';
import { expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { botWithDigest, digestIn, repliesTo } from '../support/digest.ts';
import { MONDAY } from '../support/preview.ts';
import { dmOf, modalOf, said } from '../support/screen.ts';
import { tell } from '../support/story.ts';

test('a channel the app is in no longer gets no digest, although Slack would take it; back in, it gets it', async () => {
  const bot = await botWithDigest();
  const { workspace } = bot;
  const { members } = workspace.channel('learning');
  const { botUserId } = workspace.state.app;
  await tell(bot, 'maria', 'the wrong rate, seen in time');
  members.delete(botUserId);
  await bot.goTo(MONDAY + 60_000);
  const letter = await dmOf(bot, 'jon', 'The digest could not be posted');
  expect(said(letter)).toContain(
    'The digest could not be posted in #learning: the app is not in it, it is archived, posting there is restricted, or it was shared with another organisation.',
  );
  await workspace.person('jon').command('payments-ops', '/nearmiss digest now');
  await modalOf(bot, 'jon', 'Publish the digest now?', 'posted in');
  await workspace.person('jon').submit();
  await modalOf(bot, 'jon', 'The weekly digest', 'Slack does not let the app post there just now.');
  expect(workspace.person('jon').messages('learning')).toEqual([]);
  members.add(botUserId);
  await bot.goTo(MONDAY + 120_000);
  await repliesTo(bot, await digestIn(bot), 1);
  expectNoComplaints(bot);
});
