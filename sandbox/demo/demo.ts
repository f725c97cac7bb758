import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Bot, startBot, type World } from '../../src/app/bot.ts';
import { portUnusable } from '../../src/app/server.ts';
import { pages } from '../page/routes.ts';
import { startWorkspace } from '../workspace.ts';
import { acme } from './acme.ts';

/** The demo's own directory. Nothing outside it is written or removed. */
const DIRECTORY = '.workspace';
const DATABASE = join(DIRECTORY, 'nearmiss.db');

const MANIFEST = fileURLToPath(new URL('../../manifest.yml', import.meta.url));

type Demo = Bot & { url: string };

/**
 * The local workspace with the app inside, for trying it in a browser. It is not connected to Slack. Each start
 * begins anew, since the workspace lives in memory: what the app stored of the last one points nowhere.
 */
export async function startDemo(world: World, port: number): Promise<Demo> {
  const { options, tell } = acme(world.now);
  const workspace = await startWorkspace({ ...options, manifest: MANIFEST, port, pages }).catch(
    (error: NodeJS.ErrnoException) => {
      throw error.syscall === 'listen' ? portUnusable(port, error) : error;
    },
  );
  tell(workspace);
  mkdirSync(DIRECTORY, { recursive: true });
  chmodSync(DIRECTORY, 0o700);
  for (const file of [DATABASE, `${DATABASE}-wal`, `${DATABASE}-shm`]) rmSync(file, { force: true });
  const bot = await startBot(
    {
      botToken: workspace.botToken,
      slack: { mode: 'socket', appToken: workspace.appToken },
      slackApiUrl: workspace.apiUrl,
      databasePath: DATABASE,
      port: 0,
      logLevel: 'warn',
    },
    { ...world, host: '127.0.0.1' },
  );
  return {
    ...bot,
    url: workspace.url,
    async stop() {
      await bot.stop();
      await workspace.stop();
    },
  };
}
