import type { WhereaboutsArgs } from '../platform/listener.ts';
import type { Workspace } from '../workspace.ts';

/** Somebody is in a conversation no more, or from now on: what was known of that counts no more. */
export async function onJoinedOrLeft({ people }: Workspace, { event }: WhereaboutsArgs) {
  people.changedWhere(event.user, event.channel);
}
