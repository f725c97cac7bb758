import { Temporal } from 'temporal-polyfill';
import type { ChannelSeed, PersonSeed } from '../state/people-and-channels.ts';
import type { Message } from '../state/state.ts';
import type { Workspace, WorkspaceOptions } from '../workspace.ts';
import { type Conversation, conversations, type Line } from './acme-conversations.ts';

const zone = 'Europe/London';

/** Who works at Acme. Lena is a guest from the supplier of some of its phone lines. */
const people: readonly PersonSeed[] = [
  { handle: 'maria', realName: 'Maria Lopez', tz: zone },
  { handle: 'jon', realName: 'Jon Park', tz: zone, isAdmin: true },
  { handle: 'amira', realName: 'Amira Haddad', tz: zone, isAdmin: true },
  { handle: 'sam', realName: 'Sam Okoro', tz: zone },
  { handle: 'priya', realName: 'Priya Nair', tz: zone },
  { handle: 'tom', realName: 'Tom Weber', tz: zone },
  { handle: 'dana', realName: 'Dana Reyes', tz: zone, isAdmin: true, isOwner: true },
  { handle: 'lena', realName: 'Lena Fischer', tz: 'Europe/Berlin', isRestricted: true },
];

const everyone = ['maria', 'jon', 'amira', 'sam', 'priya', 'tom', 'dana'];

/** The app is in the two channels where the stories happened and where learning goes, not in the others. */
const channels: readonly ChannelSeed[] = [
  { name: 'general', isGeneral: true, members: everyone },
  { name: 'payments-ops', members: ['maria', 'jon', 'amira', 'tom'], app: true },
  { name: 'phones', members: ['sam', 'priya', 'tom', 'amira', 'lena'], app: true },
  { name: 'learning', members: ['maria', 'jon', 'amira', 'priya', 'dana'], app: true },
  { name: 'finance-leads', kind: 'private', members: ['maria', 'amira', 'dana'] },
  { name: 'maria-and-jon', kind: 'im', members: ['maria', 'jon'] },
];

type Told = Line & { readonly at: number; readonly conversation: Conversation };

/** That day, or the last working day before it. */
const workingDay = (day: Temporal.PlainDate) => day.subtract({ days: Math.max(0, day.dayOfWeek - 5) });

/** The day the stories end on: the last working day on which it is already half past eight. */
function lastDay(now: number): Temporal.PlainDate {
  const there = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone);
  const isEarly = Temporal.PlainTime.compare(there.toPlainTime(), '08:30') < 0;
  return workingDay(there.toPlainDate().subtract({ days: isEarly ? 1 : 0 }));
}

/** Every line with its instant, in the order in which they were written. */
function inOrder(now: number): Told[] {
  const last = lastDay(now);
  const days: Readonly<Record<string, Temporal.PlainDate>> = {
    '+0': last,
    '-1': workingDay(last.subtract({ days: 1 })),
  };
  const told = conversations.flatMap((conversation) =>
    conversation.lines.map((line) => {
      const at = (days[line.day] ?? last).toZonedDateTime({ timeZone: zone, plainTime: line.time });
      return { ...line, at: at.epochMilliseconds, conversation };
    }),
  );
  return told.toSorted((a, b) => a.at - b.at);
}

/**
 * Acme, a made-up company in which two things nearly went wrong: invoices with the wrong tax rate, seen before
 * they were sent, and a call centre whose phones were down at night and answered again by opening time.
 *
 * `options` go to `startWorkspace`; `tell` then writes what people wrote, as of yesterday and this morning.
 */
export function acme(clock: () => number = Date.now): {
  readonly options: Pick<WorkspaceOptions, 'team' | 'people' | 'channels' | 'now'>;
  readonly tell: (workspace: Workspace) => void;
} {
  // Messages get their time from the workspace's clock, so it stands in the past while they are written.
  let past: number | undefined;
  const roots = new Map<Conversation, Message>();
  const write = (workspace: Workspace, { who, words, conversation }: Told) => {
    const root = conversation.thread ? roots.get(conversation) : undefined;
    const thread = root ? { threadTs: root.ts } : {};
    const message = who.startsWith('!')
      ? workspace.botSays(conversation.channel, words, { username: who.slice(1), ...thread })
      : workspace.person(who).say(conversation.channel, words, thread);
    if (!root) roots.set(conversation, message);
  };
  return {
    options: {
      team: { name: 'Acme', domain: 'acme' },
      people,
      channels,
      now: () => past ?? clock(),
    },
    tell(workspace) {
      for (const told of inOrder(clock())) {
        past = told.at;
        write(workspace, told);
      }
      past = undefined;
    },
  };
}
