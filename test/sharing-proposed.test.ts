import { describe, expect, test } from 'vitest';
import { choose, expectNoComplaints, openStepOne, questionsOf, wordsOf } from './doing.ts';
import { openOffice } from './office.ts';
import { BUT_FOR_A_CARD, chosen, ticked } from './step-one-choices.ts';

describe('what is proposed where', () => {
  test('in a public channel: everyone, a card here, with the name', async () => {
    const office = await openOffice();
    const view = await openStepOne(office, 'maria');
    expect([chosen(view, 'tier'), chosen(view, 'audience'), ticked(view)]).toEqual([
      'named',
      'everyone',
      true,
    ]);
    expect(wordsOf(view)).toContain(
      'With your name, for everyone at Acme, with a card in #payments-ops. Change it below.',
    );
    expect(wordsOf(view)).toContain(
      'Everyone at Acme can read the story; guests see it only where it is posted. Your name is on it. A card goes into #payments-ops when you save. You can change or withdraw your words at any time.',
    );
    expect(wordsOf(view)).not.toContain('Only the stewards');
    expectNoComplaints(office);
  });

  test('in a private channel the app is in: its members, a card here', async () => {
    const office = await openOffice();
    const view = await openStepOne(
      office,
      'maria',
      'finance-leads',
      'Only members of #finance-leads can read the story',
    );
    expect([chosen(view, 'audience'), ticked(view)]).toEqual(['channel', true]);
    expect(wordsOf(view)).toContain(
      'With your name, for members of #finance-leads, with a card in #finance-leads.',
    );
    expectNoComplaints(office);
  });

  test('in a private channel the app is not in: you alone, and no card is offered', async () => {
    const office = await openOffice();
    const view = await openStepOne(office, 'maria', 'board', 'nothing posted now');
    expect(questionsOf(view)).toEqual(BUT_FOR_A_CARD);
    expect(chosen(view, 'audience')).toBe('channel');
    expect(wordsOf(view)).toContain('With your name, for you alone, nothing posted now. Change it below.');
    expectNoComplaints(office);
  });

  test('in a channel shared with another organisation the card is not ticked, and ticking it says who will see it', async () => {
    const office = await openOffice({
      channels: [{ name: 'with-partner', members: ['maria', 'jon'], app: true, isExtShared: true }],
    });
    const view = await openStepOne(office, 'maria', 'with-partner', 'nothing posted now');
    expect([chosen(view, 'audience'), ticked(view)]).toEqual(['everyone', false]);
    await choose(office, 'maria', 'card', ['card']);
    const words = wordsOf(office.workspace.person('maria').view());
    expect(words).toContain('for everyone at Acme, with a card in #with-partner.');
    expect(words).toContain(
      '#with-partner is shared with another organisation. People there will see the card.',
    );
    await choose(office, 'maria', 'card', []);
    expect(wordsOf(office.workspace.person('maria').view())).not.toContain('will see the card');
    expectNoComplaints(office);
  });

  test('in a direct message: the people in it, nobody is asked for a tier, no card', async () => {
    const office = await openOffice({
      channels: [{ name: 'maria-and-jon', kind: 'im', members: ['maria', 'jon'] }],
    });
    const view = await openStepOne(office, 'maria', 'maria-and-jon', 'for you alone');
    expect(questionsOf(view)).toEqual([
      'What nearly happened?',
      'Which system or process?',
      'Who may read it?',
    ]);
    expect(wordsOf(view)).toContain('Only the people in this conversation');
    await choose(office, 'maria', 'audience', 'everyone');
    expect(questionsOf(office.workspace.person('maria').view())).toEqual(BUT_FOR_A_CARD);
    expectNoComplaints(office);
  });
});
