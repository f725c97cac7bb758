import { describe, expect, test } from 'vitest';
import type { Message } from '../sandbox/state.ts';
import {
  callsOf,
  choose,
  ephemeralOf,
  expectNoComplaints,
  inputOf,
  modalOf,
  rows,
  stepOneOf,
  titleOf,
  typedIn,
  wordsOf,
} from './doing.ts';
import { type Office, openOffice } from './office.ts';

const MANY = Array.from({ length: 14 }, (_, at) => `p${String(at).padStart(2, '0')}`);

/** A thread of `count` messages by `authors`, the first of whom writes most. */
function threadOf(
  { workspace }: Office,
  count: number,
  authors: string[],
  channel = 'payments-ops',
): Message {
  const author = (at: number) => workspace.person(authors[at % (2 * authors.length)] ?? authors[0] ?? '');
  const root = author(0).say(channel, 'The invoices look wrong');
  for (let at = 1; at < count; at += 1) author(at).say(channel, `message ${at}`, { threadTs: root.ts });
  return root;
}

async function shareFrom(office: Office, who: string, message: Message) {
  await office.workspace.person(who).messageShortcut('share_from_message', message);
  return stepOneOf(office, who);
}

/** Step 2 with what the thread said, by handles. */
async function saved(office: Office, who: string) {
  const person = office.workspace.person(who);
  await person.submit();
  const view = await modalOf(office, who, 'What can we learn?');
  const chosen = (inputOf(view, 'key_players').selected_users ?? []) as string[];
  return { view, people: chosen.map((id) => office.workspace.person(id).handle) };
}

describe('how much of a thread was read is said', () => {
  test.each([
    [1, '1 message, 1 person'],
    [2, '2 messages, 2 people'],
    [250, '250 messages, 2 people'],
    [1000, '1000 messages, 2 people'],
  ])('%i messages', async (count, said) => {
    const office = await openOffice();
    const view = await shareFrom(office, 'maria', threadOf(office, count, ['jon', 'maria']));
    expect(wordsOf(view)).toContain(`From the thread: ${said}, started `);
    expect(typedIn(view, 'summary')).toBe('The invoices look wrong');
    expect(wordsOf(view)).toContain('You choose what to keep in the next step.');
    expectNoComplaints(office);
  });

  test('the start is said in the zone of whoever shares', async () => {
    const office = await openOffice({ now: () => Date.UTC(2025, 9, 14, 19, 40) });
    const { workspace } = office;
    await workspace.until(() => callsOf(office, 'users.list').some(({ outcome }) => outcome === 'ok'));
    const view = await shareFrom(office, 'maria', threadOf(office, 1, ['jon']));
    expect(wordsOf(view)).toContain('started Tuesday 14 October, 21:40. You choose');
  });
});

test('a zone Slack made up is no reason not to read the thread', async () => {
  const office = await openOffice({
    people: [
      { handle: 'maria', tz: 'Mars/Olympus_Mons' },
      { handle: 'jon', tz: 'UTC' },
    ],
    channels: [{ name: 'payments-ops', members: ['maria', 'jon'], app: true }],
    now: () => Date.UTC(2025, 9, 14, 19, 40),
  });
  await office.workspace.until(() => callsOf(office, 'users.list').some(({ outcome }) => outcome === 'ok'));
  const view = await shareFrom(office, 'maria', threadOf(office, 1, ['jon']));
  expect(wordsOf(view)).toContain('started Tuesday 14 October, 19:40 UTC. You choose');
  expectNoComplaints(office);
});

