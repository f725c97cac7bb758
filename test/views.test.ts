import { describe, expect, test } from 'vitest';
import { EMPTY_TELLING, type NearMiss } from '../src/domain/near-miss.ts';
import type { Place } from '../src/domain/who-can-see.ts';
import { changeMenu, changeWhoCanSee, editWords, notYoursToChange } from '../src/slack/change.ts';
import { home } from '../src/slack/home.ts';
import { nearMissView } from '../src/slack/near-miss-view.ts';
import { type Around, defaultChoices, type StepOneNotes, stepOne } from '../src/slack/step-one.ts';
import { madePossible, savedWithoutName, stepTwo } from '../src/slack/step-two.ts';
import { replaceLuck, tellMore, topicView } from '../src/slack/tell-more.ts';
import { transcript } from './transcript.ts';

/* Each of these was read against the words that were agreed on, sentence by sentence. */

const around: Around = { workspace: 'Acme', app: 'nearmiss', stewards: [] };
const ops: Place = {
  id: 'C1',
  name: 'payments-ops',
  kind: 'public',
  membersKnown: true,
  canPost: true,
  sharedOutside: false,
  inThread: true,
};

const shared: NearMiss = {
  id: 'id',
  teamId: 'T1',
  number: 12,
  tier: 'named',
  audience: 'everyone',
  reporterId: 'U_MARIA',
  stewardsThen: [],
  conversation: ops,
  card: { channelId: 'C1', threadTs: '1.2' },
  capturedAt: 1,
  summary: "The invoices had last year's tax rate. We saw it an hour before they went out.",
  system: 'Invoices',
  told: EMPTY_TELLING,
  added: [],
};

const told: NearMiss = {
  ...shared,
  toldAt: 2,
  reached: 'no',
  told: {
    saves: [
      { text: 'We open ten invoices by hand before every run' },
      { text: 'the send was planned for 10:00', kind: 'luck' },
    ],
    signal: { kind: 'routine_check', noticed: "The total looked low next to last month's" },
    keyPlayers: [{ personId: 'U_JON', madePossible: 'Could stop the send' }],
    answers: {
      closeness: 'One hour later, 400 customers would have had a wrong invoice.',
      expected: 'A green job means right invoices.',
      instead: 'It checks that they exist.',
      protecting: 'Customers, and the colleagues who answer their calls.',
      practice: 'Before a large send, open ten items by hand.',
    },
  },
};
const names = new Map([
  ['U_MARIA', 'Maria Lopez'],
  ['U_JON', 'Jon Park'],
]);

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
        hint: Taken from the first message. Make it yours.
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
      <small> Only members of #payments-ops can read the story, for as long as they are members. The app does not store who you are, so nobody can look it up here. Nothing is posted. People find it in the app. Slack may keep its own record that you used the app, and in a small team people may guess from the details.
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

