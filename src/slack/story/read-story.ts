import type { ButtonArgs } from '../platform/listener.ts';
import type { Workspace } from '../workspace.ts';
import { openAbout } from './open-about.ts';
import { nearMissView } from './story-view.ts';
import { peopleNamed } from './whole-story.ts';

/** The whole of a near-miss. */
export async function onReadAll(workspace: Workspace, { body, action, ack }: ButtonArgs) {
  await ack();
  await openAbout(workspace, body, {
    id: action.value ?? '',
    title: 'A near-miss',
    draw: async (nearMiss) =>
      nearMissView(nearMiss, await workspace.people.names(peopleNamed(nearMiss)), workspace.app.now()),
  });
}
