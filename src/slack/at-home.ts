import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';
import { home } from './home.ts';
import { homeLists } from './looking.ts';
import { notFoundWords, sayingModal } from './near-miss-view.ts';
import { own } from './own.ts';
import type { ButtonArgs } from './reading.ts';
import { stepTwo } from './step-two.ts';
import { whyNotSteward } from './stewards.ts';
import type { Surroundings } from './surroundings.ts';

/** Somebody opened the app's Home. There is no place to say that it could not be drawn, so it follows. */
export function onHomeOpened(app: Surroundings) {
  return async ({ event }: SlackEventMiddlewareArgs<'app_home_opened'> & AllMiddlewareArgs) => {
    if (event.tab === 'messages') return;
    try {
      const view = home(await homeLists(app, event.user));
      await app.client.views.publish({ user_id: event.user, view });
    } catch (error) {
      app.log.warn({ error }, 'a Home could not be drawn at once');
      await app.storage.outbox.refreshHome(app.identity.teamId, event.user, app.now());
      app.wakeOutbox();
    }
  };
}

/** *Go on*: step 2 of something that was saved, with what is told already. */
export function onGoOn(app: Surroundings) {
  return async ({ body, action, ack }: ButtonArgs) => {
    await ack();
    const nearMiss = await own(app, action.value ?? '', body.user.id);
    const view =
      nearMiss === undefined
        ? sayingModal('What can we learn?', notFoundWords())
        : stepTwo(nearMiss, { telling: nearMiss.told, reached: nearMiss.reached });
    await app.client.views.open({ trigger_id: body.trigger_id, view });
  };
}

/** *Try again* or *Let it go*: a part of the digest that did not arrive. */
export function onLetter(app: Surroundings, answer: 'try_again' | 'let_go') {
  return async ({ body, action, ack }: ButtonArgs) => {
    await ack();
    const { storage, identity, now } = app;
    const refused = await whyNotSteward(app, body.user.id, 'decide this');
    if (refused === undefined) {
      const seq = Number(action.value);
      await storage.outbox.answerLetter({ teamId: identity.teamId, seq, answer, now: now() });
    }
    await storage.outbox.refreshHome(identity.teamId, body.user.id, now());
    app.wakeOutbox();
    if (refused !== undefined)
      await app.client.views.open({
        trigger_id: body.trigger_id,
        view: sayingModal('For stewards', refused),
      });
  };
}
