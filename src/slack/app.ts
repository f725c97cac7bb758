import { App, type Receiver } from '@slack/bolt';
import type { WebClientOptions } from '@slack/web-api';
import { ADOPT } from './adopting.ts';
import { onGoOn, onHomeOpened, onLetter } from './at-home.ts';
import { CARD_ACTIONS } from './card.ts';
import { CHANGE_ACTIONS, CHANGE_WHO_CAN_SEE, EDIT_WORDS } from './change.ts';
import { onUserChanged } from './changed-people.ts';
import {
  onAnswerAsked,
  onChangeWhoCanSee,
  onEditWords,
  onWhoCanSeeChanged,
  onWithdraw,
  onWordsEdited,
} from './changing.ts';
import { onCommand } from './commanding.ts';
import { CONFIRMATION_ACTIONS, QUESTION_ACTIONS } from './confirmation.ts';
import { WORDING_ACTIONS } from './digest-notices.ts';
import { DIGEST_SETTINGS } from './digest-settings.ts';
import { DIGEST_ACTIONS } from './digest-story.ts';
import { onHeld, onHold } from './holding.ts';
import { HOME_ACTIONS } from './home.ts';
import { LETTER_ACTIONS } from './letters.ts';
import { MADE_POSSIBLE } from './made-possible.ts';
import { onMoreStories } from './more-stories.ts';
import { REMOVE_OWN_WORDS } from './own-words.ts';
import { onPlaceHeard } from './places-heard.ts';
import { onAdopted, onPress, onStillTrue, onUse } from './pressing.ts';
import { PREVIEW_ACTIONS } from './preview.ts';
import { PREVIEW_VIEWS } from './preview-modals.ts';
import { onLeftOut, onStoryButton, onWordingAnswered, onWordingProposed } from './proposing.ts';
import { onPublish, onPublishNow, PUBLISH_NOW } from './publishing.ts';
import { onMore, onReadAll, onTellMore, onWhoCanSee } from './reading.ts';
import { REPLACE_LUCK } from './replace-luck.ts';
import { onStepOne } from './saving-step-one.ts';
import { onMadePossible, onSkipped, onStepTwo } from './saving-step-two.ts';
import { onChoice, onGlobalShortcut, onShareFromHome } from './sharing.ts';
import { onMessageShortcut } from './sharing-from-message.ts';
import { quietLogger } from './slack-logger.ts';
import { CHOICE_ACTIONS, STEP_ONE } from './step-one.ts';
import { STEP_TWO } from './step-two.ts';
import { STEWARD_SETTINGS } from './steward-settings.ts';
import { onDigestSet, onStewardsChosen } from './stewarding.ts';
import { onSystemSuggestion } from './suggesting.ts';
import type { Surroundings } from './surroundings.ts';
import { SYSTEM_ACTION } from './system-input.ts';
import { TOPIC_ACTION } from './tell-more.ts';
import { onLuckReplaced, onRemoveOwnWords, onTopic, onTopicTold } from './telling.ts';
import { TOPIC } from './topic-view.ts';
import { onTrouble } from './trouble.ts';

export const COMMAND = '/nearmiss';
export const SHORTCUTS = { message: 'share_from_message', global: 'share_from_anywhere' } as const;

