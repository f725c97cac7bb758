import { randomUUID } from 'node:crypto';
import type { Workspace } from '../../sandbox/workspace.ts';
import { toCapture } from '../../src/domain/capture/capture.ts';
import type { DigestSettings } from '../../src/domain/digest/digest.ts';
import { EMPTY_TELLING } from '../../src/domain/near-miss.ts';
import { openStorage } from '../../src/storage/storage.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/**
 * Puts a digest into the file of an app that is not running: it is due `dueIn` from now by the wall clock, in
 * #learning, with amira as its steward and these stories of maria in it.
 */
export async function setUpDigest(
  workspace: Workspace,
  databasePath: string,
  stories: string[],
  { dueIn = -MINUTE, ...digest }: { dueIn?: number } & Partial<DigestSettings> = {},
): Promise<void> {
  const storage = openStorage(databasePath, randomUUID);
  const { id: teamId, name } = workspace.state.team;
  const now = Date.now();
  const slot = new Date(now + dueIn);
  await storage.workspaces.remember({ teamId, name });
  await storage.workspaces.change(teamId, {
    stewards: [workspace.person('amira').id],
    digest: {
      channelId: workspace.channel('learning').id,
      channelName: 'learning',
      setUpAt: now - DAY,
      since: now - DAY,
      weekday: slot.getUTCDay() === 0 ? 7 : slot.getUTCDay(),
      minutes: slot.getUTCHours() * 60 + slot.getUTCMinutes(),
      zone: 'UTC',
      quietWeek: 'nothing',
      replies: 30,
      ...digest,
    },
  });
  for (const summary of stories) {
    const capture = toCapture(
      {
        id: randomUUID(),
        teamId,
        personId: workspace.person('maria').id,
        summary,
        tier: 'named',
        audience: 'everyone',
        wantsCard: false,
        conversation: { id: workspace.channel('payments-ops').id, name: 'payments-ops', kind: 'public' },
        stewards: [],
      },
      now - 60 * MINUTE,
    );
    await storage.nearMisses.capture(capture, now, now);
    const telling = { ...EMPTY_TELLING, signal: { kind: 'alert' as const } };
    await storage.nearMisses.tell({ teamId, id: capture.id, change: () => telling, toldAt: now, now });
  }
  storage.close();
}
