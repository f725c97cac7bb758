import { describe, expect, test } from 'vitest';
import type { Message } from '../../sandbox/state/state.ts';
import { digestIn, openSceneWithDigest, repliesTo, tell } from '../support/digest-scene.ts';
import { callsOf, dmOf, ephemeralOf, expectNoComplaints, modalOf, said, wordsOf } from '../support/doing.ts';
import { gone, MONDAY, press, previewed, storyIn } from '../support/preview-steps.ts';

describe('Publish now', () => {
  test('the first press wins, the others see who, and the preview is removed', async () => {
    const { office, toJon, toAmira } = await previewed();
    await Promise.all([
      press(office, 'amira', toAmira[0] as Message, 'publish_digest'),
      press(office, 'jon', toJon[0] as Message, 'publish_digest'),
    ]);
    const parent = await digestIn(office);
    await repliesTo(office, parent, 3);
    const told = (who: string) =>
      [...office.workspace.person(who).ephemerals(), ...office.workspace.person(who).dm()].filter(
        ({ text }) => text.endsWith(' published it already.'),
      );
    await office.workspace.until(() => told('jon').length + told('amira').length === 1);
    expect([...told('jon'), ...told('amira')][0]?.text).toBe(
      told('jon').length === 1 ? 'Amira Haddad published it already.' : 'Jon Park published it already.',
    );
    const who = told('jon').length === 1 ? 'Amira Haddad' : 'Jon Park';
    for (const steward of ['jon', 'amira']) {
      await gone(office, steward);
      await dmOf(office, steward, `${who} published this digest.`);
    }
    await digestIn(office, 'learning', 1);
    expect(
      callsOf(office, 'chat.postMessage').filter(({ args }) => args.channel === parent.channel),
    ).toHaveLength(4);
    expectNoComplaints(office);
  });

  test('digest now, with a preview that is open: says how many and where, and publishes that one', async () => {
    const { office } = await previewed();
    await office.workspace.person('amira').command('payments-ops', '/nearmiss digest now');
    const asked = await modalOf(office, 'amira', 'Publish the digest now?', 'posted in');
    expect(wordsOf(asked)).toBe('2 stories will be posted in #learning, for everyone who is there.');
    await office.workspace.person('amira').submit();
    await modalOf(office, 'amira', 'The weekly digest', 'It is on its way.');
    await repliesTo(office, await digestIn(office), 3);
    await gone(office, 'jon');
    await office.workspace.person('jon').command('payments-ops', '/nearmiss digest now');
    await ephemeralOf(office, 'jon', 'There is nothing new for a digest yet.');
    expectNoComplaints(office);
  });

  test('digest now from two modals at once publishes one digest, and the second hears that nothing is left', async () => {
    const office = await openSceneWithDigest();
    await tell(office, 'maria', 'the wrong rate');
    const { workspace } = office;
    for (const who of ['jon', 'amira']) {
      await workspace.person(who).command('payments-ops', '/nearmiss digest now');
      await modalOf(office, who, 'Publish the digest now?', 'One story will be posted in #learning');
    }
    await workspace.person('jon').submit();
    await workspace.person('amira').submit();
    await modalOf(office, 'jon', 'The weekly digest', 'It is on its way.');
    await modalOf(office, 'amira', 'The weekly digest', 'There is nothing new for a digest yet.');
    await repliesTo(office, await digestIn(office), 1);
    expectNoComplaints(office);
  });

  test('on a preview asked for in mid-week leaves Monday its digest', async () => {
    const { office, toJon } = await previewed();
    await press(office, 'jon', toJon[0] as Message, 'publish_digest');
    await repliesTo(office, await digestIn(office), 3);
    await tell(office, 'sam', 'seen on Wednesday');
    await office.goTo(MONDAY + 60_000);
    const monday = await digestIn(office, 'learning', 2);
    expect((await repliesTo(office, monday, 1)).map(said).join()).toContain('seen on Wednesday');
    expectNoComplaints(office);
  });

  test('later presses under a preview say who published it', async () => {
    const { office, toJon, toAmira } = await previewed();
    const jon = office.workspace.person('jon');
    await press(office, 'jon', toJon[0] as Message, 'hold_digest');
    await modalOf(office, 'jon', 'Hold the digest', 'until');
    await press(office, 'amira', toAmira[0] as Message, 'publish_digest');
    await digestIn(office);
    await jon.submit();
    expect(wordsOf(jon.view())).toBe('Amira Haddad published it already.');
    await jon.close();
    expectNoComplaints(office);
  });

  test('while a story stands in a modal: its line, or other words for it, are not taken, and it says who', async () => {
    const { office, toJon, toAmira } = await previewed();
    const jon = office.workspace.person('jon');
    await press(office, 'jon', storyIn(toJon, 'NM-2'), 'leave_one_out');
    await modalOf(office, 'jon', 'Leave this out', 'line');
    await jon.change('view', 'line', 'we wait for the supplier');
    await press(office, 'amira', toAmira[0] as Message, 'publish_digest');
    await digestIn(office);
    await jon.submit();
    expect(wordsOf(jon.view())).toBe('Amira Haddad published it already.');
    expectNoComplaints(office);
  });
});
