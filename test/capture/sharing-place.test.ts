import { describe, expect, test } from 'vitest';
import {
  callsOf,
  choose,
  ephemeralOf,
  expectNoComplaints,
  fillStepOne,
  openStepOne,
  questionsOf,
  rows,
  stepOneOf,
  wordsOf,
} from '../support/doing.ts';
import { openOffice } from '../support/office.ts';
import { chosen, ticked } from '../support/step-one-choices.ts';

describe('what Slack says about the place after the modal opened', () => {
  test('a channel taken for public that is private is for its members alone, whatever the screen showed', async () => {
    const office = await openOffice();
    const { workspace } = office;
    const maria = workspace.person('maria');
    const secret = workspace.addChannel({ name: 'reorg', members: ['maria', 'jon'], app: true });
    // Made private the moment the modal opened: the payload still named it as a public one.
    const slow = workspace.faults.on('conversations.info', { kind: 'hold', when: 'before' });
    await openStepOne(office, 'maria', 'reorg');
    await slow.struck;
    secret.kind = 'private';
    await maria.change('view', 'summary', 'about the reorganisation');
    const drawing = workspace.faults.on('views.update', { kind: 'hold', when: 'before' });
    slow.release();
    await drawing.struck;
    await maria.submit();
    expect(rows(office, 'select audience, channel_kind from near_misses')).toEqual([
      { audience: 'channel', channel_kind: 'private' },
    ]);
    drawing.release();
    expectNoComplaints(office);
  });

  test('where it says what was known, step 1 is not drawn again', async () => {
    const office = await openOffice();
    await openStepOne(office, 'maria', 'payments-ops');
    await office.workspace.until(() => callsOf(office, 'conversations.info')[0]?.outcome === 'ok');
    await office.workspace.person('maria').close();
    await openStepOne(office, 'maria', 'payments-ops');
    // Everything that was begun is done when it has stopped.
    await office.bot.stop();
    expect(callsOf(office, 'conversations.info')).toHaveLength(1);
    expect(callsOf(office, 'views.update').map(({ args }) => args)).toEqual([]);
    expectNoComplaints(office);
  });

  test('a channel taken for public that Slack hides from the app is for its members alone', async () => {
    const office = await openOffice();
    const maria = office.workspace.person('maria');
    office.workspace.faults.on('conversations.info', { kind: 'error', error: 'channel_not_found' });
    await openStepOne(office, 'maria', 'payments-ops', 'nothing posted now');
    expect(chosen(maria.view(), 'audience')).toBe('channel');
    await maria.change('view', 'summary', 'not for everyone');
    await maria.submit();
    expect(rows(office, 'select audience, channel_kind from near_misses')).toEqual([
      { audience: 'channel', channel_kind: 'private' },
    ]);
    expectNoComplaints(office);
  });

  test('a channel that turns out to be shared with another organisation gets no card that was ticked before', async () => {
    const office = await openOffice({
      channels: [{ name: 'with-partner', members: ['maria', 'jon'], app: true, isExtShared: true }],
    });
    const { workspace } = office;
    const maria = workspace.person('maria');
    const drawing = workspace.faults.on('views.update', { kind: 'hold', when: 'before' });
    await openStepOne(office, 'maria', 'with-partner');
    await drawing.struck;
    expect(ticked(maria.view())).toBe(true);
    await maria.change('view', 'summary', 'not for our partner');
    await maria.submit();
    expect(rows(office, 'select card_channel_id from near_misses')).toEqual([{ card_channel_id: null }]);
    drawing.release();
    expectNoComplaints(office);
  });

  test.each([
    ['private', 'No name stored, for members of #elsewhere, nothing posted now.', true],
    ['shared', 'No name stored, for everyone at Acme, nothing posted now.', false],
  ] as const)(
    'a choice made before it is known to be %s means what that place proposes',
    async (turnsOut, short, card) => {
      const office = await openOffice();
      const { workspace } = office;
      const maria = workspace.person('maria');
      const place = workspace.addChannel({ name: 'elsewhere', members: ['maria', 'jon'], app: true });
      const info = workspace.faults.on('conversations.info', { kind: 'hold', when: 'before' });
      await openStepOne(office, 'maria', 'elsewhere');
      await info.struck;
      if (turnsOut === 'private') place.kind = 'private';
      else place.isExtShared = true;
      const drawing = workspace.faults.on('views.update', { kind: 'hold', when: 'before' });
      info.release();
      await drawing.struck;
      await maria.change('view', 'tier', 'unattributed');
      drawing.release();
      await stepOneOf(office, 'maria', short);
      await choose(office, 'maria', 'tier', 'named');
      expect(chosen(maria.view(), 'audience')).toBe(turnsOut === 'private' ? 'channel' : 'everyone');
      expect(ticked(maria.view())).toBe(card);
      expectNoComplaints(office);
    },
  );

  test('an archived one is drawn again without the card', async () => {
    const office = await openOffice();
    office.workspace.channel('payments-ops').isArchived = true;
    const view = await openStepOne(office, 'maria', 'payments-ops', 'nothing posted now');
    expect(questionsOf(view)).not.toContain('Post a short card');
    expectNoComplaints(office);
  });

  test('archived after Save was pressed: the confirmation says so, and the near-miss is safe', async () => {
    const office = await openOffice();
    const { workspace } = office;
    await openStepOne(office, 'maria');
    workspace.channel('payments-ops').isArchived = true;
    await fillStepOne(office, 'maria', 'too late for a card');
    await workspace.person('maria').submit();
    await workspace.person('maria').close();
    const told = await ephemeralOf(office, 'maria', 'Thank you.');
    expect(told.text).toBe(
      'Thank you. NM-1 is saved. The card could not be posted in #payments-ops: the channel is archived. The near-miss is safe.',
    );
    expectNoComplaints(office);
  });

  test('a public channel the app is not in gets its card all the same', async () => {
    const office = await openOffice();
    const view = await openStepOne(office, 'maria', 'quiet');
    expect(wordsOf(view)).toContain('A card goes into #quiet when you save.');
    await fillStepOne(office, 'maria', 'seen in quiet');
    await office.workspace.person('maria').submit();
    await office.workspace.until(() => office.workspace.person('jon').messages('quiet').length === 1);
    expectNoComplaints(office);
  });

  test('and where the scope for that was declined, no card is offered', async () => {
    const office = await openOffice({ decline: ['chat:write.public'] });
    const view = await openStepOne(office, 'maria', 'quiet', 'nothing posted now');
    expect(questionsOf(view)).not.toContain('Post a short card');
    expectNoComplaints(office);
  });
});
