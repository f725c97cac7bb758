import { bot, buttons, header, person, section, small, type ThreadExample } from './thread-example.ts';

/** Alerts of monitors, written before there were rules. */
export const ALERTS_FIRST: ThreadExample[] = [
  {
    what: 'a rule that fired, with labels in brackets and its summary below',
    messages: [
      bot('Alertmanager', {
        attachments: [
          {
            title: '[FIRING:2] InvoiceQueueBacklog billing (eu prod page)',
            text: '*Summary:* Invoices wait for more than 30 minutes\n*Severity:* `page`\n<https://runbooks.example/invoices|Runbook>',
            fallback: '[FIRING:2] InvoiceQueueBacklog billing (eu prod page) | https://am.example/#/alerts',
          },
        ],
      }),
      person('U1', 'ack'),
      person('U2', 'same as last week?'),
    ],
    line: 'Invoice queue backlog: Invoices wait for more than 30 minutes',
    from: 'alert',
    signal: 'Invoice queue backlog: Invoices wait for more than 30 minutes',
    people: ['U1', 'U2'],
  },
  {
    what: 'annotations and values of a dashboard’s alert',
    messages: [
      bot('Grafana', {
        attachments: [
          {
            title: '[FIRING:1] Checkout p95 above two seconds (checkout prod)',
            text: '**Firing**\n\nValue: A=4.2, C=1\nLabels:\n - alertname = Checkout p95 above two seconds\n - grafana_folder = Shop\nAnnotations:\n - summary = Paying takes four seconds and more\nSource: https://grafana.example/alerting/abc\nSilence: https://grafana.example/silence/new',
            footer: 'Grafana v11.1.0',
          },
        ],
      }),
      person('U2', '<@U3> can you look?'),
      person('U3', 'On it'),
      person('U3', 'The payment provider answers every call twice, so each order waits for the slower one'),
    ],
    line: 'The payment provider answers every call twice, so each order waits for the slower one',
    from: 'reply',
    signal: 'Checkout p95 above two seconds: Paying takes four seconds and more',
    people: ['U2', 'U3'],
  },
  {
    what: 'an incident with a number, a service and who it is assigned to',
    messages: [
      bot('PagerDuty', {
        text: 'Triggered #4411',
        blocks: [
          section(
            '*<https://acme.pagerduty.example/incidents/Q1|[#4411] Replication lag above 10 minutes on orders-db>*',
          ),
          section('', [
            '*Service:*\n<https://acme.pagerduty.example/s/1|Orders database>',
            '*Urgency:*\nHigh',
            '*Assigned to:*\n<@U1>',
          ]),
          buttons('Acknowledge', 'Resolve'),
        ],
      }),
      bot('PagerDuty', { text: 'Acknowledged by <@U1>' }),
      person('U1', "I'm on it :eyes:"),
    ],
    line: 'Replication lag above 10 minutes on orders-db',
    from: 'alert',
    signal: 'Replication lag above 10 minutes on orders-db',
    people: ['U1'],
  },
  {
    what: 'a monitor with its priority, a tag and its text',
    messages: [
      bot('Datadog', {
        attachments: [
          {
            title: 'Triggered: [P2] Disk almost full on host:files-3',
            title_link: 'https://app.datadog.example/monitors/1',
            text: 'Less than 5% is free on files-3. @slack-ops-alerts\n\nMetric value: 4.1',
            fields: [{ title: 'Tags', value: 'env:prod, host:files-3' }],
            fallback: 'Triggered: [P2] Disk almost full on host:files-3',
          },
        ],
      }),
      person('U2', 'looking'),
      person('U4', 'thank you :pray:'),
    ],
    line: 'Disk almost full on files-3: Less than 5% is free on files-3.',
    from: 'alert',
    signal: 'Disk almost full on files-3: Less than 5% is free on files-3.',
    people: ['U2'],
  },
  {
    what: 'an alert of a rota tool, with words before its title',
    messages: [
      bot('Opsgenie', {
        attachments: [
          {
            pretext: 'New alert',
            title: '#318: [Watch] Nightly backup has not run since Tuesday',
            text: 'No archive newer than 48 hours was found in the backup bucket.',
            fields: [
              { title: 'Priority', value: 'P1' },
              { title: 'Routed Teams', value: 'Platform' },
            ],
            fallback:
              'New alert: "Nightly backup has not run since Tuesday" <https://opsg.example/a/i/x|#318>',
          },
        ],
      }),
      person('U4', "Ack'd"),
      person('U4', 'Restarted the job, running now'),
    ],
    line: 'Nightly backup has not run since Tuesday: No archive newer than 48 hours was found in the backup bucket.',
    from: 'alert',
    signal:
      'Nightly backup has not run since Tuesday: No archive newer than 48 hours was found in the backup bucket.',
    people: ['U4'],
  },
  {
    what: 'an error of a program, whose message stands in a code block',
    messages: [
      bot('Sentry', {
        text: '[shop] TypeError',
        blocks: [
          section(':red_circle: <https://sentry.example/issues/9|*TypeError*>'),
          section("```Cannot read properties of undefined (reading 'total')```"),
          small('State: *New*   First Seen: *2 minutes ago*'),
          buttons('Resolve', 'Archive', 'Select Assignee...'),
          small('Project: <https://sentry.example/p/shop|shop>    Alert: New issues'),
        ],
      }),
      person('U1', 'hm'),
    ],
    line: "TypeError: Cannot read properties of undefined (reading 'total')",
    from: 'alert',
    signal: "TypeError: Cannot read properties of undefined (reading 'total')",
    people: ['U1'],
  },
  {
    what: 'an alarm of a cloud',
    messages: [
      bot('AWS', {
        attachments: [
          {
            blocks: [
              section(
                ':rotating_light: *<https://console.example|CloudWatch Alarm | payroll-export-errors | eu-west-1 | Account: 123456789012>*',
              ),
              section(
                'Threshold Crossed: 1 datapoint [7.0 (14/10/26 19:00:00)] was greater than the threshold (0.0).',
              ),
            ],
            fallback: '[no preview available]',
          },
        ],
      }),
      person('U2', "I'll check the export"),
    ],
    line: 'Payroll export errors',
    from: 'alert',
    signal: 'Payroll export errors',
    people: ['U2'],
  },
  {
    what: 'a site that is down',
    messages: [
      bot('Uptime', { text: 'DOWN: <https://booking.example|Booking page> - Reason: HTTP 503' }),
      person('U3', 'Not only the booking page, patients cannot check in at the front desk either'),
    ],
    line: 'Not only the booking page, patients cannot check in at the front desk either',
    from: 'reply',
    signal: 'Booking page is down: HTTP 503',
    people: ['U3'],
  },
  {
    what: 'one that is over already when the thread begins',
    messages: [
      bot('Alertmanager', { attachments: [{ title: '[RESOLVED] LedgerLagHigh (ledger prod)' }] }),
      person('U1', 'The ledger stopped for ten minutes because two jobs locked the same table'),
    ],
    line: 'The ledger stopped for ten minutes because two jobs locked the same table',
    people: ['U1'],
  },
  {
    what: 'replies of bots under a message that was deleted',
    messages: [
      { user: 'USLACKBOT', subtype: 'tombstone', text: 'This message was deleted.' },
      bot('Helper', {
        text: 'Thanks for your message! Have you read <https://wiki.example/faq|the questions others asked>?',
      }),
    ],
    line: '',
    people: [],
  },
  {
    what: 'a merge, then somebody who sees what it did',
    messages: [
      bot('GitLab', {
        text: '<https://git.example/u/jb|jberg> merged merge request <https://git.example/mr/7|!7 *Round prices*> in <https://git.example/shop|shop>',
      }),
      person('U4', 'Since that merge every price ends in .00, <@U2> could you revert?'),
      person('U2', 'reverting'),
    ],
    line: 'Since that merge every price ends in .00',
    people: ['U2', 'U4'],
  },
  {
    what: 'a deploy that failed is an alert, one that went well is not',
    messages: [
      bot('Deploy', {
        blocks: [header('Deployment of rota-service to production failed'), small('commit 9f3c2ab1')],
      }),
      person('U1', 'on it'),
    ],
    line: 'Deployment of rota-service to production failed',
    from: 'alert',
    signal: 'Deployment of rota-service to production failed',
    people: ['U1'],
  },
];
