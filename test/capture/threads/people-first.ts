import { bot, header, person, rich, section, type ThreadExample } from './thread-example.ts';

/** Threads of people and forms, written before there were rules. */
export const PEOPLE_FIRST: ThreadExample[] = [
  {
    what: 'a form with labels',
    messages: [
      bot('Desk requests', {
        subtype: 'bot_message',
        text: '*New IT request*\n*Submitted by:* <@U3>\n*Department:* Accounts\n*Describe the problem:* The scanner in room 4 saves every page upside down\n*Priority:* High',
      }),
      person('U1', 'Looking into it'),
    ],
    line: 'The scanner in room 4 saves every page upside down',
    from: 'first',
    people: ['U1', 'U3'],
  },
  {
    what: 'a form in fields',
    messages: [
      bot('Front desk', {
        text: 'New report',
        blocks: [
          header('New report from the front desk'),
          section('', [
            '*Reporter*\n<@U2>',
            '*Where*\nWaiting room',
            '*What happened*\nTwo patients were called with the same number',
            '*Urgent*\nNo',
          ]),
        ],
      }),
      person('U4', 'thanks!'),
    ],
    line: 'Two patients were called with the same number',
    from: 'first',
    people: ['U2'],
  },
  {
    what: 'a ticket somebody opened',
    messages: [
      bot('Jira Cloud', {
        text: '*<@U4>* created a *Bug*',
        attachments: [
          {
            title: 'SUP-231 Label printer prints blank pages',
            fields: [
              { title: 'Status', value: 'To Do' },
              { title: 'Assignee', value: 'Unassigned' },
            ],
            fallback: 'SUP-231',
          },
        ],
      }),
      person('U2', 'Have seen this before, the driver loses its settings after an update'),
    ],
    line: 'Label printer prints blank pages',
    from: 'first',
    people: ['U2', 'U4'],
  },
  {
    what: 'a greeting, a ping and what is wrong, in one message',
    messages: [
      person(
        'U2',
        'Hi <@U3> and team :wave: just a heads-up: the refund list for May has every customer in it twice. Can somebody check before we send it?',
      ),
      person('U3', 'on it'),
      person('U4', 'Nice catch!! :tada:'),
    ],
    line: 'The refund list for May has every customer in it twice.',
    from: 'first',
    people: ['U2', 'U3'],
  },
  {
    what: 'a question first, then what is wrong',
    messages: [
      person('U1', 'Is anyone else having trouble with the phones?'),
      person('U1', 'Callers hear the queue music and then get cut off'),
      person('U2', 'same here'),
    ],
    line: 'Callers hear the queue music and then get cut off',
    from: 'reply',
    people: ['U1', 'U2'],
  },
  {
    what: 'only a question: what it asks about',
    messages: [
      person('U1', 'Is anyone else seeing empty receipts at the till?'),
      person('U2', 'yes'),
      person('U2', 'me too'),
    ],
    line: 'Empty receipts at the till',
    from: 'first',
    people: ['U1', 'U2'],
  },
  {
    what: 'a name in the words',
    messages: [
      person('U1', 'Maria noticed that the payroll file still has last month’s hours in it'),
      person('U3', 'I stopped the run'),
    ],
    line: 'The payroll file still has last month’s hours in it',
    from: 'first',
    people: ['U1', 'U3'],
  },
  {
    what: 'a mention at the head and another at the end',
    messages: [
      person('U4', '<@U1> <!subteam^S1|@ops> the wrong price list is on the counter screens, cc <@U2>'),
      person('U2', 'replaced it'),
    ],
    line: 'The wrong price list is on the counter screens',
    from: 'first',
    people: ['U2', 'U4'],
  },
  {
    what: 'a timeline with times',
    messages: [
      person('U1', '09:12 UTC - We are seeing elevated error rates on the booking API'),
      person('U1', '09:20 UTC - Rolled back the last release'),
      person('U2', '09:31 UTC - Error rates are back to normal'),
    ],
    line: 'Elevated error rates on the booking API',
    from: 'first',
    people: ['U1', 'U2'],
  },
  {
    what: 'an incident as a status page says it',
    messages: [
      person(
        'U3',
        'Investigating - We are currently investigating reports of customers who cannot sign in with their phone number.',
      ),
      person('U3', 'Identified - The issue has been identified and a fix is being implemented.'),
    ],
    line: 'Customers who cannot sign in with their phone number.',
    from: 'first',
    people: ['U3'],
  },
  {
    what: 'another language',
    messages: [
      person(
        'U2',
        'Guten Morgen zusammen, die Rechnungen von heute haben alle das falsche Datum. Kann jemand den Versand anhalten?',
      ),
      person('U1', 'mach ich'),
      person('U4', 'danke!'),
    ],
    line: 'Die Rechnungen von heute haben alle das falsche Datum.',
    from: 'first',
    people: ['U1', 'U2'],
  },
  {
    what: 'words that stand in rich text only, with a link in them',
    messages: [
      person('U1', '', {
        blocks: [
          rich(
            { type: 'user', user_id: 'U2' },
            { type: 'text', text: ' the ' },
            { type: 'link', url: 'https://rota.example/week/42', text: 'rota for next week' },
            { type: 'text', text: ' has nobody on the night shift ' },
            { type: 'emoji', name: 'scream' },
          ),
        ],
      }),
      person('U2', '', { blocks: [rich({ type: 'emoji', name: 'eyes' })] }),
      person('U3', 'I can take Thursday'),
    ],
    line: 'The rota for next week has nobody on the night shift',
    from: 'first',
    people: ['U1', 'U3'],
  },
  {
    what: 'an address in the middle and a log at the end',
    messages: [
      person(
        'U4',
        'FYI the booking page gives a blank screen on tablets: https://booking.example/start?x=1\n```\nTypeError: a is undefined\n```',
      ),
    ],
    line: 'The booking page gives a blank screen on tablets',
    from: 'first',
    people: ['U4'],
  },
];
