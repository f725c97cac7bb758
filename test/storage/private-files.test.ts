import { randomUUID } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openStorage } from '../../src/storage/storage.ts';
import { envFor, startBotProcess } from '../support/bot-process.ts';
import { openWorkspace, temporaryFolder } from '../support/workspace.ts';

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

/** What stands in a folder, and who may open it. */
const modesIn = (folder: string) =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, modeOf(join(folder, name))]));

const PRIVATE = {
  'nearmiss.db': '600',
  'nearmiss.db-shm': '600',
  'nearmiss.db-waiting.json': '600',
  'nearmiss.db-wal': '600',
};

/** Opens the store there; what was said to whoever runs the app. */
function saidOf(path: string): string[] {
  const said: string[] = [];
  const storage = openStorage(path, randomUUID, (sentence) => said.push(sentence));
  onTestFinished(storage.close);
  return said;
}

test.each(['000', '022', '377'])(
  'with the umask %s, what the app makes is its user’s alone',
  async (umask) => {
    const workspace = await openWorkspace();
    const folder = join(temporaryFolder(), 'deep', 'data');
    const env = await envFor(workspace, join(folder, 'nearmiss.db'));
    const wrapped = (command: string[]) => ['sh', '-c', `umask ${umask}; exec "$@"`, 'sh', ...command];
    const app = startBotProcess({ env, wrapped });
    await app.says('"msg":"ready"');
    expect(modesIn(folder)).toEqual(PRIVATE);
    expect(modeOf(folder)).toBe('700');
    expect(app.out()).not.toContain('Others on this machine');
  },
);

test('files that others could open are closed to them, and that is said', () => {
  const folder = temporaryFolder();
  const path = join(folder, 'nearmiss.db');
  expect(saidOf(path)).toEqual([]);
  for (const name of Object.keys(PRIVATE)) chmodSync(join(folder, name), 0o664);
  const said = saidOf(path);
  expect(modesIn(folder)).toEqual(PRIVATE);
  const sentences = Object.keys(PRIVATE).map(
    (name) =>
      `Others on this machine could open the file ${join(folder, name)}. Now only the user of the app can.`,
  );
  expect(said.toSorted()).toEqual(sentences.toSorted());
  expect(saidOf(path)).toEqual([]);
});

test.each([0o755, 0o710, 0o777])(
  'a folder that was there and is open to others (%o) stays so, and is spoken of',
  (mode) => {
    const folder = join(temporaryFolder(), 'shared');
    mkdirSync(folder);
    chmodSync(folder, mode);
    const said = saidOf(join(folder, 'nearmiss.db'));
    expect(said).toEqual([
      `Others on this machine can look into the folder ${folder}, where the database is. Please give the database a folder of its own that only the user of the app may open.`,
    ]);
    expect(modeOf(folder)).toBe(mode.toString(8));
    expect(modesIn(folder)).toEqual(PRIVATE);
  },
);

test('a folder above that the app makes on the way is its user’s alone, too', () => {
  const folder = temporaryFolder();
  expect(saidOf(join(folder, 'one', 'two', 'nearmiss.db'))).toEqual([]);
  expect(modesIn(folder)).toEqual({ one: '700' });
});