describe('who took part', () => {
  test('most active first, at most ten, never the person who shares', async () => {
    const office = await openOffice({
      people: [{ handle: 'maria' }, ...MANY.map((handle) => ({ handle }))],
      channels: [{ name: 'payments-ops', members: ['maria', ...MANY], app: true }],
    });
    const { workspace } = office;
    const root = workspace.person('maria').say('payments-ops', 'The invoices look wrong');
    for (const [at, handle] of MANY.entries()) {
      for (let times = 0; times <= at; times += 1)
        workspace.person(handle).say('payments-ops', 'here', { threadTs: root.ts });
    }
    await shareFrom(office, 'maria', root);
    const { people } = await saved(office, 'maria');
    expect(people).toEqual(MANY.toReversed().slice(0, 10));
    expectNoComplaints(office);
  });

  test('no bots, not Slackbot, and not this app', async () => {
    const office = await openOffice({
      people: [{ handle: 'maria' }, { handle: 'jon' }, { handle: 'deploybot', isBot: true }],
      channels: [{ name: 'payments-ops', members: ['maria', 'jon', 'deploybot', 'slackbot'], app: true }],
    });
    const { workspace } = office;
    await workspace.until(() => callsOf(office, 'users.list').some(({ outcome }) => outcome === 'ok'));
    const root = workspace.person('jon').say('payments-ops', 'The invoices look wrong');
    for (const handle of ['deploybot', 'slackbot', 'deploybot']) {
      workspace.person(handle).say('payments-ops', 'beep', { threadTs: root.ts });
    }
    const view = await shareFrom(office, 'maria', root);
    expect(wordsOf(view)).toContain('From the thread: 4 messages, 1 person, started');
    expect((await saved(office, 'maria')).people).toEqual(['jon']);
    expectNoComplaints(office);
  });
});

describe('an alert', () => {
  test('that started the thread becomes the signal, and the first person’s words the story', async () => {
    const office = await openOffice();
    const { workspace } = office;
    const root = workspace.botSays('payments-ops', 'Totals &lt; 90% of last month', { username: 'Grafana' });
    workspace.person('jon').say('payments-ops', 'looking into it', { threadTs: root.ts });
    const step = await shareFrom(office, 'maria', root);
    expect(typedIn(step, 'summary')).toBe('looking into it');
    const { view, people } = await saved(office, 'maria');
    expect(inputOf(view, 'signal_kind').selected_option).toMatchObject({ value: 'alert' });
    expect(typedIn(view, 'noticed')).toBe('Grafana: Totals < 90% of last month');
    expect(people).toEqual(['jon']);
    expectNoComplaints(office);
  });

  test('is not what this app itself posted: the card of an earlier near-miss is no signal', async () => {
    const office = await openOffice();
    const { workspace } = office;
    const root = workspace.person('jon').say('payments-ops', 'The invoices look wrong');
    await shareFrom(office, 'maria', root);
    await saved(office, 'maria');
    await workspace.person('maria').close();
    await workspace.until(() => workspace.person('maria').thread('payments-ops', root.ts).length === 2);

    await shareFrom(office, 'amira', root);
    const { view } = await saved(office, 'amira');
    expect(typedIn(view, 'noticed')).toBe('');
    expect(inputOf(view, 'signal_kind').selected_option).toBeNull();
    expectNoComplaints(office);
  });
});

test('shared from a reply, the whole thread is read and the card goes into that thread', async () => {
  const office = await openOffice();
  const { workspace } = office;
  const root = workspace.person('jon').say('payments-ops', 'The invoices look wrong');
  const reply = workspace.person('amira').say('payments-ops', 'I can stop the send', { threadTs: root.ts });
  const view = await shareFrom(office, 'maria', reply);
  expect(typedIn(view, 'summary')).toBe('The invoices look wrong');
  expect(wordsOf(view)).toContain('From the thread: 2 messages, 2 people');
  expect(wordsOf(view)).toContain('with a card in this thread. Change it below.');
  await saved(office, 'maria');
  await workspace.until(() => workspace.person('jon').thread('payments-ops', root.ts).length === 3);
  await workspace.person('maria').close();
  const told = await ephemeralOf(office, 'maria', 'Its card is in this thread.');
  expect(told.thread_ts).toBe(root.ts);
  expectNoComplaints(office);
});

test('mentions in the thread are names, or nobody in particular, and never ids', async () => {
  const office = await openOffice();
  const { workspace } = office;
  await workspace.until(() => callsOf(office, 'users.list').some(({ outcome }) => outcome === 'ok'));
  const root = workspace.person('jon').say('payments-ops', '@amira saw it & told #quiet');
  workspace.state.messages.find(({ ts }) => ts === root.ts)!.text += ' and <@U0GONE0000> <!here>';
  const view = await shareFrom(office, 'maria', root);
  expect(typedIn(view, 'summary')).toBe('@Amira Haddad saw it & told #quiet and @someone @here');
});

