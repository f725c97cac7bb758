import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { PersonActions } from '../people/person-actions.ts';
import type { Change } from '../state/core.ts';
import type { Workspace } from '../workspace.ts';

// The rest, such as calls and deliveries, happens behind the scenes.
const onScreen = new Set<Change['what']>(['message', 'ephemeral', 'view', 'home', 'channel', 'failure']);

/** Does a change touch what this person sees? */
function concerns(me: PersonActions, change: Change): boolean {
  if (!onScreen.has(change.what)) return false;
  return change.person === undefined || change.person === me.id || change.person === me.handle;
}

/** Tells a page to look again, for as long as it is open. Says nothing of what changed: the page knows where it is. */
export function changesFor(context: Context, workspace: Workspace, me: PersonActions): Response {
  return streamSSE(context, async (stream) => {
    await stream.writeSSE({ event: 'ready', data: '' });
    await new Promise<void>((resolve) => {
      const stop = workspace.subscribe((change) => {
        if (concerns(me, change))
          stream.writeSSE({ event: 'change', data: change.what }).catch(() => undefined);
      });
      stream.onAbort(() => {
        stop();
        resolve();
      });
    });
  });
}
