import { overBefore } from '../../domain/access/gate.ts';
import type { Place } from '../../domain/access/place.ts';
import type { SuggestionArgs } from '../platform/listener.ts';
import type { Workspace } from '../workspace.ts';
import { STEP_ONE_NOTES } from './step-one.ts';
import { systemSuggestions } from './system-input.ts';

const SUGGESTIONS = 20;

/** Type-ahead for systems: only those of near-misses the person may read, and nobody is named to Slack for it. */
export async function onSystemSuggestion(workspace: Workspace, { options, body, ack }: SuggestionArgs) {
  const known = await knownSystems(workspace, options.value, body);
  await ack({ options: systemSuggestions(options.value, known) });
}

/** Whoever types in a private conversation is in it. A public channel can be looked into by anyone. */
function isSurelyIn({ kind, membersKnown }: Place): boolean {
  return kind !== 'public' && membersKnown === true;
}

async function knownSystems(
  workspace: Workspace,
  typed: string,
  body: SuggestionArgs['body'],
): Promise<string[]> {
  const place = body.view === undefined ? undefined : STEP_ONE_NOTES.read(body.view)?.place;
  const isMember = workspace.people.known(body.user.id)?.standing === 'member';
  try {
    return await workspace.app.storage.lists.systemsLike({
      teamId: workspace.identity.teamId,
      typed: typed.trim(),
      personId: body.user.id,
      everyone: isMember,
      channels: isMember && place !== undefined && isSurelyIn(place) ? [place.id] : [],
      until: overBefore(workspace.app.now()) - 1,
      limit: SUGGESTIONS,
    });
  } catch (error) {
    workspace.app.log.error({ error }, 'systems could not be suggested');
    return [];
  }
}
