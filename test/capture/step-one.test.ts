import { describe, expect, test } from 'vitest';
import type { Around } from '../../src/slack/access/sharing-facts.ts';
import { defaultChoices, type StepOneNotes, stepOne } from '../../src/slack/capture/step-one.ts';
import { around, ops } from '../support/example-near-misses.ts';
import { transcript } from '../support/transcript.ts';

/* Each of these was read against the words that were agreed on, sentence by sentence. */

describe('step 1', () => {
  const notes = (changes: Partial<StepOneNotes> = {}): StepOneNotes => ({
    id: 'id',
    firstTime: false,
    ...changes,
  });
  const drawn = (about: StepOneNotes, summary = '', changes: object = {}, near: Around = around) =>
    transcript(stepOne(about, { ...defaultChoices(about.place, summary), ...changes }, near));

  test('from nowhere in particular, for the first time', () => {
    expect(drawn(notes({ firstTime: true }))).toMatchInlineSnapshot(`
      "
      # Share a near-miss
      [Save] [Cancel]
      Something nearly went wrong and did not. There is a lot to learn from that, and from what went right. This is for learning, not for blame. You do not have to be sure that it counts.
      ? What nearly happened? (required) <plain_text_input, multiline, focus>
        hint: One or two sentences is enough. Roles rather than names make it easier to share.
        placeholder: The invoices had last year's tax rate. We saw it an hour before they went out.
      <small> With your name, for everyone at Acme, nothing posted now. Change it below.
      ? Which system or process? <external_select, from 0 characters>
        placeholder: Type or choose: invoices, phones, payroll
      ? Who may see that it was you? (required) <radio_buttons>
        (x) Anyone who can read it — Colleagues can thank you and ask you about it.
        ( ) Nobody — The app stores no name. It cannot send you replies.
      <small> Everyone at Acme can read the story; guests see it only where it is posted. Your name is on it. Nothing is posted when you save. You can change or withdraw your words at any time.
      "
    `);
  });

  test('in a channel, with words after the command', () => {
    expect(
      drawn(notes({ place: { ...ops, inThread: false } }), 'payroll export caught before the run'),
    ).toMatchInlineSnapshot(`
      "
      # Share a near-miss
      [Save] [Cancel]
      ? What nearly happened? (required) <plain_text_input, multiline, focus>
        hint: One or two sentences is enough. Roles rather than names make it easier to share.
        placeholder: The invoices had last year's tax rate. We saw it an hour before they went out.
        = payroll export caught before the run
      <small> With your name, for everyone at Acme, with a card in #payments-ops. Change it below.
      ? Which system or process? <external_select, from 0 characters>
        placeholder: Type or choose: invoices, phones, payroll
      ? Who may see that it was you? (required) <radio_buttons>
        (x) Anyone who can read it — Colleagues can thank you and ask you about it.
        ( ) Nobody — The app stores no name. It cannot send you replies.
      ? Who may read it? (required) <static_select>
        (x) Everyone at Acme
        ( ) Only members of #payments-ops
      ? Post a short card <checkboxes>
        (x) In #payments-ops
      <small> Everyone at Acme can read the story; guests see it only where it is posted. Your name is on it. A card goes into #payments-ops when you save. You can change or withdraw your words at any time.
      "
    `);
  });

  const thread = {
    reading: 'read' as const,
    takenFrom: { source: 'first' as const, personId: 'U_JON' },
    messages: 14,
    people: 4,
    started: 'Tuesday 14 October, 21:40',
    participants: ['U1'],
  };

  test('from a thread', () => {
    expect(
      drawn(notes({ place: ops, thread, threadTs: '1.2' }), 'The total looks low'),
    ).toMatchInlineSnapshot(`
      "
      # Share a near-miss
      [Save] [Cancel]
      ? What nearly happened? (required) <plain_text_input, multiline, focus>
        hint: Taken from the first message. Make it yours.
        placeholder: The invoices had last year's tax rate. We saw it an hour before they went out.
        = The total looks low
      <small> With your name, for everyone at Acme, with a card in this thread. Change it below.
      ? Which system or process? <external_select, from 0 characters>
        placeholder: Type or choose: invoices, phones, payroll
      ? Who may see that it was you? (required) <radio_buttons>
        (x) Anyone who can read it — Colleagues can thank you and ask you about it.
        ( ) Nobody — The app stores no name. It cannot send you replies.
      ? Who may read it? (required) <static_select>
        (x) Everyone at Acme
        ( ) Only members of #payments-ops
      ? Post a short card <checkboxes>
        (x) In this thread
      <small> From the thread: 14 messages, 4 people, started Tuesday 14 October, 21:40. You choose what to keep in the next step.
      <small> Everyone at Acme can read the story; guests see it only where it is posted. Your name is on it. A card goes into this thread when you save. You can change or withdraw your words at any time.
      "
    `);
  });

  test('from a thread the app cannot read', () => {
    const hidden = { ...ops, kind: 'private' as const, name: '', membersKnown: false, canPost: false };
    expect(
      drawn(notes({ place: hidden, thread: { ...thread, reading: 'refused' } }), 'The total looks low'),
    ).toMatchInlineSnapshot(`
      "
      # Share a near-miss
      [Save] [Cancel]
      ? What nearly happened? (required) <plain_text_input, multiline, focus>
        hint: Taken from the message you picked. Make it yours.
        placeholder: The invoices had last year's tax rate. We saw it an hour before they went out.
        = The total looks low
      <small> With your name, for you alone, nothing posted now. Change it below.
      ? Which system or process? <external_select, from 0 characters>
        placeholder: Type or choose: invoices, phones, payroll
      ? Who may see that it was you? (required) <radio_buttons>
        (x) Anyone who can read it — Colleagues can thank you and ask you about it.
        ( ) Nobody — The app stores no name. It cannot send you replies.
      ? Who may read it? (required) <static_select>
        ( ) Everyone at Acme
        (x) Only members of this conversation
      <small> ~ Only the message you picked could be read. To include the thread, invite the app with \`/invite @nearmiss\`. Everything else works without it.
      <small> Only you can read the story, until the app is invited to this conversation. Your name is on it. Nothing is posted when you save. You can change or withdraw your words at any time.
      "
    `);
  });

  test('from a thread, when nobody may see who it was', () => {
    expect(
      drawn(notes({ place: ops, thread }), 'The total looks low', {
        tier: 'unattributed',
        audience: 'channel',
      }),
    ).toMatchInlineSnapshot(`
      "
      # Share a near-miss
      [Save] [Cancel]
      ? What nearly happened? (required) <plain_text_input, multiline, focus>
        hint: Taken from the first message. Make it yours.
        placeholder: The invoices had last year's tax rate. We saw it an hour before they went out.
        = The total looks low
      <small> No name stored, for members of #payments-ops, nothing posted now. Change it below.
      ? Which system or process? <external_select, from 0 characters>
        placeholder: Type or choose: invoices, phones, payroll
      ? Who may see that it was you? (required) <radio_buttons>
        ( ) Anyone who can read it — Colleagues can thank you and ask you about it.
        (x) Nobody — The app stores no name. It cannot send you replies.
      ? Who may read it? (required) <static_select>
        ( ) Everyone at Acme
        (x) Only members of #payments-ops
      <small> Nothing is kept from the thread except the words in the first box.
      <small> Only members of #payments-ops can read the story, for as long as they are members. The app does not store who you are, so nobody can look it up here. Nothing is posted. People find it in the app. This cannot be changed later, since the app will not know that it was you. Slack may keep its own record that you used the app, and in a small team people may guess from the details.
      "
    `);
  });

  test('in a direct message for the people in it, who it was is not asked', () => {
    const direct = { ...ops, kind: 'direct' as const, name: '', inThread: false };
    expect(drawn(notes({ place: direct }))).toMatchInlineSnapshot(`
      "
      # Share a near-miss
      [Save] [Cancel]
      ? What nearly happened? (required) <plain_text_input, multiline, focus>
        hint: One or two sentences is enough. Roles rather than names make it easier to share.
        placeholder: The invoices had last year's tax rate. We saw it an hour before they went out.
      <small> With your name, for the people in this conversation, nothing posted now. Change it below.
      ? Which system or process? <external_select, from 0 characters>
        placeholder: Type or choose: invoices, phones, payroll
      ? Who may read it? (required) <static_select>
        ( ) Everyone at Acme
        (x) Only the people in this conversation
      ? Post a short card <checkboxes>
        ( ) In this conversation
      <small> Only the people in this conversation can read the story. Your name is on it. Nothing is posted when you save. You can change or withdraw your words at any time.
      "
    `);
  });

  test('one message and one person are counted in the singular', () => {
    expect(drawn(notes({ place: ops, thread: { ...thread, messages: 1, people: 1 } }))).toContain(
      'From the thread: 1 message, 1 person, started',
    );
  });

  test.each([
    [['Amira'], 'Amira. You can see when they look.'],
    [['Amira', 'Jon'], 'Amira and Jon. You can see when they look.'],
    [['Amira', 'Jon', 'Sam'], '3 people, named below. You can see when they look.'],
    [['A'.repeat(60)], '1 person, named below. You can see when they look.'],
    [['A'.repeat(30), 'B'.repeat(30)], '2 people, named below. You can see when they look.'],
  ])('with stewards it offers them: %j', (people, words) => {
    const stewards = people.map((name) => ({ id: name, name, inConversation: true }));
    const text = drawn(notes({ place: ops }), '', {}, { ...around, stewards });
    expect(text).toContain(`( ) Only the stewards — ${words}\n`);
    expect(drawn(notes({ place: ops }))).not.toContain('Only the stewards');
  });

  test.each([
    ['public', false, 'everyone', true],
    ['private', false, 'channel', true],
    ['direct', false, 'channel', false],
    ['public', true, 'everyone', false],
  ] as const)(
    'in a %s conversation, shared outside: %s, it starts with %s and a card: %s',
    (kind, sharedOutside, audience, card) => {
      expect(defaultChoices({ ...ops, kind, sharedOutside })).toMatchObject({
        tier: 'named',
        audience,
        card,
      });
    },
  );
});
