import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { alertWords } from '../../src/domain/capture/thread/alert.ts';
import { cleanedTitle } from '../../src/domain/capture/thread/alert-title.ts';
import { askedAbout, asks, withoutAsking } from '../../src/domain/capture/thread/asking.ts';
import { botMessage } from '../../src/domain/capture/thread/bot-message.ts';
import {
  capitalised,
  tidied,
  withoutAddresses,
  withoutCommitIds,
} from '../../src/domain/capture/thread/clean-text.ts';
import { onlyAcknowledges, onlyThanks } from '../../src/domain/capture/thread/courtesies.ts';
import { answerOf, askerOf } from '../../src/domain/capture/thread/form.ts';
import type { Part } from '../../src/domain/capture/thread/message.ts';
import { nameMarker, withoutNames, withoutPings } from '../../src/domain/capture/thread/names.ts';
import { withoutOpenings } from '../../src/domain/capture/thread/openings.ts';
import { saysWhatIsWrong, saysWhatWasDone } from '../../src/domain/capture/thread/what-is-wrong.ts';

describe('an alert’s title is cleaned', () => {
  test.each([
    ['[FIRING:2] InvoiceQueueBacklog billing (eu prod page)', 'Invoice queue backlog'],
    ['[FIRING:1, RESOLVED:2] TargetDown (node)', 'Target down'],
    ['FIRING[3] HostHighCpuLoad - Team platform', 'Host high cpu load'],
    ['Triggered: [P2] Disk almost full on host:files-3', 'Disk almost full on files-3'],
    ['[No Data] Heartbeats', 'No data: Heartbeats'],
    ['#318: [Watch] Backup has not run', 'Backup has not run'],
    ['SUP-231 Label printer prints blank pages', 'Label printer prints blank pages'],
    ['ALARM: "invoice-dlq-not-empty" in EU (Ireland)', 'Invoice dlq not empty'],
    ['CloudWatch Alarm | payroll-export-errors | eu-west-1 | Account: 123456789012', 'Payroll export errors'],
    ['DOWN: Booking page (https://booking.example) - Reason: HTTP 503', 'Booking page is down: HTTP 503'],
    ['Fired: Sev1 - Sign-in failures', 'Sign-in failures'],
    ['TypeError: a is undefined', 'TypeError: a is undefined'],
    ['GitHub and PagerDuty are slow', 'GitHub and PagerDuty are slow'],
    ['print-3/Spooler is CRITICAL: 412 jobs', 'print-3/Spooler is CRITICAL: 412 jobs'],
    ['Fridge 2 is at 11 °C (limit 8 °C)', 'Fridge 2 is at 11 °C (limit 8 °C)'],
    ['Totals differ since 9f3c2ab1d', 'Totals differ since'],
    ['[FIRING:1]', ''],
  ])('%s', (raw, clean) => expect(cleanedTitle(raw)).toBe(clean));
});

describe('an alert says its title, and its summary where that says more', () => {
  const heading = (text: string): Part => ({ text, isHeading: true });
  test.each<[string, Part[], string]>([
    [
      'a summary',
      [heading('LagHigh'), { label: 'Summary', text: 'Lag is above ten minutes' }],
      'Lag high: Lag is above ten minutes',
    ],
    [
      'another summary',
      [heading('LedgerLag'), { text: 'summary = Bookings come late' }],
      'Ledger lag: Bookings come late',
    ],
    [
      'a summary in the title',
      [heading('Disk is full on files-3'), { text: 'disk is full' }],
      'Disk is full on files-3',
    ],
    [
      'facts only',
      [heading('Disk is full'), { label: 'Service', text: 'the file store of all' }],
      'Disk is full',
    ],
    ['no title', [heading('New alert'), { text: 'Nobody can sign in' }], 'Nobody can sign in'],
    [
      'an error and its code',
      [{ text: 'KeyError' }, { text: "no 'vat'", isCode: true }],
      "KeyError: no 'vat'",
    ],
    ['values for machines', [heading('Lag'), { text: 'Value: [ var=A labels={a=b} ]' }], 'Lag'],
    ['nothing', [], ''],
  ])('%s', (_what, parts, words) => expect(alertWords({ parts })).toBe(words));
});

