import { describe, expect, test } from 'vitest';
import {
  digestIn,
  openSceneWithDigest,
  publishNow,
  repliesTo,
  tell,
  tellMoreOf,
} from '../support/digest-scene.ts';
import { dmOf, rows, said, wordsOf } from '../support/doing.ts';

/** A digest of one story, and a change to that story which Slack answers like this. */
async function changedWhileSlackSays(error: string) {
  const office = await openSceneWithDigest();
  await tell(office, 'maria', 'the wrong rate');
  await publishNow(office, 'jon');
  const [story] = await repliesTo(office, await digestIn(office), 1);
  const refused = office.workspace.faults.on(
    'chat.update',
    { kind: 'error', error },
    { times: 9, matching: ({ ts }) => ts === story?.ts },
  );
  await tellMoreOf(office, 'sam', 'NM-1', ['went_right', 'What went right', 'saves'], 'the send was late');
  await refused.struck;
  return office;
}

describe('a change to a message of a digest', () => {
  test('that somebody removed is done: nothing stands there any more', async () => {
    const office = await changedWhileSlackSays('message_not_found');
    await expect.poll(() => rows(office, "select seq from outbox where kind = 'digest_change'")).toEqual([]);
    expect(wordsOf(office.workspace.person('jon').home())).not.toContain('Try again');
    expect(office.fatal).toEqual([]);
  });

  test('that Slack refuses is told to the stewards as a change, and not as something that was not posted', async () => {
    const office = await changedWhileSlackSays('cant_update_message');
    const letter = await dmOf(office, 'jon', "It waits on the app's Home");
    expect(said(letter).split('\n')[0]).toBe(
      "A story of the digest changed, and its message in #learning could not be updated. It waits on the app's Home, where you can try again or let it go.",
    );
    expect(office.fatal).toEqual([]);
  });
});
