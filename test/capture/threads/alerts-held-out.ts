import { bot, buttons, header, person, section, small, type ThreadExample } from './thread-example.ts';

/** Alerts of other shapes than those the rules were written on. */
export const ALERTS_HELD_OUT: ThreadExample[] = [
  {
    what: 'labels in bold, the rule among them',
    messages: [
      bot('Prometheus', {
        attachments: [
          {
            title: '🔥 2 alerts firing',
            text: '*Alert:* HostOutOfMemory\n*Severity:* warning\n*Description:* Node memory is filling up on files-2\n*Started:* 3m ago',
            fallback: '2 alerts firing',
          },
        ],
      }),
      person('U2', ':eyes:'),
      person('U1', 'taking a look'),
    ],
    line: 'Host out of memory: Node memory is filling up on files-2',
    from: 'alert',
    signal: 'Host out of memory: Node memory is filling up on files-2',
    people: ['U1'],
  },
  {
    what: 'a problem with its host and how bad it is, in plain text',
    messages: [
      bot('Zabbix', {
        text: 'Problem: Free space on /var is below 10%\nHost: mail-1\nSeverity: High\nProblem started at 03:12:09 on 2026.10.14\nOriginal problem ID: 88123',
      }),
      person('U4', 'ok'),
    ],
    line: 'Free space on /var is below 10%',
    from: 'alert',
    signal: 'Free space on /var is below 10%',
    people: ['U4'],
  },
  {
    what: 'a service of a host in capital letters',
    messages: [
      bot('nagios', {
        subtype: 'bot_message',
        username: 'nagios',
        text: 'PROBLEM: print-3/Spooler is CRITICAL: 412 jobs waiting <https://nagios.example/cgi?host=print-3|(view)>',
      }),
      person('U1', 'The spooler has not printed any labels since the update last night'),
    ],
    line: 'The spooler has not printed any labels since the update last night',
    from: 'reply',
    signal: 'print-3/Spooler is CRITICAL: 412 jobs waiting',
    people: ['U1'],
  },
  {
    what: 'a header, fields and buttons',
    messages: [
      bot('Azure Monitor', {
        text: 'Alert',
        blocks: [
          header('🚨 Fired: Sev1 - Sign-in failures above 50 per minute'),
          section('', ['*Resource*\nlogin-api', '*Severity*\nSev1', '*Fired at*\n2026-10-14 08:30 UTC']),
          buttons('Open portal'),
        ],
      }),
      person('U3', 'Checking'),
      person('U3', 'Rolled back to yesterday’s image'),
    ],
    line: 'Sign-in failures above 50 per minute',
    from: 'alert',
    signal: 'Sign-in failures above 50 per minute',
    people: ['U3'],
  },
  {
    what: 'a check that did not come in',
    messages: [
      bot('Healthchecks', {
        text: 'The check "Nightly payroll export" is *DOWN*. Last ping was 26 hours ago.',
      }),
      person('U2', 'on it, thanks'),
    ],
    line: 'The check "Nightly payroll export" is DOWN. Last ping was 26 hours ago.',
    from: 'alert',
    signal: 'The check "Nightly payroll export" is DOWN. Last ping was 26 hours ago.',
    people: ['U2'],
  },
  {
    what: 'no data, in brackets',
    messages: [
      bot('Datadog', {
        attachments: [
          {
            title: '[No Data] [P3] Card terminal heartbeats',
            text: 'No heartbeat for 15 minutes. @pagerduty-shop',
          },
        ],
      }),
      person('U4', 'acknowledged'),
      person('U4', 'All terminals on the second floor lost their network when the switch was moved'),
    ],
    line: 'All terminals on the second floor lost their network when the switch was moved',
    from: 'reply',
    signal: 'No data: Card terminal heartbeats: No heartbeat for 15 minutes.',
    people: ['U4'],
  },
  {
    what: 'a run that failed on the main branch',
    messages: [
      bot('GitHub', {
        attachments: [
          {
            text: '*<https://git.example/acme/rota/actions/runs/5|Nightly import>* workflow run failed on branch `main`',
            fallback: 'Workflow run failed',
          },
        ],
      }),
      person('U1', 'Import has been failing since the supplier changed the column order'),
    ],
    line: 'Import has been failing since the supplier changed the column order',
    from: 'reply',
    signal: 'Nightly import workflow run failed on branch main',
    people: ['U1'],
  },
  {
    what: 'a release that went out, and what it did',
    messages: [
      bot('Argo CD', {
        text: ':white_check_mark: Application *billing* has been deployed, revision `9a31bc7e`',
      }),
      person('U3', 'Invoices since 14:00 have no VAT number on them'),
      person('U2', 'yes same, rolling back'),
    ],
    line: 'Invoices since 14:00 have no VAT number on them',
    from: 'reply',
    people: ['U2', 'U3'],
  },
  {
    what: 'an incident tool that opens a room after an alert',
    messages: [
      bot('Monitor', {
        blocks: [
          section(':rotating_light: *Order confirmation mails are not being sent*'),
          small('Service: mailer • Severity: SEV2'),
        ],
      }),
      bot('Incidents', { text: 'Incident channel <#C9|inc-204> was created. <@U2> is the lead.' }),
      person('U2', 'joining'),
    ],
    line: 'Order confirmation mails are not being sent',
    from: 'alert',
    signal: 'Order confirmation mails are not being sent',
    people: ['U2'],
  },
  {
    what: 'a condition with a number and a policy',
    messages: [
      bot('New Relic', {
        attachments: [
          {
            title:
              '[CRITICAL] Issue #1f3a9c0b7d opened: Checkout API error percentage > 5% for at least 5 minutes',
            fields: [
              { title: 'Policy', value: 'Checkout' },
              { title: 'Condition', value: 'Error percentage (High)' },
            ],
          },
        ],
      }),
      person('U1', 'Seems to be only customers with saved cards'),
    ],
    line: 'Checkout API error percentage > 5% for at least 5 minutes',
    from: 'alert',
    signal: 'Checkout API error percentage > 5% for at least 5 minutes',
    people: ['U1'],
  },
  {
    what: 'several instances of one rule',
    messages: [
      bot('alertmanager', {
        subtype: 'bot_message',
        username: 'alertmanager',
        attachments: [
          {
            title: '[FIRING:3] KubePodCrashLooping (kube-state-metrics rota prod)',
            text: '• Pod rota-7d9 restarts again and again\n• Pod rota-8aa restarts again and again\n',
          },
        ],
      }),
      person('U4', 'deleted the bad config map, pods are coming up'),
    ],
    line: 'Kube pod crash looping: Pod rota-7d9 restarts again and again',
    from: 'alert',
    signal: 'Kube pod crash looping: Pod rota-7d9 restarts again and again',
    people: ['U4'],
  },
  {
    what: 'an alarm as a function forwards it',
    messages: [
      bot('aws-alerts', { text: 'ALARM: "invoice-dlq-not-empty" in EU (Ireland)' }),
      person('U2', 'looking :eyes:'),
    ],
    line: 'Invoice dlq not empty',
    from: 'alert',
    signal: 'Invoice dlq not empty',
    people: ['U2'],
  },
  {
    what: 'a mention of who is on call before the alert',
    messages: [
      bot('pager', { text: '<!subteam^S2|@oncall> Fridge 2 in the pharmacy is at 11 °C (limit 8 °C)' }),
      person('U3', 'on my way'),
    ],
    line: 'Fridge 2 in the pharmacy is at 11 °C (limit 8 °C)',
    from: 'alert',
    signal: 'Fridge 2 in the pharmacy is at 11 °C (limit 8 °C)',
    people: ['U3'],
  },
  {
    what: 'an alert below a person is no signal',
    messages: [
      person('U1', 'The till in the cafe takes cards but prints no receipt'),
      bot('Grafana', { attachments: [{ title: '[FIRING:1] TillOffline (cafe)' }] }),
    ],
    line: 'The till in the cafe takes cards but prints no receipt',
    from: 'first',
    people: ['U1'],
  },
];
