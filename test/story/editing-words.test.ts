import { describe, expect, test } from 'vitest';
import { botOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { goOnTo, share, shareAndSkip } from '../support/capture.ts';
import { refuseToStore, rows } from '../support/database.ts';
import { cardIn, inputOf, modalOf, typedIn, wordsOf } from '../support/screen.ts';
import { openChange } from '../support/story.ts';

describe('edit my words', () => {
  test('changes the card in place, and never posts it again', async () => {
    const bot = await botOnTheWire();
    const { workspace } = bot;
    const maria = workspace.person('maria');
    await shareAndSkip(bot, 'maria', 'the first words', { system: 'Payroll' });
    await openChange(bot, 'maria');
    await modalOf(bot, 'maria', 'Edit or withdraw', 'Edit my words');
    await maria.press('view', 'edit_words');
    const view = await modalOf(bot, 'maria', 'Edit my words', 'summary');
    expect([typedIn(view, 'summary'), typedIn(view, 'system')]).toEqual(['the first words', 'Payroll']);
    await maria.change('view', 'summary', 'better words');
    await maria.change('view', 'system', 'Invoices');
    await maria.submit();
    expect(maria.view()).toBeUndefined();
    const card = await cardIn(bot, 'payments-ops', 'jon', 'better words');
    expect(wordsOf(card)).toContain('NM-1 · Invoices');
    expect(card.text).toBe('Near-miss NM-1, Invoices: better words');
    expect(workspace.person('jon').messages('payments-ops')).toHaveLength(1);
    expect(rows(bot, 'select name from systems')).toEqual([{ name: 'Invoices' }]);
    expectNoComplaints(bot);
  });

  test('corrects whether it reached anyone, on the card too', async () => {
    const bot = await botOnTheWire();
    const maria = bot.workspace.person('maria');
    await share(bot, 'maria', 'seen in time');
    await goOnTo(bot, 'maria', 'Who did it take?');
    await maria.change('view', 'reached', 'no');
    await maria.submit();
    await cardIn(bot, 'payments-ops', 'jon', 'Nobody who relies on this was affected');
    await openChange(bot, 'maria');
    await modalOf(bot, 'maria', 'Edit or withdraw', 'Edit my words');
    await maria.press('view', 'edit_words');
    const view = await modalOf(bot, 'maria', 'Edit my words', 'reached');
    expect(inputOf(view, 'reached').selected_option).toMatchObject({ value: 'no' });
    await maria.change('view', 'reached', 'briefly');
    await maria.submit();
    const card = await cardIn(bot, 'payments-ops', 'jon', 'Reached people for a short while');
    expect(wordsOf(card)).not.toContain('Nobody who relies on this');
    await openChange(bot, 'maria');
    await modalOf(bot, 'maria', 'Edit or withdraw', 'Edit my words');
    await maria.press('view', 'edit_words');
    await modalOf(bot, 'maria', 'Edit my words', 'reached');
    await maria.change('view', 'reached', null);
    await maria.submit();
    expect(rows(bot, 'select reached, summary from near_misses')).toEqual([
      { reached: null, summary: 'seen in time' },
    ]);
    expectNoComplaints(bot);
  });

  test('to nothing is asked for a few words more; what cannot be saved stays there', async () => {
    const bot = await botOnTheWire();
    const maria = bot.workspace.person('maria');
    await shareAndSkip(bot, 'maria', 'the first words');
    await openChange(bot, 'maria');
    await modalOf(bot, 'maria', 'Edit or withdraw', 'Edit my words');
    await maria.press('view', 'edit_words');
    await modalOf(bot, 'maria', 'Edit my words', 'summary');
    await maria.change('view', 'summary', '  ');
    expect((await maria.submit()).errors).toEqual({ summary: 'A few words are enough.' });
    await maria.change('view', 'summary', 'kept');
    const letGo = refuseToStore(bot);
    expect((await maria.submit()).errors).toEqual({
      summary:
        'This could not be saved just now. Your words are still here. Please press Save again in a moment.',
    });
    letGo();
    await maria.submit();
    expect(rows(bot, 'select summary from near_misses')).toEqual([{ summary: 'kept' }]);
    expectNoComplaints(bot);
  });

  test('is only for whoever shared it', async () => {
    const bot = await botOnTheWire();
    await shareAndSkip(bot, 'maria', 'hers');
    await openChange(bot, 'jon');
    const view = await modalOf(
      bot,
      'jon',
      'Edit or withdraw',
      'Only the person who shared this can change it.',
    );
    expect(wordsOf(view)).toBe(
      'Only the person who shared this can change it. You can add to it with Tell more.',
    );
    expectNoComplaints(bot);
  });
});
