import { expect, test } from 'vitest';
import { digestIn, openSceneWithDigest, repliesTo, tell } from '../support/digest-scene.ts';
import { dmOf, expectNoComplaints, modalOf, said } from '../support/doing.ts';
import { MONDAY } from '../support/preview-steps.ts';

test('a channel the app is in no longer gets no digest, although Slack would take it; back in, it gets it', async () => {
  const office = await openSceneWithDigest();
  const { workspace } = office;
  const { members } = workspace.channel('learning');
  const { botUserId } = workspace.state.app;
  await tell(office, 'maria', 'the wrong rate, seen in time');
  members.delete(botUserId);
  await office.goTo(MONDAY + 60_000);
  const letter = await dmOf(office, 'jon', 'The digest could not be posted');
  expect(said(letter)).toContain(
    'The digest could not be posted in #learning: the app is not in it, it is archived, posting there is restricted, or it was shared with another organisation.',
  );
  await workspace.person('jon').command('payments-ops', '/nearmiss digest now');
  await modalOf(office, 'jon', 'Publish the digest now?', 'posted in');
  await workspace.person('jon').submit();
  await modalOf(office, 'jon', 'The weekly digest', 'Slack does not let the app post there just now.');
  expect(workspace.person('jon').messages('learning')).toEqual([]);
  members.add(botUserId);
  await office.goTo(MONDAY + 120_000);
  await repliesTo(office, await digestIn(office), 1);
  expectNoComplaints(office);
});