/** Everything people can do, and who answers it. The ids are those of `manifest.yml`; a test compares them. */
export function slackApp(
  app: Surroundings,
  receiver: Receiver,
  token: string,
  clientOptions: WebClientOptions,
): App {
  const { botId, botUserId, teamId } = app.identity;
  const bolt = new App({
    receiver,
    clientOptions,
    logger: quietLogger(app.log),
    // One workspace: no call to Slack is needed to know who we are when something happens.
    authorize: () => Promise.resolve({ botToken: token, botId, botUserId, teamId }),
    deferInitialization: true,
    extendedErrorHandler: true,
    convoStore: false,
  });

  bolt.use(onPlaceHeard(app));

  bolt.command(COMMAND, onCommand(app));
  bolt.shortcut({ callback_id: SHORTCUTS.message, type: 'message_action' }, onMessageShortcut(app));
  bolt.shortcut({ callback_id: SHORTCUTS.global, type: 'shortcut' }, onGlobalShortcut(app));
  bolt.event('app_home_opened', onHomeOpened(app));
  bolt.event('user_change', onUserChanged(app));

  bolt.options({ type: 'block_suggestion', action_id: SYSTEM_ACTION }, onSystemSuggestion(app));
  for (const actionId of CHOICE_ACTIONS)
    bolt.action({ type: 'block_actions', action_id: actionId }, onChoice(app));
  bolt.view(STEP_ONE, onStepOne(app));
  bolt.view(STEP_TWO, onStepTwo(app));
  bolt.view(MADE_POSSIBLE, onMadePossible(app));
  for (const callbackId of [STEP_TWO, MADE_POSSIBLE]) {
    bolt.view({ callback_id: callbackId, type: 'view_closed' }, onSkipped(app));
  }

  bolt.action(HOME_ACTIONS.share, onShareFromHome(app));
  bolt.action(HOME_ACTIONS.goOn, onGoOn(app));
  bolt.action(CARD_ACTIONS.tellMore, onTellMore(app));
  bolt.action(CARD_ACTIONS.readAll, onReadAll(app));
  bolt.action(CARD_ACTIONS.more, onMore(app));
  bolt.action(CONFIRMATION_ACTIONS.whoCanSee, onWhoCanSee(app));
  bolt.action(TOPIC_ACTION, onTopic(app));
  bolt.action(REMOVE_OWN_WORDS, onRemoveOwnWords(app));
  bolt.view(TOPIC, onTopicTold(app));
  bolt.view(REPLACE_LUCK, onLuckReplaced(app));

  bolt.action(CHANGE_ACTIONS.words, onEditWords(app));
  bolt.action(CHANGE_ACTIONS.whoCanSee, onChangeWhoCanSee(app));
  bolt.action(CHANGE_ACTIONS.withdraw, onWithdraw(app));
  bolt.view(EDIT_WORDS, onWordsEdited(app));
  bolt.view(CHANGE_WHO_CAN_SEE, onWhoCanSeeChanged(app));
  bolt.action(QUESTION_ACTIONS.postAgain, onAnswerAsked(app, 'post_again'));
  bolt.action(QUESTION_ACTIONS.isThere, onAnswerAsked(app, 'is_there'));

  bolt.view(STEWARD_SETTINGS, onStewardsChosen(app));
  bolt.view(DIGEST_SETTINGS, onDigestSet(app));
  bolt.view(PUBLISH_NOW, onPublishNow(app));
  bolt.action(PREVIEW_ACTIONS.publish, onPublish(app));
  bolt.action(PREVIEW_ACTIONS.hold, onHold(app));
  bolt.view(PREVIEW_VIEWS.hold, onHeld(app));
  bolt.action(PREVIEW_ACTIONS.leaveOut, onStoryButton(app, 'leave_out'));
  bolt.view(PREVIEW_VIEWS.leaveOut, onLeftOut(app));
  bolt.action(PREVIEW_ACTIONS.reword, onStoryButton(app, 'reword'));
  bolt.view(PREVIEW_VIEWS.reword, onWordingProposed(app));
  bolt.action(WORDING_ACTIONS.agree, onWordingAnswered(app, true));
  bolt.action(WORDING_ACTIONS.keep, onWordingAnswered(app, false));

  bolt.action(DIGEST_ACTIONS.learned, onPress(app, 'learned'));
  bolt.action(DIGEST_ACTIONS.seen, onPress(app, 'seen'));
  bolt.action(DIGEST_ACTIONS.use, onUse(app));
  bolt.view(ADOPT, onAdopted(app));
  bolt.action(DIGEST_ACTIONS.more, onMoreStories(app));
  bolt.action(DIGEST_ACTIONS.stillTrue, onStillTrue(app));
  bolt.action(DIGEST_ACTIONS.changed, onTellMore(app));
  bolt.action(LETTER_ACTIONS.tryAgain, onLetter(app, 'try_again'));
  bolt.action(LETTER_ACTIONS.letGo, onLetter(app, 'let_go'));

  bolt.error(onTrouble(app));
  return bolt;
}
