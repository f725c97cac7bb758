import { describe, expect, test } from 'vitest';
import { rows } from '../support/database.ts';
import { botWithDigest, digestIn, publishNow, repliesTo } from '../support/digest.ts';
import { dmOf, said, wordsOf } from '../support/screen.ts';
import { tell, tellMoreOf } from '../support/story.ts';

/** A digest of one story, and a change to that story which Slack answers like this. */
async function changedWhileSlackSays(error: string) {
  const bot = await botWithDigest();
  await tell(bot, 'maria', 'the wrong rate');
  await publishNow(bot, 'jon');
  const [story] = await repliesTo(bot, await digestIn(bot), 1);
  const refused = bot.workspace.faults.on(
    'chat.update',
    { kind: 'error', error },
    { times: 9, matching: ({ ts }) => ts === story?.ts },
  );
  await tellMoreOf(bot, 'sam', 'NM-1', ['went_right', 'What went right', 'saves'], 'the send was late');
  await refused.struck;
  return bot;
}

describe('a change to a message of a digest', () => {
  test('that somebody removed is done: nothing stands there any more', async () => {
    const bot = await changedWhileSlackSays('message_not_found');
    await expect.poll(() => rows(bot, "select seq from outbox where kind = 'digest_change'")).toEqual([]);
    expect(wordsOf(bot.workspace.person('jon').home())).not.toContain('Try again');
    expect(bot.fatal).toEqual([]);
  });

  test('that Slack refuses is told to the stewards as a change, and not as something that was not posted', async () => {
    const bot = await changedWhileSlackSays('cant_update_message');
    const letter = await dmOf(bot, 'jon', "It waits on the app's Home");
    expect(said(letter).split('\n')[0]).toBe(
      "A story of the digest changed, and its message in #learning could not be updated. It waits on the app's Home, where you can try again or let it go.",
    );
    expect(bot.fatal).toEqual([]);
  });
});
