/** How people begin: what one of them wrote, message by message, and the line to offer of it. */
export const OPENINGS: [string[], string][] = [
  [
    [
      'morning all, quick one - the lab results import from last night has attached results to the wrong patients, I have paused it',
    ],
    'The lab results import from last night has attached results to the wrong patients, I have paused it',
  ],
  [['Does anyone know why the waiting list is empty?'], 'The waiting list is empty'],
  [['is the VPN down for anyone else?'], 'The VPN is down'],
  [
    [
      'Hey team! Just wanted to flag that we almost sent the renewal letters with the old address on them. Caught it in the proof.',
    ],
    'We almost sent the renewal letters with the old address on them.',
  ],
  [['@here PROD IS DOWN'], 'PROD IS DOWN'],
  [
    ['Hi <@U1>, do you have a minute?', 'the overtime report counts the night of the clock change twice'],
    'The overtime report counts the night of the clock change twice',
  ],
  [
    ['Not urgent but the door to the archive doesn’t lock anymore'],
    'The door to the archive doesn’t lock anymore',
  ],
  [
    ['*SEV2* Login failing for SSO customers\n*IC:* <@U1>\n*Comms:* <@U3>\n*Zoom:* https://zoom.example/j/1'],
    'Login failing for SSO customers',
  ],
  [
    [
      '10:02 AM: Customer reports about missing order confirmations start coming in',
      '10:10 AM: Jon identifies that mail queue is stuck',
    ],
    'Customer reports about missing order confirmations start coming in',
  ],
  [
    [
      'At 09:41 UTC our monitoring detected increased error rates in the API gateway.',
      '09:50 UTC: We rolled back the config change.',
    ],
    'Increased error rates in the API gateway.',
  ],
  [
    ['We have received several reports from customers that invoices show the wrong currency'],
    'Invoices show the wrong currency',
  ],
  [
    [
      'Update: we have identified the root cause of the search outage.',
      'Search index was rebuilt with an empty synonyms file',
    ],
    'Search index was rebuilt with an empty synonyms file',
  ],
  [
    ['Something is off with the numbers in the daily dashboard, revenue is 10x of yesterday'],
    'Something is off with the numbers in the daily dashboard, revenue is 10x of yesterday',
  ],
  [['Anyone around? Fridge alarm in pharmacy is going off'], 'Fridge alarm in pharmacy is going off'],
  [['yo, staging is borked'], 'Staging is borked'],
  [['Hi, could you please check why the export of payroll is failing?'], 'The export of payroll is failing'],
  [['I think I broke the build, sorry!'], 'I broke the build'],
  [['fyi <@U2> <@U3> https://shop.example/p/1 returns 500'], 'shop.example returns 500'],
  [
    ['Question for the pharmacists: dose calculator shows mg instead of µg for this drug, is that intended?'],
    'Dose calculator shows mg instead of µg for this drug',
  ],
  [
    ['Customer in the chat says her statement lists someone else’s payments'],
    'Customer in the chat says her statement lists someone else’s payments',
  ],
  [
    ['Heads up — elevator B has been making a grinding noise since this morning — please use A.'],
    'Elevator B has been making a grinding noise since this morning',
  ],
  [
    ['la factura de hoy salió con el IVA equivocado, ¿alguien puede parar el envío?'],
    'La factura de hoy salió con el IVA equivocado',
  ],
  [['オンラインで予約ができません。どなたか確認お願いします。'], 'オンラインで予約ができません。'],
  [
    ['Wir haben gerade gemerkt, dass die Mahnungen an alle Kunden rausgehen würden'],
    'Wir haben gerade gemerkt, dass die Mahnungen an alle Kunden rausgehen würden',
  ],
  [
    [
      'PSA: if you printed wristbands between 8 and 9, check the date of birth. The template swapped day and month.',
    ],
    'The template swapped day and month.',
  ],
  [
    [':rotating_light: Incident declared: Payments API returning 503 for EU merchants'],
    'Payments API returning 503 for EU merchants',
  ],
  [
    ['Issue summary: checkout is timing out\nImpact: all EU customers\nStart: 10:03'],
    'Checkout is timing out',
  ],
  [
    ['seeing a ton of 429s from the maps provider, anyone changed the key?'],
    'A ton of 429s from the maps provider',
  ],
  [['hmm, why did we just get 300 password reset mails?'], '300 password reset mails'],
  [
    ['ok so it turns out the cron for reminders runs in UTC, patients got their text an hour late'],
    'The cron for reminders runs in UTC, patients got their text an hour late',
  ],
  [
    ['We had an outage of the phone system between 9 and 9:20. Callers got a busy tone.'],
    'We had an outage of the phone system between 9 and 9:20.',
  ],
  [
    [
      '08:02 - Alert fires for high latency on the checkout API',
      '08:05 - On-call engineer acknowledges the page',
      '08:20 - Rollback starts',
    ],
    'High latency on the checkout API',
  ],
  [
    ['Deployment of release 88 to production begins.', 'Error rate on login climbs to 30%.'],
    'Error rate on login climbs to 30%.',
  ],
  [
    ['2026-10-14 07:55 UTC Engineers notice that the replica is six hours behind'],
    'The replica is six hours behind',
  ],
  [
    ['A config change was pushed that disabled TLS on the internal load balancer.'],
    'A config change was pushed that disabled TLS on the internal load balancer.',
  ],
  [
    ['This incident has been resolved.', 'Between 10:00 and 10:40 UTC webhooks were delayed.'],
    'Between 10:00 and 10:40 UTC webhooks were delayed.',
  ],
  [
    [
      '*Monitoring* A fix has been implemented and we are monitoring the results. Users in Europe could not load dashboards.',
    ],
    'Users in Europe could not load dashboards.',
  ],
  [
    ['Starting at 14:10 UTC, about 4% of requests to the storage API returned errors.'],
    'Starting at 14:10 UTC, about 4% of requests to the storage API returned errors.',
  ],
  [['anyone in? the alarm panel shows a fault in zone 3'], 'The alarm panel shows a fault in zone 3'],
  [
    ['I noticed something odd: the discount code WELCOME gives 100% off'],
    'The discount code WELCOME gives 100% off',
  ],
  [
    ['Good afternoon. The autoclave log for tray 14 is missing a signature, the tray was already in room 2.'],
    'The autoclave log for tray 14 is missing a signature, the tray was already in room 2.',
  ],
  [
    ['Possible data leak? The export link for the patient list works without a login'],
    'The export link for the patient list works without a login',
  ],
  [['Investigating the spike in failed payments'], 'The spike in failed payments'],
  [
    ['hey can someone look at the order queue? there are 400 unprocessed orders from the weekend'],
    'There are 400 unprocessed orders from the weekend',
  ],
  [
    ['Guys, quick question: why are we charging 0 € shipping to Norway?'],
    'We are charging 0 € shipping to Norway',
  ],
  [
    ['<!channel> please don’t use the new scheduling tool, it double-books rooms'],
    'Don’t use the new scheduling tool, it double-books rooms',
  ],
  [
    ['Amira and I just saw that the insurance file for the vans expired last week'],
    'A colleague and I just saw that the insurance file for the vans expired last week',
  ],
  [
    ['As discussed with Priya: backups of the booking DB go to a bucket anyone can read'],
    'Backups of the booking DB go to a bucket anyone can read',
  ],
  [
    ['```2026-10-14 ERROR could not connect to db```', 'this is from the export job, it skipped 300 rows'],
    'This is from the export job, it skipped 300 rows',
  ],
  [['I ran the migration on prod instead of staging.'], 'I ran the migration on prod instead of staging.'],
  [
    [
      'Accidentally emailed the draft contract to the wrong client. Recalled it within a minute, they confirmed deletion.',
    ],
    'Accidentally emailed the draft contract to the wrong client.',
  ],
  [
    ['Wow ok. The new hire had admin rights to payroll since Monday.'],
    'The new hire had admin rights to payroll since Monday.',
  ],
  [['Morning! Looks like last night’s import didn’t run.'], 'Last night’s import didn’t run.'],
  [
    ['"Your appointment was cancelled" mails are going out to people who did not cancel'],
    '"Your appointment was cancelled" mails are going out to people who did not cancel',
  ],
  [['Ticket 4411: customer can see drafts of other customers'], 'Customer can see drafts of other customers'],
  [
    ['FYI the cert for api.acme.test expires tomorrow and auto renewal is off'],
    'The cert for api.acme.test expires tomorrow and auto renewal is off',
  ],
  [['Is it intended that interns can approve invoices?'], 'Interns can approve invoices'],
  [
    ['Ok everyone, the freezer in lab 2 is at -40 instead of -80, moving samples now'],
    'The freezer in lab 2 is at -40 instead of -80, moving samples now',
  ],
  [['Update on the outage: email is back, calendar still down'], 'Email is back, calendar still down'],
  [
    [
      'Hello <!here>, payroll export contains negative overtime for 3 people :fearful: could someone from HR have a look before noon?',
    ],
    'Payroll export contains negative overtime for 3 people',
  ],
  [
    [
      'dear all\nthe temp in the vaccine fridge was 11 degrees this morning\nI moved everything to the second fridge',
    ],
    'The temp in the vaccine fridge was 11 degrees this morning',
  ],
  [
    [
      'Hi team,\n\nWe discovered that the October newsletter list includes people who unsubscribed.\n\nWe stopped the send at 14:05; no mail had gone out.\n\nBest,\nJon',
    ],
    'The October newsletter list includes people who unsubscribed.',
  ],
  [
    [
      '*What happened:* the nightly job deleted draft invoices\n*Impact:* none, restored from backup\n*Status:* done',
    ],
    'The nightly job deleted draft invoices',
  ],
  [
    ['1) Customer A got customer B’s quote by mail\n2) we recalled it'],
    'Customer A got customer B’s quote by mail',
  ],
  [
    ['Um, guys? The contract template has the old CEO as signatory'],
    'The contract template has the old CEO as signatory',
  ],
  [
    ['Stop! Don’t pay invoice 8813, the IBAN was changed by mail and nobody verified it'],
    'Don’t pay invoice 8813, the IBAN was changed by mail and nobody verified it',
  ],
  [
    ['Just got a call from a patient who received someone else’s x-ray in the post'],
    'Just got a call from a patient who received someone else’s x-ray in the post',
  ],
  [
    ['Client called: their order shows as delivered but nothing arrived'],
    'Client called: their order shows as delivered but nothing arrived',
  ],
  [['prod db cpu 100%'], 'Prod db cpu 100%'],
  [['checkout 500s'], 'Checkout 500s'],
  [['the staging env sends real sms'], 'The staging env sends real sms'],
  [
    ['Raising an incident for this. Card payments at the front desk have been declined since 8am.'],
    'Card payments at the front desk have been declined since 8am.',
  ],
  [
    ['FYI rolling restart of the phone servers caused dropped calls between 9:00 and 9:05'],
    'Rolling restart of the phone servers caused dropped calls between 9:00 and 9:05',
  ],
  [
    ['Looking at the logs I see that the import skipped every second line'],
    'The import skipped every second line',
  ],
  [
    ['Could this be related to yesterday’s change? Search returns deleted products'],
    'Search returns deleted products',
  ],
  [['Priya, did you change the tax settings? All quotes are without VAT'], 'All quotes are without VAT'],
  [['@Priya Nair did you change the tax settings? All quotes are without VAT'], 'All quotes are without VAT'],
  [
    ['Hallo zusammen, kurze Info: Im Lager sind zwei Paletten mit abgelaufener Ware im Versandbereich.'],
    'Im Lager sind zwei Paletten mit abgelaufener Ware im Versandbereich.',
  ],
  [
    ['Hola equipo, el sistema de citas duplica los turnos de la tarde'],
    'El sistema de citas duplica los turnos de la tarde',
  ],
  [['Hej alla! Fakturorna för mars saknar OCR-nummer.'], 'Fakturorna för mars saknar OCR-nummer.'],
  [
    ['Salut, petite info : le badge de l’ancien stagiaire ouvre encore la pharmacie'],
    'Le badge de l’ancien stagiaire ouvre encore la pharmacie',
  ],
  [
    ['see thread', 'Till 3 printed receipts with the full card number'],
    'Till 3 printed receipts with the full card number',
  ],
  [
    ['Following up on this morning: the alarm went off because the battery was empty'],
    'The alarm went off because the battery was empty',
  ],
  [['INC-88 | Sev 2 | Login loop on mobile'], 'Login loop on mobile'],
  [['[RESOLVED] Login loop on mobile'], 'Login loop on mobile'],
  [['Incident #88: Login loop on mobile\nCommander: Amira\nStatus: investigating'], 'Login loop on mobile'],
  [
    ['14:02 error budget alert for search\n14:05 Jon joins\n14:10 cause found: index missing on one shard'],
    'Error budget alert for search',
  ],
  [
    ['Hi Maria & Priya, quick heads up - someone shared the salary sheet with the whole company by mistake'],
    'Someone shared the salary sheet with the whole company by mistake',
  ],
];
