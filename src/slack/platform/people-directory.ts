import type { Workspace } from '../workspace.ts';
import { limitedForMs } from './slack-errors.ts';

/** How long the directory of people is left alone after it was read, and after that failed. */
export type DirectoryPace = { againMs: number; afterFailureMs: number };

/** Well before what is known of people runs out, and soon for those who came to work here meanwhile. */
const DIRECTORY_PACE: DirectoryPace = { againMs: 6 * 60 * 60 * 1000, afterFailureMs: 5 * 60 * 1000 };

/**
 * Reads the directory now and then anew, in the background, as fast as Slack gives it. Names and zones come in while
 * people already work; without them a few sentences say less.
 * @returns what ends it.
 */
export function keepDirectory({ app, people, watch }: Workspace, pace = DIRECTORY_PACE): () => void {
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  async function load(): Promise<number> {
    try {
      await people.loadDirectory();
      return pace.againMs;
    } catch (error) {
      const limitedMs = limitedForMs(error);
      // A large workspace has more people than Slack gives at once: it goes on where it was stopped.
      if (limitedMs !== undefined) return limitedMs;
      watch(error);
      app.log.warn({ error }, 'the directory of people could not be read to its end');
      return pace.afterFailureMs;
    }
  }
  async function keepOn(): Promise<void> {
    const nextMs = await load();
    if (!isOver) timer = setTimeout(() => void keepOn(), nextMs).unref();
  }
  void keepOn();
  return () => {
    isOver = true;
    clearTimeout(timer);
  };
}
