import { describe, expect, test } from 'vitest';
import type { Message } from '../../sandbox/state/state.ts';
import { botOnAStore } from '../support/bot-on-a-store.ts';
import { type BotOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { rows } from '../support/database.ts';
import { digestIn, publishNow, repliesTo, replyWith } from '../support/digest.ts';
import { botWithPreview, leaveOut, press, previewSays, storyIn } from '../support/preview.ts';
import { dmOf, ephemeralOf, modalOf, said, wordsOf } from '../support/screen.ts';
import { openChangeOf, withdraw } from '../support/story.ts';

describe('Propose a wording', () => {
  async function propose(bot: BotOnTheWire, who: string, story: Message, words: string) {
    await press(bot, who, story, 'propose_wording');
    const asked = await modalOf(bot, who, 'Propose a wording', 'wording');
    await bot.workspace.person(who).change('view', 'wording', words);
    await bot.workspace.person(who).submit();
    await modalOf(bot, who, 'Propose a wording', 'Sent. The digest carries these words');
    await bot.workspace.person(who).close();
    return asked;
  }

  test('the reporter agrees: preview and digest carry it, everywhere else their own words stay', async () => {
    const { bot, toAmira } = await botWithPreview();
    const { workspace } = bot;
    await propose(bot, 'amira', storyIn(toAmira, 'NM-1'), 'A wrong rate was seen before sending');
    const letter = await dmOf(bot, 'maria', 'proposes these words');
    expect(said(letter)).toContain(
      'Amira Haddad proposes these words for NM-1 in the digest. Everywhere else yours stay as they are.',
    );
    expect(said(letter)).toContain('A wrong rate was seen before sending\nUse these words\nKeep mine');
    await press(bot, 'maria', letter, 'agree_to_wording');
    await dmOf(bot, 'maria', 'Thank you. The digest carries these words.');
    await previewSays(bot, 'jon', 'A wrong rate was seen before sending');
    await publishNow(bot, 'jon');
    const reply = await replyWith(bot, await digestIn(bot), 'NM-1');
    expect(said(reply)).toContain('A wrong rate was seen before sending');
    expect(said(reply)).not.toContain('the wrong rate, seen in time');
    await workspace.person('jon').command('payments-ops', '/nearmiss show NM-1');
    await ephemeralOf(bot, 'jon', 'the wrong rate, seen in time');
    expectNoComplaints(bot);
  });

  test('the reporter keeps their own', async () => {
    const { bot, toAmira } = await botWithPreview();
    await propose(bot, 'amira', storyIn(toAmira, 'NM-1'), 'A wrong rate was seen');
    await press(bot, 'maria', await dmOf(bot, 'maria', 'proposes'), 'keep_my_words');
    await dmOf(bot, 'maria', 'Thank you. The digest carries your own words.');
    await publishNow(bot, 'jon');
    expect(said(await replyWith(bot, await digestIn(bot), 'NM-1'))).toContain('the wrong rate, seen in time');
    expectNoComplaints(bot);
  });

  test('agreed, and then edited: the digest carries what the reporter says now', async () => {
    const { bot, toAmira } = await botWithPreview();
    await propose(bot, 'amira', storyIn(toAmira, 'NM-1'), 'A wrong rate was seen');
    await press(bot, 'maria', await dmOf(bot, 'maria', 'proposes'), 'agree_to_wording');
    await previewSays(bot, 'jon', 'A wrong rate was seen');
    const maria = bot.workspace.person('maria');
    await openChangeOf(bot, 'maria', 'NM-1');
    await modalOf(bot, 'maria', 'Edit or withdraw', 'Edit my words');
    await maria.press('view', 'edit_words');
    await modalOf(bot, 'maria', 'Edit my words', 'summary');
    await maria.change('view', 'summary', 'it was the right rate after all');
    expect((await maria.submit()).errors).toEqual({});
    await publishNow(bot, 'jon');
    const reply = await replyWith(bot, await digestIn(bot), 'NM-1');
    expect(said(reply)).toContain('it was the right rate after all');
    expect(said(reply)).not.toContain('A wrong rate was seen');
    expectNoComplaints(bot);
  });

  test('agreed, and then withdrawn: the proposed words go with the others', async () => {
    const { bot, toAmira } = await botWithPreview();
    await propose(bot, 'amira', storyIn(toAmira, 'NM-1'), 'A wrong rate was seen');
    const letter = await dmOf(bot, 'maria', 'proposes');
    await withdraw(bot, 'maria', 'NM-1');
    expect(rows(bot, 'select * from wordings')).toEqual([]);
    await press(bot, 'maria', letter, 'agree_to_wording');
    await dmOf(bot, 'maria', 'This near-miss could not be found.');
    await previewSays(bot, 'jon', 'NM-1 was withdrawn. Its words have been removed.');
    await publishNow(bot, 'jon');
    const [story] = await repliesTo(bot, await digestIn(bot), 1);
    expect(said(story as Message)).toContain('NM-2');
    expectNoComplaints(bot);
  });

  test('proposed when it was withdrawn, or left out, while the modal stood open: nothing is kept or sent', async () => {
    const { bot, toJon, toAmira } = await botWithPreview();
    const amira = bot.workspace.person('amira');
    for (const [name, goes] of [
      ['NM-1', () => withdraw(bot, 'maria', 'NM-1')],
      ['NM-2', () => leaveOut(bot, 'jon', storyIn(toJon, 'NM-2'), 'next time')],
    ] as const) {
      await press(bot, 'amira', storyIn(toAmira, name), 'propose_wording');
      await modalOf(bot, 'amira', 'Propose a wording', 'wording');
      await amira.change('view', 'wording', 'the same in other words');
      await goes();
      await amira.submit();
      expect(wordsOf(amira.view())).not.toContain('Sent.');
      expect(rows(bot, 'select * from wordings')).toEqual([]);
      await amira.close();
    }
    expectNoComplaints(bot);
  });

  test('nobody but its reporter says yes, whatever is in a button', async () => {
    const { bot, toAmira } = await botWithPreview();
    await propose(bot, 'amira', storyIn(toAmira, 'NM-1'), 'of the first');
    await propose(bot, 'amira', storyIn(toAmira, 'NM-2'), 'of the second');
    const theirs = await dmOf(bot, 'maria', 'of the first');
    const own = await dmOf(bot, 'sam', 'of the second');
    const message = bot.workspace.state.messages.find(({ ts }) => ts === own.ts);
    Object.assign(message ?? {}, { blocks: theirs.blocks });
    await press(bot, 'sam', own, 'agree_to_wording');
    await dmOf(bot, 'sam', 'This near-miss could not be found.');
    expect(rows(bot, "select * from wordings where state <> 'proposed'")).toEqual([]);
    expectNoComplaints(bot);
  });

  test('yes to an earlier proposal is not yes to a later one', async () => {
    const { bot, toAmira } = await botWithPreview();
    await propose(bot, 'amira', storyIn(toAmira, 'NM-1'), 'first words');
    const first = await dmOf(bot, 'maria', 'first words');
    await propose(bot, 'amira', storyIn(toAmira, 'NM-1'), 'second words');
    await dmOf(bot, 'maria', 'second words');
    await press(bot, 'maria', first, 'agree_to_wording');
    await dmOf(bot, 'maria', 'Other words were proposed since. They are in a message below.');
    expect(rows(bot, 'select state from wordings')).toEqual([{ state: 'proposed' }]);
    expectNoComplaints(bot);
  });

  test("other words after a yes: the reporter's own stand there again until they agree", async () => {
    const { bot, toAmira } = await botWithPreview();
    await propose(bot, 'amira', storyIn(toAmira, 'NM-1'), 'first words');
    await press(bot, 'maria', await dmOf(bot, 'maria', 'first words'), 'agree_to_wording');
    await previewSays(bot, 'jon', 'first words');
    await propose(bot, 'amira', storyIn(toAmira, 'NM-1'), 'second words');
    expect(await previewSays(bot, 'jon', 'the wrong rate, seen in time')).not.toMatch(/(first|second) words/);
    expectNoComplaints(bot);
  });

  test('of what a colleague left out meanwhile says that it is not in this digest', async () => {
    const { bot, toJon, toAmira } = await botWithPreview();
    const jon = bot.workspace.person('jon');
    await press(bot, 'jon', storyIn(toJon, 'NM-1'), 'propose_wording');
    await modalOf(bot, 'jon', 'Propose a wording', 'wording');
    await jon.change('view', 'wording', 'other words');
    await leaveOut(bot, 'amira', storyIn(toAmira, 'NM-1'), 'we wait for the supplier');
    await jon.submit();
    expect(wordsOf(jon.view())).toBe('It is not in this digest any more.');
    expectNoComplaints(bot);
  });

  test('a yes that arrives while other words are proposed is no yes to those', async () => {
    const bot = await botOnAStore({ digest: { previewMinutes: 60 } });
    const { storage, clock } = bot;
    const { teamId } = bot.app.identity;
    const nearMissId = await bot.share('The rates were wrong');
    clock.advance(Date.UTC(2026, 9, 19, 8, 45) - clock.now());
    await bot.tend();
    const digestId = (await storage.digests.open(teamId))?.id ?? '';
    const about = { teamId, nearMissId, now: clock.now() };
    for (const wording of ['first', 'second'])
      expect(await storage.wordings.propose({ ...about, digestId, by: 'U_AMIRA', wording })).toBe(true);
    expect(await storage.wordings.answer({ ...about, wording: 'first', agreed: true })).toBe(false);
    expect(await storage.wordings.of(teamId, nearMissId)).toMatchObject({
      wording: 'second',
      state: 'proposed',
    });
    expect(await storage.wordings.answer({ ...about, wording: 'second', agreed: true })).toBe(true);
    expect(await storage.wordings.of(teamId, nearMissId)).toMatchObject({ state: 'agreed' });
  });

  test('nothing is proposed in a digest that is posted, nor in one the story is not in', async () => {
    const bot = await botOnAStore({ digest: { previewMinutes: 60 } });
    const { storage, clock } = bot;
    const { teamId } = bot.app.identity;
    const nearMissId = await bot.share('The rates were wrong');
    clock.advance(Date.UTC(2026, 9, 19, 8, 45) - clock.now());
    await bot.tend();
    const digestId = (await storage.digests.open(teamId))?.id ?? '';
    const about = { teamId, nearMissId, by: 'U_AMIRA', wording: 'in other words' };
    expect(await storage.wordings.propose({ ...about, digestId: 'another', now: clock.now() })).toBe(false);
    clock.advance(2 * 60 * 60 * 1000);
    await bot.tend();
    expect((await storage.digests.byId(teamId, digestId))?.state).toBe('published');
    expect(await storage.wordings.propose({ ...about, digestId, now: clock.now() })).toBe(false);
    expect(await storage.wordings.of(teamId, nearMissId)).toBeUndefined();
  });
});