describe('step 2', () => {
  test('after a save with a name, from a thread', () => {
    const telling = {
      ...EMPTY_TELLING,
      keyPlayers: [{ personId: 'U_JON' }],
      signal: { kind: 'alert' as const, noticed: 'Monitor: Send volume is low' },
    };
    expect(transcript(stepTwo(shared, { telling }))).toMatchInlineSnapshot(`
      "
      # What can we learn?
      [Add to the story] [Skip]
      ~ *Saved as NM-12.* You can stop here. If you have two more minutes, any of these helps the next person. *Add to the story* keeps what you type; *Skip* does not.
      ? What had to go right for this to stay a near-miss? <plain_text_input, multiline>
        hint: One thing per line. Small things count, and so does luck.
        placeholder: We open ten invoices by hand before every run
      ? How close was it? <plain_text_input, multiline>
        hint: If one thing had gone differently, what would have reached people?
        placeholder: One hour later, 400 customers would have had a wrong invoice
      ? How was it noticed? <static_select>
        placeholder: Choose the closest
        (x) An alert or alarm
        ( ) A dashboard or report
        ( ) A customer or caller
        ( ) A colleague
        ( ) A routine check
        ( ) A feeling that something was off
        ( ) By chance
        ( ) Something else
      ? What was the first thing that made someone look? <plain_text_input, multiline>
        hint: What did they see or hear, and where?
        placeholder: The total looked low next to last month's
        = Monitor: Send volume is low
      ? What did you expect to happen? <plain_text_input, multiline>
      ? What happened instead? <plain_text_input, multiline>
        hint: What surprised you? "I don't know yet" is an answer.
      ? Who were we protecting? <plain_text_input, multiline>
        hint: Who would have felt it: customers, callers, colleagues, a partner?
      ? Who did it take? <multi_users_select, at most 10>
        hint: Include people outside the team: who approved, had access, knew the history.
        placeholder: Choose people
        = U_JON
      ? Did it reach anyone who relies on this? <static_select>
        hint: Customers, callers or colleagues. Any answer is fine here.
        placeholder: Choose one
        ( ) No
        ( ) Briefly
        ( ) Not sure
      "
    `);
  });

  test('after a save without a name', () => {
    expect(transcript(stepTwo({ id: 'id', tier: 'unattributed' }))).toMatchInlineSnapshot(`
      "
      # What can we learn?
      [Add to the story] [Skip]
      ~ *Saved.* You can stop here. *Add to the story* keeps what you type below; *Skip* does not.
      ? What had to go right for this to stay a near-miss? <plain_text_input, multiline>
        hint: One thing per line. Small things count, and so does luck.
        placeholder: We open ten invoices by hand before every run
      ? How close was it? <plain_text_input, multiline>
        hint: If one thing had gone differently, what would have reached people?
        placeholder: One hour later, 400 customers would have had a wrong invoice
      ? How was it noticed? <static_select>
        placeholder: Choose the closest
        ( ) An alert or alarm
        ( ) A dashboard or report
        ( ) A customer or caller
        ( ) A colleague
        ( ) A routine check
        ( ) A feeling that something was off
        ( ) By chance
        ( ) Something else
      ? What was the first thing that made someone look? <plain_text_input, multiline>
        hint: What did they see or hear, and where?
        placeholder: The total looked low next to last month's
      ? What did you expect to happen? <plain_text_input, multiline>
      ? What happened instead? <plain_text_input, multiline>
        hint: What surprised you? "I don't know yet" is an answer.
      ? Who were we protecting? <plain_text_input, multiline>
        hint: Who would have felt it: customers, callers, colleagues, a partner?
      ? Who did it take? <plain_text_input, multiline>
        hint: Describe roles, not people.
        placeholder: Someone who can release outside the window
      ? Did it reach anyone who relies on this? <static_select>
        hint: Customers, callers or colleagues. Any answer is fine here.
        placeholder: Choose one
        ( ) No
        ( ) Briefly
        ( ) Not sure
      "
    `);
  });

  test('what each person made possible', () => {
    const people = [
      { personId: 'U_JON', name: 'Jon Park' },
      { personId: 'U_AMIRA', name: 'Amira Haddad', words: 'Knew the supplier' },
    ];
    expect(transcript(madePossible('id', people))).toMatchInlineSnapshot(`
      "
      # Who did it take?
      [Add to the story] [Skip]
      ? What did Jon Park make possible? <plain_text_input, multiline>
        hint: For example: could release outside the window, knew the supplier.
      ? What did Amira Haddad make possible? <plain_text_input, multiline>
        = Knew the supplier
      "
    `);
  });

  test('the end without a name', () => {
    expect(
      transcript(savedWithoutName('Nothing is posted. People find it in the app.')),
    ).toMatchInlineSnapshot(`
      "
      # Share a near-miss
      [Close]
      Thank you. It is saved.
      <small> Nothing is posted. People find it in the app.
      "
    `);
  });
});

