import type { Workspace } from '../workspace.ts';

/**
 * Waits until nothing has changed for a moment. A browser without the script gets one page for each thing it does,
 * and an app shows what it has to show shortly after it has answered.
 */
export async function untilQuiet(workspace: Workspace, { quiet = 200, most = 1500 } = {}): Promise<void> {
  await new Promise<void>((resolve) => {
    let timer = setTimeout(finish, quiet);
    const last = setTimeout(finish, most);
    const stop = workspace.subscribe(() => {
      clearTimeout(timer);
      timer = setTimeout(finish, quiet);
    });
    function finish() {
      clearTimeout(timer);
      clearTimeout(last);
      stop();
      resolve();
    }
  });
}