describe('a bot’s message is', () => {
  const of = (text: string, more: object = {}) =>
    botMessage({ at: 0, bot: 'Bot', parts: [{ text }], ...more });
  test.each([
    ['alert', 'Stock sync is 40 minutes late'],
    ['alert', 'Deployment of rota to production failed'],
    ['alert', '[FIRING:1] ReleaseLate'],
    ['over', '[RESOLVED] Stock sync'],
    ['over', 'OK: "stock-sync" in EU (Ireland)'],
    ['over', 'Incident #12 was acknowledged by the night shift'],
    ['over', 'Booking page is UP again'],
    ['notice', 'Pull request merged: new tax table'],
    ['notice', 'shop v2.4 deployed to production'],
    ['form', 'New request from the front desk'],
    ['talk', 'Reminder: hand in your hours'],
    ['talk', 'What are you working on today?'],
    ['nothing', ' '],
  ])('%s: %s', (kind, text) => expect(of(text)).toBe(kind));

  test('a notice by what it was sent with, which nobody sees', () => {
    expect(of('#9 New tax table', { aside: '[shop] Pull request merged' })).toBe('notice');
  });

  test('talk, where it begins with whom it speaks to; an alert, where it calls somebody to what is wrong', () => {
    const to = (text: string) => of(text, { parts: [{ text, mentions: ['U1'] }] });
    expect(to('@Amira see the handbook')).toBe('talk');
    expect(to('@Amira the backup failed')).toBe('alert');
  });
});

describe('a form', () => {
  const form: Part[] = [
    { text: 'New request' },
    { label: 'Assigned to', text: '@Jon', mentions: ['U2'] },
    { label: 'Approved by the owner', text: '@Jon', mentions: ['U2'] },
    { label: 'Requested by', text: '@Amira', mentions: ['U1'] },
    { label: 'Which system?', text: 'The phones at the front desk' },
    { label: 'What is happening?', text: 'Callers are cut off' },
  ];
  test('gives the answer to what is wrong, not the first and not the longest', () => {
    expect(answerOf({ parts: form })).toBe('Callers are cut off');
  });
  test('is of who asked, not of who is to help', () => expect(askerOf({ parts: form })).toBe('U1'));
  test('in another language gives the longest answer', () => {
    const parts = [
      { label: 'Toimipiste', text: 'Helsingin toimisto' },
      { label: 'Mitä?', text: 'Ovi ei mene lukkoon illalla' },
    ];
    expect(answerOf({ parts })).toBe('Ovi ei mene lukkoon illalla');
  });
});

describe('what only opens the words is stripped', () => {
  test.each([
    ['Hi all, the rota is empty', 'the rota is empty'],
    ['Good morning everyone! The rota is empty', 'The rota is empty'],
    ['Hello payments team, the rota is empty', 'the rota is empty'],
    ['just a quick heads-up that the rota is empty', 'the rota is empty'],
    ['FYI: [SEV2] the rota is empty', 'the rota is empty'],
    ['09:12 UTC - We are seeing errors on the booking page', 'errors on the booking page'],
    ['[2026-10-14 09:12] the rota is empty', 'the rota is empty'],
    ['Thanks for looking: the rota is empty', 'the rota is empty'],
    ['So it turns out that the rota is empty', 'the rota is empty'],
    ['Not sure who to ask, but the rota is empty', 'the rota is empty'],
    ['• the rota is empty', 'the rota is empty'],
  ])('%s', (text, left) => expect(withoutOpenings(text)).toBe(left));

  test.each([
    'All customers got the mail twice',
    'Hide the price list',
    'Morning shifts are missing',
    'We received the same parcel twice',
    'Updated prices are missing',
    'Reports are empty',
    'Alarm panel shows a fault',
  ])('and nothing else: %s', (text) => expect(withoutOpenings(text)).toBe(text));
});

describe('what asks is dropped', () => {
  test.each([
    ['The list is empty, can somebody look?', 'The list is empty'],
    ['The list is empty, please check', 'The list is empty'],
    ['The list is empty - any ideas?', 'The list is empty'],
    ['Le planning de demain est vide, quelqu’un peut vérifier ?', 'Le planning de demain est vide'],
    ['The list is empty', 'The list is empty'],
  ])('%s', (text, left) => expect(withoutAsking(text)).toBe(left));

  test.each([
    'Is the list empty?',
    'Please check the list',
    'Need help with the list',
    'リストは空ですか？',
    'Anyone there',
  ])('asks: %s', (text) => expect(asks(text)).toBe(true));
  test.each(['The help desk is empty', 'When the list was sent it was empty', 'Willing hands are missing'])(
    'does not: %s',
    (text) => expect(asks(text)).toBe(false),
  );

  test.each([
    ['Is anyone else seeing empty receipts?', 'empty receipts'],
    ['Is the list empty for anyone else?', undefined],
    ['Does anyone know why the list is empty?', 'the list is empty'],
    ['Why is the till printing blank receipts?', 'the till is printing blank receipts'],
    ['Do you have a minute?', undefined],
    ['Shall we meet?', undefined],
  ])('asked about: %s', (question, about) => expect(askedAbout(question)).toBe(about));
});

