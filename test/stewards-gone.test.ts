import { describe, expect, test } from 'vitest';
import { type Message, type PersonChange } from '../sandbox/state.ts';
import { openSceneWithDigest, type Scene, tell } from './digest-scene.ts';
import {
  beginToShare,
  ephemeralOf,
  expectNoComplaints,
  modalOf,
  rows,
  said,
  titleOf,
  wordsOf,
} from './doing.ts';
import { gone, press, previewed, storyIn } from './preview-steps.ts';
import { becomesUnheard, GUEST, hears, MINUTE } from './steward-steps.ts';

/** A fact is heard of at once where Slack sends an event, and else as soon as what was known is five minutes old. */
const HEARD: [string, boolean, (office: Scene, to: PersonChange) => Promise<void>][] = [
  ['as soon as Slack says so', true, (office, to) => office.workspace.changePerson('amira', to)],
  [
    'five minutes later where it does not say so',
    false,
    async (office, to) => {
      becomesUnheard(office, 'amira', to);
      office.letPass(5 * MINUTE);
    },
  ],
];

describe.each(HEARD)('a steward who became a guest, %s,', (_when, isHeard, becomes) => {
  test.each(['publish_digest', 'hold_digest', 'leave_one_out', 'propose_wording'])(
    'may not press %s',
    async (action) => {
      const { office, toAmira } = await previewed();
      const { messages } = office.workspace.state;
      const shown = structuredClone(messages.filter(({ ts }) => toAmira.some((one) => one.ts === ts)));
      await becomes(office, GUEST);
      if (isHeard) await gone(office, 'amira');
      // The preview is taken away, but it may stand on a screen for a while.
      const others = messages.filter(({ ts }) => shown.every((one) => one.ts !== ts));
      messages.splice(0, messages.length, ...others, ...shown);
      const onStory = action === 'leave_one_out' || action === 'propose_wording';
      await press(office, 'amira', onStory ? storyIn(toAmira, 'NM-2') : (toAmira[0] as Message), action);
      const can = action === 'publish_digest' ? 'publish the digest' : 'decide this';
      await hears(office, 'amira', `Only the steward, Jon Park, can ${can}.`);
      expect(rows(office, 'select state from digests')).toEqual([{ state: 'preview' }]);
      expectNoComplaints(office);
    },
  );

  test.each([
    ['hold_digest', 'Hold the digest', 'until', undefined],
    ['leave_one_out', 'Leave this out', 'line', 'a line'],
    ['propose_wording', 'Propose a wording', 'wording', 'words'],
  ] as const)('may not send what %s asked', async (action, title, block, words) => {
    const { office, toAmira } = await previewed();
    const amira = office.workspace.person('amira');
    const onStory = action !== 'hold_digest';
    await press(office, 'amira', onStory ? storyIn(toAmira, 'NM-2') : (toAmira[0] as Message), action);
    await modalOf(office, 'amira', title, block);
    if (words !== undefined) await amira.change('view', block, words);
    await becomes(office, GUEST);
    await amira.submit();
    expect([titleOf(amira.view()), wordsOf(amira.view())]).toEqual([
      title,
      'Only the steward, Jon Park, can decide this.',
    ]);
    expect(rows(office, 'select state from digests')).toEqual([{ state: 'preview' }]);
    expectNoComplaints(office);
  });

  test('may not confirm digest now', async () => {
    const office = await openSceneWithDigest();
    const amira = office.workspace.person('amira');
    await tell(office, 'maria', 'the wrong rate');
    await amira.command('payments-ops', '/nearmiss digest now');
    await modalOf(office, 'amira', 'Publish the digest now?', 'posted in');
    await becomes(office, GUEST);
    await amira.submit();
    expect(wordsOf(amira.view())).toBe('Only the steward, Jon Park, can publish the digest.');
    await amira.close();
    expect(rows(office, 'select * from digests')).toEqual([]);
    expectNoComplaints(office);
  });

  test.each([
    ['settings', 'Settings', 'stewards'],
    ['digest settings', 'The weekly digest', 'channel'],
  ] as const)('may not save %s that stood open', async (command, title, has) => {
    const office = await openSceneWithDigest();
    const amira = office.workspace.person('amira');
    await amira.command('payments-ops', `/nearmiss ${command}`);
    await modalOf(office, 'amira', title, has);
    await amira.change(
      'view',
      has,
      command === 'settings' ? ['amira'] : office.workspace.channel('quiet').id,
    );
    const before = rows(office, 'select settings from workspaces');
    await becomes(office, GUEST);
    await amira.submit();
    expect(wordsOf(amira.view())).toBe('Only the steward, Jon Park, can change this.');
    const settled = (all: Record<string, unknown>[]) => {
      const { formerStewards: _noted, ...rest } = JSON.parse(String(all[0]?.settings)) as object & {
        formerStewards?: unknown;
      };
      return rest;
    };
    expect(settled(rows(office, 'select settings from workspaces'))).toEqual(settled(before));
    expectNoComplaints(office);
  });

  test('hears with every command who is one', async () => {
    const office = await openSceneWithDigest();
    await becomes(office, GUEST);
    const amira = office.workspace.person('amira');
    await amira.command('payments-ops', '/nearmiss settings');
    await modalOf(office, 'amira', 'Settings', 'Only the steward, Jon Park, can change this.');
    await amira.close();
    await amira.command('payments-ops', '/nearmiss digest settings');
    await modalOf(office, 'amira', 'The weekly digest', 'Only the steward, Jon Park, can change this.');
    await amira.command('payments-ops', '/nearmiss digest preview');
    await ephemeralOf(office, 'amira', 'Only the steward, Jon Park, can see a preview of the digest.');
    await amira.command('payments-ops', '/nearmiss digest now');
    await ephemeralOf(office, 'amira', 'Only the steward, Jon Park, can publish the digest.');
    await amira.command('payments-ops', '/nearmiss help');
    const help = said(await ephemeralOf(office, 'amira', 'Looked after by Jon Park.'));
    expect(help).not.toMatch(/For stewards|digest|settings/u);
    expectNoComplaints(office);
  });

  test('is named to nobody as one who can look up a name, or to turn to', async () => {
    const office = await openSceneWithDigest();
    await becomes(office, GUEST);
    // What nobody asked about in five minutes is not known without asking, and step 1 asks nobody.
    await office.workspace.person('jon').command('payments-ops', '/nearmiss help');
    await ephemeralOf(office, 'jon', 'Looked after by Jon Park.');
    await beginToShare(office, 'maria', 'the wrong rate', { tier: 'confidential' });
    const maria = office.workspace.person('maria');
    expect(wordsOf(maria.view())).toContain('Jon Park can look up your name;');
    expect(wordsOf(maria.view())).not.toContain('Amira');
    await maria.submit();
    await maria.close();
    const told = await ephemeralOf(office, 'maria', 'Thank you.');
    expect(told.text).toContain('please tell Jon Park now.');
    expect(rows(office, 'select stewards_then from near_misses')).toEqual([
      { stewards_then: JSON.stringify([office.workspace.person('jon').id]) },
    ]);
    expectNoComplaints(office);
  });
});
