import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { WebClient } from '@slack/web-api';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { manualClock } from '../sandbox/clock.ts';
import { startWorkspace, type Workspace, type WorkspaceOptions } from '../sandbox/workspace.ts';
import { tendDigest } from '../src/digest.ts';
import { toCapture } from '../src/domain/capture.ts';
import { PACE } from '../src/domain/delivery.ts';
import type { DigestSettings } from '../src/domain/digest.ts';
import { EMPTY_TELLING, type Telling } from '../src/domain/near-miss.ts';
import type { Storage } from '../src/domain/storage.ts';
import { deliver, takeNext } from '../src/outbox.ts';
import { clientOptions } from '../src/slack/clients.ts';
import { conversationsOf } from '../src/slack/conversations.ts';
import { delivering } from '../src/slack/delivering.ts';
import { digestWorkOf } from '../src/slack/digest-room.ts';
import { hearSlack } from '../src/slack/identity.ts';
import { peopleOf } from '../src/slack/people.ts';
import { redrawing } from '../src/slack/redrawing.ts';
import { replyAddresses } from '../src/slack/reply-addresses.ts';
import type { Surroundings } from '../src/slack/surroundings.ts';
import { openStorage } from '../src/storage/storage.ts';
import { temporaryFolder } from './office.ts';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
/** A Sunday. */
export const SUNDAY = Date.UTC(2026, 9, 18, 12);

export const DIGEST_PEOPLE: NonNullable<WorkspaceOptions['people']> = [
  { handle: 'maria', realName: 'Maria Lopez' },
  { handle: 'jon', realName: 'Jon Park', isAdmin: true },
  { handle: 'amira', realName: 'Amira Haddad' },
];
export const DIGEST_CHANNELS: NonNullable<WorkspaceOptions['channels']> = [
  { name: 'payments-ops', members: ['maria', 'jon', 'amira'], app: true },
  { name: 'learning', members: ['maria', 'jon', 'amira'], app: true },
  { name: 'elsewhere', members: ['maria', 'jon', 'amira'], app: true },
];

/** The first slot of its digest: Monday 19 October 2026, 09:30 UTC. */
export const SLOT = SUNDAY + 21.5 * HOUR;

/** One process of the app as far as the digest goes, whose clock and steps are the test's. */
export type Desk = {
  workspace: Workspace;
  clock: ReturnType<typeof manualClock>;
  storage: Storage;
  app: Surroundings;
  /** Mondays at 09:30 UTC in #learning, without a preview, unless it was changed. */
  settings: DigestSettings;
  /** Looks once whether a digest is due, as the app does every minute. */
  tend: () => Promise<void>;
  /** Sends the next message that may go now. False when there is none. */
  step: (mishaps?: { dies?: 'before' | 'after' }) => Promise<boolean>;
  /** Sends everything, and lets the time pass that has to. */
  drain: () => Promise<void>;
  /** Somebody shares something for everyone. */
  share: (words: string, told?: Partial<Telling>, of?: Sharing) => Promise<string>;
  change: (id: string, of: Sharing) => Promise<void>;
  withdraw: (id: string) => Promise<void>;
};

export type Sharing = {
  tier?: 'named' | 'confidential' | 'unattributed';
  audience?: 'everyone' | 'channel';
};

export type DeskOptions = Partial<WorkspaceOptions> & {
  digest?: Partial<DigestSettings>;
  stewards?: string[];
  startsAt?: number;
  databasePath?: string;
};

export async function openDesk({
  digest = {},
  stewards = ['amira'],
  startsAt = SUNDAY,
  databasePath = join(temporaryFolder(), 'nearmiss.db'),
  ...options
}: DeskOptions = {}): Promise<Desk> {
  const clock = manualClock(startsAt);
  const workspace = await startWorkspace({
    manifest: 'manifest.yml',
    people: DIGEST_PEOPLE,
    channels: DIGEST_CHANNELS,
    clock,
    ...options,
  });
  onTestFinished(() => workspace.stop());
  const desk = await deskOn(workspace, clock, databasePath);
  const learning = workspace.channel('learning');
  const settings: DigestSettings = {
    channelId: learning.id,
    channelName: learning.name,
    setUpAt: startsAt,
    since: startsAt,
    weekday: 1,
    minutes: 9 * 60 + 30,
    zone: 'UTC',
    quietWeek: 'nothing',
    replies: 30,
    ...digest,
  };
  await desk.storage.workspaces.change(desk.app.identity.teamId, {
    digest: settings,
    stewards: stewards.map((handle) => workspace.person(handle).id),
  });
  return { ...desk, settings };
}

