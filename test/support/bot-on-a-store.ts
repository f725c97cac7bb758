import { randomUUID } from 'node:crypto';
import { WebClient } from '@slack/web-api';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { manualClock } from '../../sandbox/clock.ts';
import type { Workspace, WorkspaceOptions } from '../../sandbox/workspace.ts';
import { toCapture } from '../../src/domain/capture/capture.ts';
import type { DigestSettings } from '../../src/domain/digest/digest.ts';
import { EMPTY_TELLING, type Telling } from '../../src/domain/near-miss.ts';
import { PACE } from '../../src/domain/outbox/delivery.ts';
import type { Storage } from '../../src/domain/storage.ts';
import { deliver, takeNext } from '../../src/outbox/outbox.ts';
import { digestWorkOf } from '../../src/slack/digest/digest-channel.ts';
import { tendDigest } from '../../src/slack/digest/tend-digest.ts';
import { delivering } from '../../src/slack/outbox/send-row.ts';
import { clientOptions } from '../../src/slack/platform/clients.ts';
import { hearSlack } from '../../src/slack/platform/identity.ts';
import { replyAddresses } from '../../src/slack/platform/reply-addresses.ts';
import { type Workspace as WorkspaceOfApp, workspaceOf } from '../../src/slack/workspace.ts';
import { openStorage } from '../../src/storage/storage.ts';
import { emptyDatabase, openWorkspace } from './workspace.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A Sunday. */
export const SUNDAY = Date.UTC(2026, 9, 18, 12);

/** The first slot of its digest: Monday 19 October 2026, 09:30 UTC. */
export const SLOT = SUNDAY + 21.5 * HOUR;

/** One process of the app as far as the digest goes, whose clock and steps are the test's. */
export type BotOnAStore = {
  workspace: Workspace;
  clock: ReturnType<typeof manualClock>;
  storage: Storage;
  app: WorkspaceOfApp;
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

type Sharing = {
  tier?: 'named' | 'confidential' | 'unattributed';
  audience?: 'everyone' | 'channel';
  card?: boolean;
};

type StoreBotOptions = Partial<WorkspaceOptions> & {
  digest?: Partial<DigestSettings>;
  stewards?: string[];
  startsAt?: number;
  databasePath?: string;
};

export async function botOnAStore({
  digest = {},
  stewards = ['amira'],
  startsAt = SUNDAY,
  databasePath = emptyDatabase(),
  ...options
}: StoreBotOptions = {}): Promise<BotOnAStore> {
  const clock = manualClock(startsAt);
  const workspace = await openWorkspace({ clock, ...options });
  const bot = await processOn(workspace, clock, databasePath);
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
  await bot.storage.workspaces.change(bot.app.identity.teamId, {
    digest: settings,
    stewards: stewards.map((handle) => workspace.person(handle).id),
  });
  return { ...bot, settings };
}

/** The clock comes to `at`, and the app looks, as it does every minute. */
export async function lookAt(bot: BotOnAStore, at: number): Promise<void> {
  if (at > bot.clock.now()) bot.clock.advance(at - bot.clock.now());
  await bot.tend();
  await bot.drain();
}

/** Another process of the same app on the same file. */
export async function anotherProcess(
  { workspace, clock, settings }: BotOnAStore,
  databasePath: string,
): Promise<BotOnAStore> {
  return { ...(await processOn(workspace, clock, databasePath)), settings };
}

async function processOn(
  workspace: Workspace,
  clock: BotOnAStore['clock'],
  databasePath: string,
): Promise<Omit<BotOnAStore, 'settings'>> {
  const storage = openStorage(databasePath, randomUUID);
  onTestFinished(() => storage.close());
  const log = pino({ level: 'silent' });
  const options = clientOptions(workspace.apiUrl, log);
  const background = new WebClient(workspace.botToken, options.background());
  const interactive = new WebClient(workspace.botToken, options.interactive());
  const identity = await hearSlack(background, log);
  const { teamId } = identity;
  await storage.workspaces.remember({ teamId, name: identity.workspace });
  const app = workspaceOf(
    {
      storage,
      addresses: replyAddresses(),
      now: () => clock.now(),
      newId: randomUUID,
      shuffle: (items) => items.toReversed(),
      respond: options.respond,
      wakeOutbox: () => undefined,
      readThreadMs: 1500,
      log,
    },
    { identity, client: interactive, background, watch: () => undefined },
  );
  const sender = delivering({ of: (id) => (id === teamId ? app : undefined) });
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
    { tier = 'named', audience = 'everyone', card = false }: Sharing,
  ) =>
    toCapture(
      {
        id,
        teamId,
        personId: workspace.person('maria').id,
        summary,
        tier,
        audience,
        wantsCard: card,
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