describe('courtesies', () => {
  test.each([
    'thanks',
    'Thank you so much!',
    'great catch everyone',
    'thx for the quick fix',
    '+1',
    '!!',
    'merci beaucoup',
    'lol',
    'Thanks, all',
  ])('only thanks: %s', (text) => expect(onlyThanks(text)).toBe(true));
  test.each([
    'thanks, I replaced the list',
    'same here',
    'ok',
    '42',
    'the great hall is flooded',
    'good morning',
    'this',
  ])('says more: %s', (text) => expect(onlyThanks(text)).toBe(false));
  test.each([
    'On it',
    "Ack'd",
    'looking into it now',
    'I’ll take a look',
    'same here',
    'done, thanks',
    'omw',
  ])('only acknowledges: %s', (text) => expect(onlyAcknowledges(text)).toBe(true));
  test.each(['On it: the list was empty', 'Looking at the list, it is empty', 'Yes the whole list is gone'])(
    'does more: %s',
    (text) => expect(onlyAcknowledges(text)).toBe(false),
  );
});

describe('what is wrong, and what was done', () => {
  test.each([
    'The totals are off by 404s',
    'Nobody can sign in',
    'Die Liste fehlt',
    'La liste est vide',
    'It doesn’t print',
  ])('wrong: %s', (text) => expect(saysWhatIsWrong(text)).toBe(true));
  test.each(['The list is here', 'Prices went up'])('not wrong: %s', (text) =>
    expect(saysWhatIsWrong(text)).toBe(false),
  );
  test.each([
    'Restarted the job',
    'rolling back now',
    'I will call the company',
    'We’re failing over',
    'Deploy of 2.4 finished',
  ])('done: %s', (text) => expect(saysWhatWasDone(text)).toBe(true));
  test.each([
    'Calls go to the canteen',
    'Updated prices are missing',
    'We can’t export the payroll',
    'We nearly paid twice',
    'Message queue is full',
  ])('not done: %s', (text) => expect(saysWhatWasDone(text)).toBe(false));
});

describe('addresses, ids and letters', () => {
  test.each([
    ['Blank: https://a.example/x?y=1', 'Blank:'],
    ['https://a.example/x returns 500', 'a.example returns 500'],
    ['500s on https://a.example/x, again', '500s on a.example, again'],
    ['Failed (see https://a.example/x)', 'Failed'],
    ['Mails to ops@a.example bounce', 'Mails to an address bounce'],
  ])('%s', (text, left) => expect(tidied(withoutAddresses(text))).toBe(left));
  test('commit ids go, words and numbers stay', () => {
    expect(withoutCommitIds('since 9f3c2ab the facade of 1234567 defaced')).toBe(
      'since   the facade of 1234567 defaced',
    );
  });
  test.each([
    ['the list', 'The list'],
    ['iPad prints', 'iPad prints'],
    ['db1 is full', 'db1 is full'],
    ['état vide', 'État vide'],
  ])('a large letter: %s', (text, left) => expect(capitalised(text)).toBe(left));
});

describe('names', () => {
  const marked = nameMarker(['Amira Haddad', 'jon.berg', 'Will Mark', 'Front Desk', 'Dr. Ivo Lund (he/him)']);
  test.each([
    ['@Amira Haddad: the list is empty', 'the list is empty'],
    ['The list is empty, cc @Amira Haddad @someone', 'The list is empty'],
    ['The list is empty (@jon.berg)', 'The list is empty'],
    ['Amira, the list is empty', 'the list is empty'],
    ['amira emptied the list', 'a colleague emptied the list'],
    ['@Amira Haddad emptied the list', 'a colleague emptied the list'],
    ['Amira Haddad and Jon saw it', 'colleagues saw it'],
    ['Jon’s list is empty', 'a colleague’s list is empty'],
    ['I asked @jon.berg', 'I asked a colleague'],
    ['Ask dr. ivo lund', 'Ask dr. a colleague'],
    ['Will the mark on page 3 stay', 'Will the mark on page 3 stay'],
    ['The front desk printer is stuck', 'The front desk printer is stuck'],
    ['Jonathan and Berghain stay', 'Jonathan and Berghain stay'],
  ])('%s', (text, left) => expect(tidied(withoutNames(withoutPings(marked(text))))).toBe(left));

  test('whatever surrounds them, none is left', () => {
    const names = ['Amira Haddad', 'Jon Berg'];
    const words = fc.constantFrom(
      'Amira',
      'Haddad',
      'Jon Berg',
      '@Jon Berg',
      'the',
      'list',
      ',',
      ':',
      'cc',
      '’s',
      '(',
      ')',
      'and',
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 12 }), (said) => {
        const left = withoutNames(withoutPings(nameMarker(names)(said.join(' '))));
        expect(left).not.toMatch(/amira|haddad|jon|berg|[\uE000\uE001]/i);
      }),
      { numRuns: 200 },
    );
  });
});