describe('the one message that was picked has to do', () => {
  const inviting =
    'Only the message you picked could be read. To include the thread, invite the app with `/invite @nearmiss`. Everything else works without it.';

  test.each([
    ['a public channel the app is not in', 'quiet', 'Everyone at Acme can read the story'],
    [
      'a private channel it is not in',
      'board',
      'Only you can read the story, until the app is invited to this conversation.',
    ],
    [
      'a direct message',
      'maria-and-jon',
      'Only you can read the story, because the app is not in this conversation.',
    ],
  ])('in %s', async (_where, channel, readers) => {
    const office = await openOffice();
    const { workspace } = office;
    workspace.addChannel({ name: 'maria-and-jon', kind: 'im', members: ['maria', 'jon'] });
    const root = workspace.person('jon').say(channel, 'The invoices look wrong');
    const reply = workspace.person('jon').say(channel, 'I opened ten by hand', { threadTs: root.ts });
    const view = await shareFrom(office, 'maria', reply);
    expect(typedIn(view, 'summary')).toBe('I opened ten by hand');
    // Nobody can invite an app to a direct message.
    const isDirect = channel === 'maria-and-jon';
    expect(wordsOf(view).includes('/invite')).toBe(!isDirect);
    expect(wordsOf(view)).toContain(isDirect ? 'Only the message you picked could be read.' : inviting);
    expect(wordsOf(view)).toContain(readers);
    expect((await saved(office, 'maria')).people).toEqual(['jon']);
    expectNoComplaints(office);
  });

  test('and once the app is invited, the thread is read and the channel known', async () => {
    const office = await openOffice();
    const { workspace } = office;
    const root = workspace.person('jon').say('board', 'The invoices look wrong');
    workspace.person('jon').say('board', 'stopped the send', { threadTs: root.ts });
    expect(wordsOf(await shareFrom(office, 'maria', root))).toContain(inviting);
    await workspace.person('maria').close();

    workspace.person('maria').inviteApp('board');
    const view = await shareFrom(office, 'maria', root);
    expect(wordsOf(view)).toContain('From the thread: 2 messages, 1 person');
    expect(wordsOf(view)).toContain('Only members of #board can read the story');
    expect(wordsOf(view)).toContain('A card goes into this thread when you save.');
    expectNoComplaints(office);
  });

  test('where the scope to read history was declined: nobody is told to invite an app that is there', async () => {
    const office = await openOffice({ decline: ['channels:history'] });
    const root = threadOf(office, 5, ['jon']);
    const view = await shareFrom(office, 'maria', root);
    expect(wordsOf(view)).toContain(
      'Only the message you picked could be read. Everything else works without it.',
    );
    // The app is there already.
    expect(wordsOf(view)).not.toContain('/invite');
    expectNoComplaints(office);
  });

  test('a reply that was picked is not called the first message', async () => {
    const office = await openOffice({ decline: ['channels:history'] });
    const { workspace } = office;
    const root = workspace.person('jon').say('payments-ops', 'The invoices look wrong');
    const reply = workspace.person('jon').say('payments-ops', 'stopped the send', { threadTs: root.ts });
    const view = await shareFrom(office, 'maria', reply);
    expect(typedIn(view, 'summary')).toBe('stopped the send');
    expect(wordsOf(view)).toContain('Taken from the message you picked. Make it yours.');
    expectNoComplaints(office);
  });
});

