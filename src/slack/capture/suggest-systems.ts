import type { AllMiddlewareArgs, SlackOptionsMiddlewareArgs } from '@slack/bolt';
import { dayOf } from '../../domain/access/gate.ts';
import type { Place } from '../../domain/access/place.ts';
import type { Surroundings } from '../surroundings.ts';
import { readNotes } from './step-one.ts';
import { systemSuggestions } from './system-input.ts';

const SUGGESTIONS = 20;

/** Type-ahead for systems: only those of near-misses the person may read, and nobody is named to Slack for it. */
export function onSystemSuggestion(app: Surroundings) {
  return async ({
    options,
    body,
    ack,
  }: SlackOptionsMiddlewareArgs<'block_suggestion'> & AllMiddlewareArgs) => {
    const known = await knownSystems(app, options.value, body);
    await ack({ options: systemSuggestions(options.value, known) });
  };
}

/** Whoever types in a private conversation is in it. A public channel can be looked into by anyone. */
function isSurelyIn({ kind, membersKnown }: Place): boolean {
  return kind !== 'public' && membersKnown === true;
}

async function knownSystems(
  app: Surroundings,
  typed: string,
  body: SlackOptionsMiddlewareArgs<'block_suggestion'>['body'],
): Promise<string[]> {
  const place = body.view === undefined ? undefined : readNotes(body.view).place;
  const isMember = app.people.known(body.user.id)?.standing === 'member';
  try {
    return await app.storage.lists.systemsLike({
      teamId: app.identity.teamId,
      typed: typed.trim(),
      personId: body.user.id,
      everyone: isMember,
      channels: isMember && place !== undefined && isSurelyIn(place) ? [place.id] : [],
      until: dayOf(app.now()) - 1,
      limit: SUGGESTIONS,
    });
  } catch (error) {
    app.log.error({ error }, 'systems could not be suggested');
    return [];
  }
}