describe('tell more', () => {
  test('the list', () => {
    expect(transcript(tellMore(told))).toMatchInlineSnapshot(`
      "
      # Tell more
      [Close]
      ~ *What went right*: what went right, what kind of help each was, what another team could borrow
      3 answered
      [What went right]
      ~ *How it was noticed*: where, what it said, could you tell broken from slow and running from right
      2 answered
      [How it was noticed]
      ~ *What surprised us*: what was expected, what happened, what is understood now
      2 answered
      [What surprised us]
      ~ *Who it took*: who, what each made possible, how you knew to reach them
      1 answered
      [Who it took]
      ~ *Who we were protecting*: who, what they needed and by when, how we knew they were getting it
      1 answered
      [Who we were protecting]
      "
    `);
  });

  test('went_right, to the person who shared it', () => {
    expect(transcript(topicView(told, 'went_right', 'U_MARIA', names))).toMatchInlineSnapshot(`
      "
      # What went right
      [Add to the story] [Back]
      ? What had to go right for this to stay a near-miss? <plain_text_input, multiline>
        hint: One thing per line. Small things count, and so does luck.
        placeholder: We open ten invoices by hand before every run
        = We open ten invoices by hand before every run
      the send was planned for 10:00
      ? What kind of help was it? <static_select>
        hint: We open ten invoices by hand before every run
        ( ) Built that way
        ( ) Someone's skill
        ( ) People who know each other
        ( ) A workaround we had ready
        ( ) Luck
      ? What kind of help was it? <static_select>
        hint: the send was planned for 10:00
        ( ) Built that way
        ( ) Someone's skill
        ( ) People who know each other
        ( ) A workaround we had ready
        (x) Luck
      ? How close was it? <plain_text_input, multiline>
        hint: If one thing had gone differently, what would have reached people?
        placeholder: One hour later, 400 customers would have had a wrong invoice
        = One hour later, 400 customers would have had a wrong invoice.
      ? Which part could another team borrow? <plain_text_input, multiline>
        hint: One sentence they could act on this week.
        = Before a large send, open ten items by hand.
      "
    `);
  });

  test('detection, to the person who shared it', () => {
    expect(transcript(topicView(told, 'detection', 'U_MARIA', names))).toMatchInlineSnapshot(`
      "
      # How it was noticed
      [Add to the story] [Back]
      ? How was it noticed? <static_select>
        placeholder: Choose the closest
        ( ) An alert or alarm
        ( ) A dashboard or report
        ( ) A customer or caller
        ( ) A colleague
        (x) A routine check
        ( ) A feeling that something was off
        ( ) By chance
        ( ) Something else
      ? What was the first thing that made someone look? <plain_text_input, multiline>
        hint: What did they see or hear, and where?
        placeholder: The total looked low next to last month's
        = The total looked low next to last month's
      ? Where did you see it, and what did it say? <plain_text_input, multiline>
      ? How could you tell broken from slow, and running from right? <plain_text_input, multiline>
      "
    `);
  });

  test('expectations, to the person who shared it', () => {
    expect(transcript(topicView(told, 'expectations', 'U_MARIA', names))).toMatchInlineSnapshot(`
      "
      # What surprised us
      [Add to the story] [Back]
      ? What did you expect to happen? <plain_text_input, multiline>
        = A green job means right invoices.
      ? What happened instead? <plain_text_input, multiline>
        hint: What surprised you? "I don't know yet" is an answer.
        = It checks that they exist.
      ? What do you understand now about how this works, or came to be this way? <plain_text_input, multiline>
      "
    `);
  });

  test('key_players, to the person who shared it', () => {
    expect(transcript(topicView(told, 'key_players', 'U_MARIA', names))).toMatchInlineSnapshot(`
      "
      # Who it took
      [Add to the story] [Back]
      ? Who did it take? <multi_users_select, at most 10>
        hint: Include people outside the team: who approved, had access, knew the history.
        placeholder: Choose people
        = U_JON
      ? How did you know to reach them? <plain_text_input, multiline>
      "
    `);
  });

  test('users, to the person who shared it', () => {
    expect(transcript(topicView(told, 'users', 'U_MARIA', names))).toMatchInlineSnapshot(`
      "
      # Who we were protecting
      [Add to the story] [Back]
      ? Who were we protecting? <plain_text_input, multiline>
        hint: Who would have felt it: customers, callers, colleagues, a partner?
        = Customers, and the colleagues who answer their calls.
      ? What did they need from us, and by when? <plain_text_input, multiline>
      ? How did we know, or could we know, that they were getting it? <plain_text_input, multiline>
      "
    `);
  });

  test('a topic, to others', () => {
    expect(transcript(topicView(told, 'expectations', 'U_JON', names))).toMatchInlineSnapshot(`
      "
      # What surprised us
      [Add to the story] [Back]
      *NM-12 · Invoices*
      The invoices had last year's tax rate. We saw it an hour before they went out.

      *What went right*
      • We open ten invoices by hand before every run
      • Luck: the send was planned for 10:00

      *How close it was*
      One hour later, 400 customers would have had a wrong invoice.

      *What surprised us*
      A green job means right invoices.
      It checks that they exist.

      *How it was noticed*
      A routine check
      The total looked low next to last month's

      *Who it took*
      Could stop the send

      *Who we were protecting*
      Customers, and the colleagues who answer their calls.

      *Worth borrowing*
      Before a large send, open ten items by hand.
      Your words are added under your name. They do not replace anyone's.
      ? What did you expect to happen? <plain_text_input, multiline>
      ? What happened instead? <plain_text_input, multiline>
        hint: What surprised you? "I don't know yet" is an answer.
      ? What do you understand now about how this works, or came to be this way? <plain_text_input, multiline>
      "
    `);
  });

  test('a topic, to others, where nobody may see who shared it', () => {
    const { reporterId: _none, ...quiet } = { ...told, tier: 'unattributed' as const };
    expect(transcript(topicView(quiet, 'key_players', 'U_JON', names))).toContain(
      "Your words are added under your name. They do not replace anyone's. What you add here carries your name.",
    );
  });

  test('what could replace the luck', () => {
    expect(transcript(replaceLuck('id'))).toMatchInlineSnapshot(`
      "
      # What went right
      [Add to the story] [Skip]
      ? What could replace the luck? <plain_text_input, multiline>
      "
    `);
  });
});

