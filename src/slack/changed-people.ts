import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';
import type { Described } from './people.ts';
import { noteFormerStewards } from './stewards.ts';
import type { Surroundings } from './surroundings.ts';

/** Somebody became a guest, left, or is called otherwise: what was known of them counts no more, from now on. */
export function onUserChanged(app: Surroundings) {
  return async ({ event }: SlackEventMiddlewareArgs<'user_change'> & AllMiddlewareArgs) => {
    const { people, storage, identity } = app;
    const user = event.user as Described | undefined;
    if (user?.id === undefined) return;
    people.changed(user);
    const { stewards } = await storage.workspaces.settings(identity.teamId);
    if (!stewards.includes(user.id)) return;
    await people.standing(user.id);
    await noteFormerStewards(app);
  };
}
