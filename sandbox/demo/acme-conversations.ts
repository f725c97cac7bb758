/** One message: on which day and at what time, by whom, and what. A `!` stands before another app's name. */
export type Line = {
  readonly day: string;
  readonly time: string;
  readonly who: string;
  readonly words: string;
};

/** Lines in a channel. In a thread, all but the first are replies to it. */
export type Conversation = {
  readonly channel: string;
  readonly thread: boolean;
  readonly lines: readonly Line[];
};

function line(written: string): Line {
  const [, day = '', time = '', who = '', words = ''] = /(\S+) (\S+) (!?[^:]+): (.+)$/.exec(written) ?? [];
  return { day, time, who, words };
}

const linesOf = (transcript: string): Line[] => transcript.trim().split('\n').map(line);
const inThread = (channel: string, said: string) => ({ channel, thread: true, lines: linesOf(said) });
const inChannel = (channel: string, said: string) => ({ channel, thread: false, lines: linesOf(said) });

/**
 * Everything that was written at Acme. "+0" is the morning on which the phones were needed again, "-1" the working
 * day before.
 */
export const conversations: readonly Conversation[] = [
  inThread(
    'payments-ops',
    `
    -1 09:58 maria: The invoices for the wholesale group have last year's tax rate on them. The run goes out at 11:00, please hold it.
    -1 09:59 jon: Held. The run is parked and nothing has gone out. How many are wrong?
    -1 10:01 maria: I opened ten by hand, as before every run. Three were wholesale and all three were wrong. The other seven are fine.
    -1 10:03 maria: What made me open a few more: the total was about 6,000 below last month, and we have more customers now.
    -1 10:06 tom: Looking. There are 412 wholesale customers in this run.
    -1 10:19 tom: Found it. Since spring each customer group has its own row with its rate. Wholesale was added later and still points at the old row.
    -1 10:21 jon: The check before the run was green. What does it look at?
    -1 10:24 tom: That every customer has an invoice and that no amount is zero. Not that the rate is this year's.
    -1 10:30 amira: I can sign off a new run today if somebody shows me twenty from it. Does anything else read that row?
    -1 10:38 tom: The refunds export does. It has not run since Monday, so nothing wrong went out there either.
    -1 10:40 jon: I have the release key this week. Tom, I can put your change live before the evening window, if Amira agrees.
    -1 10:41 amira: Agreed, go ahead.
    -1 12:52 maria: New run is there. I opened twenty, ten of them wholesale. All right now, and the total is where I would expect it.
    -1 13:31 jon: Sent. Two and a half hours late, and correct. Maria, thank you for opening ten when nobody asks for it.`,
  ),
  inThread(
    'phones',
    `
    -1 21:52 !Line monitor: No answer on the main number: five test calls in a row failed. Last good test call at 21:46.
    -1 21:57 sam: Calls to the main number ring twice and then go silent. We are closed until 08:00, so nobody is waiting at the moment.
    -1 22:04 priya: Thank you for saying so now and not at 08:00. In the first hour we get about 300 calls, most of them about that day's deliveries.
    -1 22:09 sam: The supplier's status page is all green. I have opened a ticket. Their people answer from 07:00.
    -1 22:16 tom: Could we go around them? The service desk has lines from another supplier. I will ring those.
    -1 22:23 tom: Clear in both directions. They carry ten calls at once.
    -1 22:31 priya: Ten will do until half past eight if the greeting is short and orders come first. I will write a new greeting.
    -1 22:34 amira: Whoever can point the main number at the desk lines: you have my yes. Lena, could your lines carry more than ten?
    -1 22:47 lena: Thirty by 06:30. I need nothing but the yes you just wrote.
    -1 23:41 sam: The main number goes to the desk lines now. Three calls from three mobiles got through.
    +0 06:34 tom: Thirty at once confirmed. Tested with every phone in the kitchen.
    +0 07:12 sam: The supplier has called back and is looking. We do not need to wait for them.
    +0 07:46 priya: New greeting is in. Everybody who starts at 08:00 knows which key does what.
    +0 08:03 priya: Open. 22 calls in three minutes, all answered. No caller has mentioned anything.
    +0 08:21 sam: It was an expired certificate on their side. Fixed, and we stay on the desk lines until noon to be sure.`,
  ),
  inChannel(
    'general',
    `
    -1 08:45 dana: Good morning. The kitchen on the second floor is closed until Thursday.
    -1 09:10 amira: We are trying something small: when something nearly goes wrong and does not, share it in a line or two. What comes of it is in #learning once a week.`,
  ),
  inChannel(
    'learning',
    `
    -1 09:12 amira: Here is where we read what others learned from near-misses. No need to have been there.`,
  ),
  inChannel(
    'finance-leads',
    `
    -1 15:02 dana: The two supplier reports for the quarter differ by 4,200. Maria saw it before the board pack went to the printer.
    -1 15:09 maria: One counts by invoice date, the other by delivery. I put a note on both.`,
  ),
  inChannel(
    'maria-and-jon',
    `
    -1 13:40 jon: Shall we write down what happened with the invoices while it is fresh?
    -1 13:44 maria: Yes, and what went right as well. It was close.`,
  ),
];
