import { bot, header, person, rich, section, type ThreadExample } from './thread-example.ts';

/** Threads of people and forms, of other shapes than those the rules were written on. */
export const PEOPLE_HELD_OUT: ThreadExample[] = [
  {
    what: 'a workflow’s form in rich text',
    messages: [
      bot('Workflow', {
        text: 'Help request',
        blocks: [
          rich(
            { type: 'text', text: 'Submitted by', style: { bold: true } },
            { type: 'text', text: ' ' },
            { type: 'user', user_id: 'U4' },
            { type: 'text', text: '\n' },
            { type: 'text', text: 'Which system?', style: { bold: true } },
            { type: 'text', text: '\nPhone switchboard\n' },
            { type: 'text', text: 'What do you need help with?', style: { bold: true } },
            {
              type: 'text',
              text: '\nCalls to the emergency line go to the canteen. It started this morning.\n',
            },
          ),
        ],
      }),
      person('U2', 'Routing table was restored from an old backup, correcting it'),
    ],
    line: 'Calls to the emergency line go to the canteen.',
    from: 'first',
    people: ['U2', 'U4'],
  },
  {
    what: 'a ticket of a service desk',
    messages: [
      bot('ServiceNow', {
        attachments: [
          {
            title: 'INC0012345',
            fields: [
              { title: 'Short description', value: 'Badge printer prints the photo of the previous visitor' },
              { title: 'Opened by', value: '<@U3>' },
              { title: 'Assigned to', value: '<@U1>' },
              { title: 'State', value: 'New' },
            ],
          },
        ],
      }),
      person('U1', 'will check after lunch'),
    ],
    line: 'Badge printer prints the photo of the previous visitor',
    from: 'first',
    people: ['U1', 'U3'],
  },
  {
    what: 'a ticket of a customer',
    messages: [
      bot('Zendesk', {
        text: 'New ticket #5521 from a customer',
        attachments: [
          {
            title: 'Charged twice for one booking',
            text: 'Hello, I booked one room and my card was charged two times.',
            fields: [{ title: 'Priority', value: 'Normal' }],
          },
        ],
      }),
      person('U2', 'Third one today'),
    ],
    line: 'Charged twice for one booking',
    from: 'first',
    people: ['U2'],
  },
  {
    what: 'a form with headings and no colons',
    messages: [
      bot('Safety', {
        blocks: [
          header('Safety report'),
          section('*Reported by*\n<@U1>'),
          section('*Location*\nStore room B'),
          section('*What did you see?*\nThe fire door was wedged open with a trolley'),
        ],
      }),
    ],
    line: 'The fire door was wedged open with a trolley',
    from: 'first',
    people: ['U1'],
  },
  {
    what: 'urgent, in capitals, with exclamation marks',
    messages: [
      person(
        'U3',
        'URGENT!!! @channel do NOT send the May statements, they have the wrong bank account on page 2',
      ),
      person('U1', 'stopped'),
    ],
    line: 'Do NOT send the May statements, they have the wrong bank account on page 2',
    from: 'first',
    people: ['U1', 'U3'],
  },
  {
    what: 'somebody who excuses themselves first',
    messages: [
      person(
        'U4',
        'Sorry to bother you all, not sure if this is the right channel, but the vaccine stock list shows yesterday’s numbers',
      ),
      person('U2', 'it is the right one :slightly_smiling_face:'),
    ],
    line: 'The vaccine stock list shows yesterday’s numbers',
    from: 'first',
    people: ['U2', 'U4'],
  },
  {
    what: 'a customer’s words in a quote',
    messages: [
      person(
        'U2',
        'A customer just wrote in:\n&gt; I can see the appointments of another patient when I log in\nIs that possible??',
      ),
      person('U1', 'checking now'),
    ],
    line: 'I can see the appointments of another patient when I log in',
    from: 'first',
    people: ['U1', 'U2'],
  },
  {
    what: 'context first, then what is wrong',
    messages: [
      person(
        'U1',
        'I was preparing the month end yesterday evening. The supplier list contains three companies we closed in 2019.',
      ),
    ],
    line: 'The supplier list contains three companies we closed in 2019.',
    from: 'first',
    people: ['U1'],
  },
  {
    what: 'short and without a full stop',
    messages: [person('U2', 'lift 2 stuck'), person('U3', 'again?!'), person('U3', 'calling the company')],
    line: 'Lift 2 stuck',
    from: 'first',
    people: ['U2', 'U3'],
  },
  {
    what: 'a plea that starts, and says what is wrong after it',
    messages: [
      person(
        'U4',
        'Can someone from finance help? We nearly paid the same supplier twice because the invoice number had a space in it',
      ),
      person('U1', 'I am here'),
    ],
    line: 'We nearly paid the same supplier twice because the invoice number had a space in it',
    from: 'first',
    people: ['U1', 'U4'],
  },
  {
    what: 'a timeline of an incident with names in it',
    messages: [
      person('U1', '[14:02] Jon Berg: deploy of search 2.4 finished'),
      person('U1', '[14:06] Priya: search returns no results for any query with an umlaut'),
      person('U1', '[14:15] Jon rolls back'),
    ],
    line: 'Search returns no results for any query with an umlaut',
    from: 'reply',
    people: ['U1'],
  },
  {
    what: 'a name that is a word as well',
    messages: [
      person('U2', 'The May invoices will go out without the discount unless we stop the run'),
      person('U5', 'stopped it'),
    ],
    line: 'The May invoices will go out without the discount unless we stop the run',
    from: 'first',
    people: ['U2', 'U5'],
  },
  {
    what: 'Dutch',
    messages: [
      person(
        'U3',
        'Goedemorgen allemaal! De bestelling voor de keuken is dubbel verstuurd. Kan iemand de leverancier bellen?',
      ),
      person('U4', 'ik bel'),
    ],
    line: 'De bestelling voor de keuken is dubbel verstuurd.',
    from: 'first',
    people: ['U3', 'U4'],
  },
  {
    what: 'French',
    messages: [
      person(
        'U1',
        'Bonjour à tous, le planning de demain ne contient aucun médecin pour la garde de nuit, quelqu’un peut vérifier ?',
      ),
      person('U2', 'merci !'),
    ],
    line: 'Le planning de demain ne contient aucun médecin pour la garde de nuit',
    from: 'first',
    people: ['U1'],
  },
  {
    what: 'a colleague’s name with what they did',
    messages: [
      person('U4', 'Amira’s laptop was about to send the test mailing to all 40,000 customers'),
      person('U1', 'cable is out :sweat_smile:'),
    ],
    line: 'A colleague’s laptop was about to send the test mailing to all 40,000 customers',
    from: 'first',
    people: ['U1', 'U4'],
  },
  {
    what: 'people who only cheer are left out, whoever writes is not',
    messages: [
      person('U1', 'heads up: consent forms printed today are the version from 2021'),
      person('U2', 'Great catch, thank you so much!'),
      person('U3', '🎉🎉'),
      person('U4', 'thanks, I replaced the ones at reception'),
      person('U5', '', { files: [{ id: 'F1' }] }),
    ],
    line: 'Consent forms printed today are the version from 2021',
    from: 'first',
    people: ['U1', 'U4', 'U5'],
  },
  {
    what: 'an update of a status page, as a person pastes it',
    messages: [
      person(
        'U2',
        '*Incident: delayed text messages*\nOct 14, 10:31 UTC\n*Identified* - Text messages to patients are delayed by up to two hours.',
      ),
    ],
    line: 'Delayed text messages',
    from: 'first',
    people: ['U2'],
  },
];
