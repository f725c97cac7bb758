import { App, type Receiver } from '@slack/bolt';
import type { WebClientOptions } from '@slack/web-api';
import { CONFIRMATION_ACTIONS, QUESTION_ACTIONS } from './capture/confirmation.ts';
import { onStepOne } from './capture/save-step-one.ts';
import { onMadePossible, onSkipped, onStepTwo } from './capture/save-step-two.ts';
import { onChoice, onGlobalShortcut, onShareFromHome } from './capture/share.ts';
import { onMessageShortcut } from './capture/share-from-message.ts';
import { CHOICE_ACTIONS, STEP_ONE } from './capture/step-one.ts';
import { STEP_TWO } from './capture/step-two.ts';
import { onSystemSuggestion } from './capture/suggest-systems.ts';
import { SYSTEM_ACTION } from './capture/system-input.ts';
import { CARD_ACTIONS } from './card/card.ts';
import { onCommand } from './commands/run-command.ts';
import { ADOPT } from './digest/adoption-view.ts';
import { WORDING_ACTIONS } from './digest/digest-notices.ts';
import { DIGEST_SETTINGS } from './digest/digest-settings-view.ts';
import { DIGEST_ACTIONS } from './digest/digest-story.ts';
import { onHeld, onHold } from './digest/hold-digest.ts';
import { onMoreStories } from './digest/more-stories.ts';
import { onAdopted, onPress, onStillTrue, onUse } from './digest/press.ts';
import { PREVIEW_ACTIONS } from './digest/preview-message.ts';
import { PREVIEW_VIEWS } from './digest/preview-modals.ts';
import { onPublish, onPublishNow, PUBLISH_NOW } from './digest/publish-now.ts';
import { onLeftOut, onStoryButton, onWordingAnswered, onWordingProposed } from './digest/wording.ts';
import { HOME_ACTIONS } from './home/home-view.ts';
import { onGoOn, onHomeOpened, onLetter } from './home/open-home.ts';
import { onTrouble } from './platform/say-what-failed.ts';
import { quietLogger } from './platform/slack-logger.ts';
import { onDigestSet, onStewardsChosen } from './stewards/choose-stewards.ts';
import { LETTER_ACTIONS } from './stewards/dead-letters.ts';
import { STEWARD_SETTINGS } from './stewards/steward-settings-view.ts';
import {
  onAnswerAsked,
  onChangeWhoCanSee,
  onEditWords,
  onWhoCanSeeChanged,
  onWithdraw,
  onWordsEdited,
} from './story/change-story.ts';
import { CHANGE_ACTIONS, CHANGE_WHO_CAN_SEE, EDIT_WORDS } from './story/change-views.ts';
import { MADE_POSSIBLE } from './story/made-possible.ts';
import { REMOVE_OWN_WORDS } from './story/own-words.ts';
import { onMore, onReadAll, onTellMore, onWhoCanSee } from './story/read-story.ts';
import { REPLACE_LUCK } from './story/replace-luck.ts';
import { TOPIC_ACTION } from './story/tell-more.ts';
import { onLuckReplaced, onRemoveOwnWords, onTopic, onTopicTold } from './story/tell-topic.ts';
import { TOPIC } from './story/topic-view.ts';
import type { Surroundings } from './surroundings.ts';

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

  bolt.command(COMMAND, onCommand(app));
  bolt.shortcut({ callback_id: SHORTCUTS.message, type: 'message_action' }, onMessageShortcut(app));
  bolt.shortcut({ callback_id: SHORTCUTS.global, type: 'shortcut' }, onGlobalShortcut(app));
  bolt.event('app_home_opened', onHomeOpened(app));

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