describe('when Slack is slow', () => {
  const NO_TIME = 'There was no time to read the thread. Only the message you picked was read.';

  test.each([
    ['is broken', { kind: 'http', status: 503 }],
    ['limits the app', { kind: 'rate_limit', retryAfter: 30 }],
    ['is in trouble', { kind: 'error', error: 'internal_error' }],
  ] as const)('nobody is told to invite an app that is there: Slack %s', async (_how, trouble) => {
    const office = await openOffice();
    const root = threadOf(office, 5, ['jon']);
    office.workspace.faults.on('conversations.replies', trouble);
    const view = await shareFrom(office, 'maria', root);
    expect(wordsOf(view)).toContain(NO_TIME);
    expect(wordsOf(view)).not.toContain('/invite');
    expectNoComplaints(office);
  });

  test('what was found in the time there is is shown, with how much that is', async () => {
    const office = await openOffice();
    const { workspace } = office;
    const root = threadOf(office, 450, ['jon', 'amira']);
    const slow = workspace.faults.on('conversations.replies', { kind: 'hold', when: 'before' }, { nth: 2 });
    const view = await shareFrom(office, 'maria', root);
    expect(wordsOf(view)).toContain('From the thread: 200 messages, 2 people');
    slow.release();
    expectNoComplaints(office);
  });

  test('not a page in time is the one message; not a word about the channel is what the payload says', async () => {
    const office = await openOffice();
    const { workspace } = office;
    const root = threadOf(office, 5, ['jon']);
    const threads = workspace.faults.on('conversations.replies', { kind: 'hold', when: 'before' });
    const channel = workspace.faults.on('conversations.info', { kind: 'hold', when: 'before' });
    const view = await shareFrom(office, 'maria', root);
    expect(wordsOf(view)).toContain(NO_TIME);
    expect(wordsOf(view)).not.toContain('/invite');
    expect(wordsOf(view)).toContain('Only members of #payments-ops');
    threads.release();
    channel.release();
    expectNoComplaints(office);
  });

  test('a modal closed while the thread is read stays closed', async () => {
    const office = await openOffice();
    const { workspace } = office;
    const maria = workspace.person('maria');
    const root = threadOf(office, 2, ['jon']);
    const slow = workspace.faults.on('conversations.replies', { kind: 'hold', when: 'before' });
    await maria.messageShortcut('share_from_message', root);
    await modalOf(office, 'maria', 'Share a near-miss', 'Reading the thread.');
    await maria.close();
    slow.release();
    await workspace.until(() => callsOf(office, 'views.update').some(({ outcome }) => outcome !== 'pending'));
    expect(maria.view()).toBeUndefined();
    expect(workspace.person('maria').ephemerals()).toEqual([]);
    expectNoComplaints(office);
  });

  test('a page that is refused is not the end: what came before it counts', async () => {
    const office = await openOffice();
    const root = threadOf(office, 450, ['jon', 'amira']);
    office.workspace.faults.on('conversations.replies', { kind: 'rate_limit', retryAfter: 30 }, { nth: 2 });
    expect(wordsOf(await shareFrom(office, 'maria', root))).toContain(
      'From the thread: 200 messages, 2 people',
    );
    expectNoComplaints(office);
  });
});

describe('what a thread said is offered, not kept', () => {
  async function sharedFromAlert(office: Office) {
    const { workspace } = office;
    const root = workspace.botSays('payments-ops', 'Totals are low');
    workspace.person('jon').say('payments-ops', 'looking', { threadTs: root.ts });
    await shareFrom(office, 'maria', root);
  }

  test('it is stored once Add to the story is pressed', async () => {
    const office = await openOffice();
    await sharedFromAlert(office);
    await saved(office, 'maria');
    expect(rows(office, 'select * from key_players')).toEqual([]);
    expect(rows(office, 'select * from signals')).toEqual([]);
    await office.workspace.person('maria').submit();
    expect(rows(office, 'select person_id from key_players')).toEqual([
      { person_id: office.workspace.person('jon').id },
    ]);
    expect(rows(office, 'select kind, noticed from signals')).toEqual([
      { kind: 'alert', noticed: 'Alerts: Totals are low' },
    ]);
    expectNoComplaints(office);
  });

  test('under Nobody nothing of it is offered', async () => {
    const office = await openOffice();
    await sharedFromAlert(office);
    await choose(office, 'maria', 'tier', 'unattributed');
    const { view, people } = await saved(office, 'maria');
    expect(people).toEqual([]);
    expect(typedIn(view, 'noticed')).toBe('');
    expect(inputOf(view, 'signal_kind').selected_option).toBeNull();
    expectNoComplaints(office);
  });

  test('cleared, nothing of it is stored', async () => {
    const office = await openOffice();
    await sharedFromAlert(office);
    await saved(office, 'maria');
    const maria = office.workspace.person('maria');
    await maria.change('view', 'key_players', []);
    await maria.change('view', 'noticed', null);
    await maria.change('view', 'signal_kind', null);
    await maria.submit();
    expect(rows(office, 'select * from key_players')).toEqual([]);
    expect(rows(office, 'select * from signals')).toEqual([]);
    expect(titleOf(maria.view())).toBe('');
    expectNoComplaints(office);
  });
});