/** The clock comes to `at`, and the app looks, as it does every minute. */
export async function lookAt(desk: Desk, at: number): Promise<void> {
  if (at > desk.clock.now()) desk.clock.advance(at - desk.clock.now());
  await desk.tend();
  await desk.drain();
}

/** Another process of the same app on the same file. */
export async function anotherDesk({ workspace, clock, settings }: Desk, databasePath: string): Promise<Desk> {
  return { ...(await deskOn(workspace, clock, databasePath)), settings };
}

async function deskOn(
  workspace: Workspace,
  clock: Desk['clock'],
  databasePath: string,
): Promise<Omit<Desk, 'settings'>> {
  const storage = openStorage(databasePath, randomUUID);
  onTestFinished(() => storage.close());
  const log = pino({ level: 'silent' });
  const options = clientOptions(workspace.apiUrl, log);
  const background = new WebClient(workspace.botToken, options.background());
  const interactive = new WebClient(workspace.botToken, options.interactive());
  const identity = await hearSlack(background, log);
  const { teamId } = identity;
  await storage.workspaces.remember({ teamId, name: identity.workspace });
  const app: Surroundings = {
    identity,
    storage,
    people: peopleOf(interactive, identity, { now: () => clock.now(), log }),
    conversations: conversationsOf(interactive, identity.scopes),
    addresses: replyAddresses(),
    client: interactive,
    redraw: redrawing(interactive),
    now: () => clock.now(),
    newId: randomUUID,
    shuffle: (items) => items.toReversed(),
    respond: options.respond,
    wakeOutbox: () => undefined,
    readThreadMs: 1500,
    log,
  };
  const sender = delivering({ app, client: background, watch: () => undefined });
  const outboxWork = (owner: string) => ({
    outbox: storage.outbox,
    sender,
    pace: PACE,
    owner,
    now: () => clock.now(),
    log,
  });
  let lives = 0;

  async function step({ dies }: { dies?: 'before' | 'after' } = {}): Promise<boolean> {
    const work = outboxWork(`${databasePath} ${lives}`);
    const row = await takeNext(work);
    if (row === undefined) return false;
    if (dies === undefined) await deliver(work, row);
    else {
      // A new process takes over under a new name, and finds what this one held when its lease is over.
      lives += 1;
      if (dies === 'after' && row.work === 'send') await sender.send(row);
    }
    return true;
  }

  const conversation = {
    id: workspace.channel('payments-ops').id,
    name: 'payments-ops',
    kind: 'public' as const,
  };
  const captureOf = (
    id: string,
    summary: string,
    at: number,
    { tier = 'named', audience = 'everyone' }: Sharing,
  ) =>
    toCapture(
      {
        id,
        teamId,
        personId: workspace.person('maria').id,
        summary,
        tier,
        audience,
        wantsCard: false,
        conversation,
        stewards: [],
      },
      at,
    );

  return {
    workspace,
    clock,
    storage,
    app,
    step,
    tend: () => tendDigest(digestWorkOf(app)),
    async drain() {
      for (;;) {
        while (await step());
        const due = await storage.outbox.nextDue();
        if (due === undefined) return;
        clock.advance(Math.max(PACE.betweenMessagesMs, due - clock.now()));
      }
    },
    async share(summary, told = {}, of = {}) {
      const id = randomUUID();
      await storage.nearMisses.capture(captureOf(id, summary, clock.now(), of), clock.now(), clock.now());
      const telling = { ...EMPTY_TELLING, ...told };
      await storage.nearMisses.tell({
        teamId,
        id,
        change: () => telling,
        toldAt: clock.now(),
        now: clock.now(),
      });
      return id;
    },
    async change(id, of) {
      const before = await storage.nearMisses.byId(teamId, id);
      if (before === undefined) throw new Error('There is no such near-miss.');
      await storage.nearMisses.changeWhoCanSee(
        captureOf(id, before.summary, before.capturedAt, of),
        clock.now(),
      );
    },
    async withdraw(id) {
      await storage.nearMisses.withdraw({ teamId, id, now: clock.now() });
    },
  };
}

/** The digests in a channel, each with its thread. */
export function digestsIn({ workspace }: Pick<Desk, 'workspace'>, channel = 'learning') {
  const { id } = workspace.channel(channel);
  const messages = workspace.state.messages.filter((message) => message.channel === id);
  return messages
    .filter(({ ts, thread_ts: thread }) => thread === undefined || thread === ts)
    .map((parent) => ({
      parent,
      replies: messages.filter(({ ts, thread_ts: thread }) => thread === parent.ts && ts !== parent.ts),
    }));
}
