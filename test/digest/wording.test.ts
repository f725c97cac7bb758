import { describe, expect, test } from 'vitest';
import type { Message } from '../../sandbox/state/state.ts';
import { openChangeOf, withdraw } from '../support/change-steps.ts';
import { openDesk } from '../support/digest-desk.ts';
import { digestIn, publishNow, repliesTo, replyWith } from '../support/digest-scene.ts';
import { dmOf, ephemeralOf, expectNoComplaints, modalOf, rows, said, wordsOf } from '../support/doing.ts';
import type { Office } from '../support/office.ts';
import { leaveOut, press, previewed, previewSays, storyIn } from '../support/preview-steps.ts';

describe('Propose a wording', () => {
  async function propose(office: Office, who: string, story: Message, words: string) {
    await press(office, who, story, 'propose_wording');
    const asked = await modalOf(office, who, 'Propose a wording', 'wording');
    await office.workspace.person(who).change('view', 'wording', words);
    await office.workspace.person(who).submit();
    await modalOf(office, who, 'Propose a wording', 'Sent. The digest carries these words');
    await office.workspace.person(who).close();
    return asked;
  }

  test('the reporter agrees: preview and digest carry it, everywhere else their own words stay', async () => {
    const { office, toAmira } = await previewed();
    const { workspace } = office;
    await propose(office, 'amira', storyIn(toAmira, 'NM-1'), 'A wrong rate was seen before sending');
    const letter = await dmOf(office, 'maria', 'proposes these words');
    expect(said(letter)).toContain(
      'Amira Haddad proposes these words for NM-1 in the digest. Everywhere else yours stay as they are.',
    );
    expect(said(letter)).toContain('A wrong rate was seen before sending\nUse these words\nKeep mine');
    await press(office, 'maria', letter, 'agree_to_wording');
    await dmOf(office, 'maria', 'Thank you. The digest carries these words.');
    await previewSays(office, 'jon', 'A wrong rate was seen before sending');
    await publishNow(office, 'jon');
    const reply = await replyWith(office, await digestIn(office), 'NM-1');
    expect(said(reply)).toContain('A wrong rate was seen before sending');
    expect(said(reply)).not.toContain('the wrong rate, seen in time');
    await workspace.person('jon').command('payments-ops', '/nearmiss show NM-1');
    await ephemeralOf(office, 'jon', 'the wrong rate, seen in time');
    expectNoComplaints(office);
  });

  test('the reporter keeps their own', async () => {
    const { office, toAmira } = await previewed();
    await propose(office, 'amira', storyIn(toAmira, 'NM-1'), 'A wrong rate was seen');
    await press(office, 'maria', await dmOf(office, 'maria', 'proposes'), 'keep_my_words');
    await dmOf(office, 'maria', 'Thank you. The digest carries your own words.');
    await publishNow(office, 'jon');
    expect(said(await replyWith(office, await digestIn(office), 'NM-1'))).toContain(
      'the wrong rate, seen in time',
    );
    expectNoComplaints(office);
  });

  test('agreed, and then edited: the digest carries what the reporter says now', async () => {
    const { office, toAmira } = await previewed();
    await propose(office, 'amira', storyIn(toAmira, 'NM-1'), 'A wrong rate was seen');
    await press(office, 'maria', await dmOf(office, 'maria', 'proposes'), 'agree_to_wording');
    await previewSays(office, 'jon', 'A wrong rate was seen');
    const maria = office.workspace.person('maria');
    await openChangeOf(office, 'maria', 'NM-1');
    await modalOf(office, 'maria', 'Edit or withdraw', 'Edit my words');
    await maria.press('view', 'edit_words');
    await modalOf(office, 'maria', 'Edit my words', 'summary');
    await maria.change('view', 'summary', 'it was the right rate after all');
    expect((await maria.submit()).errors).toEqual({});
    await publishNow(office, 'jon');
    const reply = await replyWith(office, await digestIn(office), 'NM-1');
    expect(said(reply)).toContain('it was the right rate after all');
    expect(said(reply)).not.toContain('A wrong rate was seen');
    expectNoComplaints(office);
  });

  test('agreed, and then withdrawn: the proposed words go with the others', async () => {
    const { office, toAmira } = await previewed();
    await propose(office, 'amira', storyIn(toAmira, 'NM-1'), 'A wrong rate was seen');
    const letter = await dmOf(office, 'maria', 'proposes');
    await withdraw(office, 'maria', 'NM-1');
    expect(rows(office, 'select * from wordings')).toEqual([]);
    await press(office, 'maria', letter, 'agree_to_wording');
    await dmOf(office, 'maria', 'This near-miss could not be found.');
    await previewSays(office, 'jon', 'NM-1 was withdrawn. Its words have been removed.');
    await publishNow(office, 'jon');
    const [story] = await repliesTo(office, await digestIn(office), 1);
    expect(said(story as Message)).toContain('NM-2');
    expectNoComplaints(office);
  });

  test('proposed when it was withdrawn, or left out, while the modal stood open: nothing is kept or sent', async () => {
    const { office, toJon, toAmira } = await previewed();
    const amira = office.workspace.person('amira');
    for (const [name, goes] of [
      ['NM-1', () => withdraw(office, 'maria', 'NM-1')],
      ['NM-2', () => leaveOut(office, 'jon', storyIn(toJon, 'NM-2'), 'next time')],
    ] as const) {
      await press(office, 'amira', storyIn(toAmira, name), 'propose_wording');
      await modalOf(office, 'amira', 'Propose a wording', 'wording');
      await amira.change('view', 'wording', 'the same in other words');
      await goes();
      await amira.submit();
      expect(wordsOf(amira.view())).not.toContain('Sent.');
      expect(rows(office, 'select * from wordings')).toEqual([]);
      await amira.close();
    }
    expectNoComplaints(office);
  });

  test('nobody but its reporter says yes, whatever is in a button', async () => {
    const { office, toAmira } = await previewed();
    await propose(office, 'amira', storyIn(toAmira, 'NM-1'), 'of the first');
    await propose(office, 'amira', storyIn(toAmira, 'NM-2'), 'of the second');
    const theirs = await dmOf(office, 'maria', 'of the first');
    const own = await dmOf(office, 'sam', 'of the second');
    const message = office.workspace.state.messages.find(({ ts }) => ts === own.ts);
    Object.assign(message ?? {}, { blocks: theirs.blocks });
    await press(office, 'sam', own, 'agree_to_wording');
    await dmOf(office, 'sam', 'This near-miss could not be found.');
    expect(rows(office, "select * from wordings where state <> 'proposed'")).toEqual([]);
    expectNoComplaints(office);
  });

  test('yes to an earlier proposal is not yes to a later one', async () => {
    const { office, toAmira } = await previewed();
    await propose(office, 'amira', storyIn(toAmira, 'NM-1'), 'first words');
    const first = await dmOf(office, 'maria', 'first words');
    await propose(office, 'amira', storyIn(toAmira, 'NM-1'), 'second words');
    await dmOf(office, 'maria', 'second words');
    await press(office, 'maria', first, 'agree_to_wording');
    await dmOf(office, 'maria', 'Other words were proposed since. They are in a message below.');
    expect(rows(office, 'select state from wordings')).toEqual([{ state: 'proposed' }]);
    expectNoComplaints(office);
  });

  test("other words after a yes: the reporter's own stand there again until they agree", async () => {
    const { office, toAmira } = await previewed();
    await propose(office, 'amira', storyIn(toAmira, 'NM-1'), 'first words');
    await press(office, 'maria', await dmOf(office, 'maria', 'first words'), 'agree_to_wording');
    await previewSays(office, 'jon', 'first words');
    await propose(office, 'amira', storyIn(toAmira, 'NM-1'), 'second words');
    expect(await previewSays(office, 'jon', 'the wrong rate, seen in time')).not.toMatch(
      /(first|second) words/,
    );
    expectNoComplaints(office);
  });

  test('of what a colleague left out meanwhile says that it is not in this digest', async () => {
    const { office, toJon, toAmira } = await previewed();
    const jon = office.workspace.person('jon');
    await press(office, 'jon', storyIn(toJon, 'NM-1'), 'propose_wording');
    await modalOf(office, 'jon', 'Propose a wording', 'wording');
    await jon.change('view', 'wording', 'other words');
    await leaveOut(office, 'amira', storyIn(toAmira, 'NM-1'), 'we wait for the supplier');
    await jon.submit();
    expect(wordsOf(jon.view())).toBe('It is not in this digest any more.');
    expectNoComplaints(office);
  });

  test('a yes that arrives while other words are proposed is no yes to those', async () => {
    const desk = await openDesk({ digest: { previewMinutes: 60 } });
    const { storage, clock } = desk;
    const { teamId } = desk.app.identity;
    const nearMissId = await desk.share('The rates were wrong');
    clock.advance(Date.UTC(2026, 9, 19, 8, 45) - clock.now());
    await desk.tend();
    const about = { teamId, nearMissId, now: clock.now() };
    await storage.wordings.propose({ ...about, by: 'U_AMIRA', wording: 'first' });
    await storage.wordings.propose({ ...about, by: 'U_AMIRA', wording: 'second' });
    expect(await storage.wordings.answer({ ...about, wording: 'first', agreed: true })).toBe(false);
    expect(await storage.wordings.of(nearMissId)).toMatchObject({ wording: 'second', state: 'proposed' });
    expect(await storage.wordings.answer({ ...about, wording: 'second', agreed: true })).toBe(true);
    expect(await storage.wordings.of(nearMissId)).toMatchObject({ state: 'agreed' });
  });
});
