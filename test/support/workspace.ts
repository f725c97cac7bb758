import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { inject, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import type { Json } from '../../sandbox/json.ts';
import { startWorkspace, type Workspace, type WorkspaceOptions } from '../../sandbox/workspace.ts';
import { SCRATCH } from './scratch.ts';

export const PEOPLE: NonNullable<WorkspaceOptions['people']> = [
  { handle: 'maria', realName: 'Maria Lopez', tz: 'Europe/Madrid' },
  { handle: 'jon', realName: 'Jon Park', tz: 'Europe/London', isAdmin: true },
  { handle: 'amira', realName: 'Amira Haddad', tz: 'Europe/Madrid' },
  { handle: 'sam', realName: 'Sam Okoro' },
  { handle: 'gus', realName: 'Gus Guest', isRestricted: true },
  { handle: 'olga', realName: 'Olga Outside', isStranger: true },
  { handle: 'helper', realName: 'Helper Bot', isBot: true },
];

const EVERYBODY = ['maria', 'jon', 'amira', 'sam', 'gus'];

export const CHANNELS: NonNullable<WorkspaceOptions['channels']> = [
  { name: 'payments-ops', members: EVERYBODY, app: true },
  { name: 'learning', members: EVERYBODY, app: true },
  { name: 'elsewhere', members: EVERYBODY, app: true },
  { name: 'quiet', members: EVERYBODY },
  { name: 'finance-leads', kind: 'private', members: ['maria', 'jon'], app: true },
  { name: 'ledger', kind: 'private', members: ['maria', 'jon', 'sam'], app: true },
  { name: 'board', kind: 'private', members: ['maria', 'jon'] },
  { name: 'partners', members: [...EVERYBODY, 'olga'], app: true, isExtShared: true },
  { name: 'old', members: EVERYBODY, app: true, isArchived: true },
  { name: 'announcements', members: EVERYBODY, app: true, isPostingRestricted: true },
];

/** Read once for each file of tests: every workspace installs the app from it. */
const MANIFEST = parse(readFileSync('manifest.yml', 'utf8')) as Json;

/** The Slack that both harnesses talk to, with these people and channels unless said otherwise; stopped when the test is over. */
export async function openWorkspace(options: Partial<WorkspaceOptions> = {}): Promise<Workspace> {
  const workspace = await startWorkspace({
    manifest: MANIFEST,
    people: PEOPLE,
    channels: CHANNELS,
    ...options,
  });
  onTestFinished(() => workspace.stop());
  return workspace;
}

/** Every call of a method the app has made so far. */
export function callsOf({ workspace }: { workspace: Workspace }, method: string) {
  return workspace.calls.filter((call) => call.method === method);
}

/** A folder of its own, removed when the test is over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(SCRATCH, 'near-miss-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The path of an up-to-date database with nothing in it, in a folder of its own. */
export function emptyDatabase(): string {
  const path = join(temporaryFolder(), 'nearmiss.db');
  copyFileSync(inject('emptyDatabase'), path);
  return path;
}