describe('reading and changing', () => {
  test('the whole of it', () => {
    const added = { ...EMPTY_TELLING, authorId: 'U_JON', saves: [{ text: 'I was in the channel' }] };
    expect(transcript(nearMissView({ ...told, added: [added] }, names))).toMatchInlineSnapshot(`
      "
      # NM-12
      [Close]
      *NM-12 · Invoices*
      The invoices had last year's tax rate. We saw it an hour before they went out.

      *What went right*
      • We open ten invoices by hand before every run
      • Luck: the send was planned for 10:00
      • I was in the channel (Jon Park)

      *How close it was*
      One hour later, 400 customers would have had a wrong invoice.

      *What surprised us*
      A green job means right invoices.
      It checks that they exist.

      *How it was noticed*
      A routine check
      The total looked low next to last month's

      *Who it took*
      Could stop the send

      *Who we were protecting*
      Customers, and the colleagues who answer their calls.

      *Worth borrowing*
      Before a large send, open ten items by hand.
      <small> Shared by Maria Lopez · Nobody who relies on this was affected
      [Tell more] [… Who can see this | Edit or withdraw]
      "
    `);
  });

  test('edit or withdraw, to the person who shared it and to others', () => {
    expect(transcript(changeMenu(shared))).toMatchInlineSnapshot(`
      "
      # Edit or withdraw
      [Close]
      [Edit my words] [Change who can see this] [Withdraw] -> Withdraw NM-12? Your words are removed from the app and the card. Views that others added are theirs and are removed only by them. [Withdraw] [Keep it]
      "
    `);
    expect(transcript(notYoursToChange())).toMatchInlineSnapshot(`
      "
      # Edit or withdraw
      [Close]
      Only the person who shared this can change it. You can add to it with Tell more.
      "
    `);
  });

  test('edit my words', () => {
    expect(transcript(editWords(shared))).toMatchInlineSnapshot(`
      "
      # Edit my words
      [Save] [Cancel]
      ? What nearly happened? (required) <plain_text_input, multiline, focus>
        = The invoices had last year's tax rate. We saw it an hour before they went out.
      ? Which system or process? <plain_text_input>
        = Invoices
      "
    `);
  });

  test('change who can see this', () => {
    expect(
      transcript(changeWhoCanSee(shared, around, 'Everyone at Acme can read it.')),
    ).toMatchInlineSnapshot(`
      "
      # Who can see this
      [Save] [Cancel]
      <small> Now: Everyone at Acme can read it.
      ? Who may see that it was you? (required) <static_select>
        (x) Anyone who can read it — Colleagues can thank you and ask you about it.
        ( ) Nobody — The app stores no name. It cannot send you replies.
      ? Who may read it? (required) <static_select>
        (x) Everyone at Acme
        ( ) Only members of #payments-ops
      If you choose Nobody, your name, the thread, the people you named and the time are removed from the app, and the card from the channel. After that it cannot be changed or withdrawn.
      "
    `);
  });
});

