import { describe, expect, test } from 'vitest';
import {
  callsOf,
  choose,
  expectNoComplaints,
  inputOf,
  rows,
  titleOf,
  typedIn,
  wordsOf,
} from '../support/doing.ts';
import { type Office, openOffice } from '../support/office.ts';
import { saved, shareFrom } from '../support/thread-steps.ts';

const MANY = Array.from({ length: 14 }, (_, at) => `p${String(at).padStart(2, '0')}`);

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