test('in a direct message, changing who can see it says when the name is shown whatever is chosen', () => {
  const inDirect = { ...shared, conversation: { id: 'D1', name: '', kind: 'direct' as const } };
  const words =
    'If only the people in this conversation may read it, your name is shown: they would know anyway.';
  expect(transcript(changeWhoCanSee(inDirect, around, 'Now.'))).toContain(words);
  expect(transcript(changeWhoCanSee(shared, around, 'Now.'))).not.toContain(words);
});

describe('App Home', () => {
  test('with nothing yet', () => {
    expect(transcript(home({ drafts: [], mine: [], others: [] }))).toMatchInlineSnapshot(`
      "
      ## Learn from what nearly happened
      ~ A near-miss is something that could have reached people and did not, because someone noticed or something held. You do not have to be sure that it counts. One line is enough.
      [Share a near-miss]
      ## What one looks like (made up)
      ~ _The invoices had last year's tax rate. We saw it an hour before they went out._
      What went right: ten invoices are opened by hand before every run.
      Worth borrowing: before a large send, open ten items by hand and compare one number you know.
      ## What happens with it
      ~ You choose who may read it and who may see that it was you. Colleagues can add to the story in their own words.
      ## Yours
      ~ Nothing yet. What you share is listed here, unless you choose that nobody may see it was you.
      ## From others
      ~ Nothing yet. The first one starts it.
      "
    `);
  });

  test('with some', () => {
    const draft = {
      ...shared,
      id: 'draft',
      number: 13,
      system: undefined,
      summary: 'Phones were down.\nWe had the old line.',
    };
    const other = { ...told, id: 'other', number: 14, system: 'Phones', summary: 'x'.repeat(200) };
    expect(
      transcript(home({ drafts: [draft], mine: [draft, told], others: [other] })),
    ).toMatchInlineSnapshot(`
      "
      [Share a near-miss]
      ## Started, not finished
      NM-13: Phones were down. We had the old line.
      [Go on]
      ## Yours, and what came of them
      NM-12 · Invoices: The invoices had last year's tax rate. We saw it an hour before they went out.
      [Read]
      ## From others
      NM-14 · Phones: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…
      [Read]
      "
    `);
  });

  test('Yours is always there, the others only when there is something', () => {
    const lists = transcript(home({ drafts: [], mine: [], others: [told] }));
    expect(lists).toMatch(/## Yours\n.*Nothing yet\. What you share is listed here/);
    expect(lists).not.toContain('Started, not finished');
    const drafts = transcript(home({ drafts: [shared], mine: [shared], others: [] }));
    expect(drafts).toMatch(/## Started, not finished\n[^#]*## Yours\n/);
    expect(drafts).not.toContain('From others');
  });
});
