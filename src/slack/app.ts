import { App as Bolt, type Receiver } from '@slack/bolt';
import type { WebClientOptions } from '@slack/web-api';
import { onChangeWhoCanSee, onWhoCanSeeChanged } from './access/change-who-can-see.ts';
import { CHANGE_WHO_CAN_SEE, WHO_CAN_SEE_SUBJECT } from './access/change-who-can-see-view.ts';
import { onJoinedOrLeft } from './access/joined-or-left.ts';
import { onLookUp, onNameLookedUp } from './access/look-up.ts';
import { LOOK_SUBJECT, LOOK_UP } from './access/look-up-view.ts';
import { onWhoCanSee } from './access/who-can-see.ts';
import { CONFIRMATION_ACTIONS } from './capture/confirmation.ts';
import { onStepOne } from './capture/save-step-one.ts';
import { onDone, onMadePossible, onStepTwo } from './capture/save-step-two.ts';
import { onChoice, onGlobalShortcut, onShareFromHome } from './capture/share.ts';
import { onMessageShortcut } from './capture/share-from-message.ts';
import { CHOICE_ACTIONS, STEP_ONE, STEP_ONE_NOTES } from './capture/step-one.ts';
import { STEP_TWO, STEP_TWO_PLACE } from './capture/step-two.ts';
import { onSystemSuggestion } from './capture/suggest-systems.ts';
import { SYSTEM_ACTION } from './capture/system-input.ts';
import { CARD_ACTIONS } from './card/card.ts';
import { onCardMenu } from './card/card-menu.ts';
import { onCardQuestion, QUESTION_ACTIONS } from './card/card-question.ts';
import { onCommand } from './commands/run-command.ts';
import {
  ADOPTION_ACTIONS,
  onAdopted,
  onAdoptionTakenBack,
  onChangeAdoption,
  onUse,
} from './digest/adoption.ts';
import { ADOPT, ADOPTION_SUBJECT } from './digest/adoption-view.ts';
import { WORDING_ACTIONS } from './digest/digest-notices.ts';
import { DIGEST_SETTINGS } from './digest/digest-settings-view.ts';
import { DIGEST_ACTIONS } from './digest/digest-story.ts';
import { onHeld, onHold } from './digest/hold-digest.ts';
import { onMoreStories } from './digest/more-stories.ts';
import { onPress, onPressTakenBack, onStillTrue, TAKE_BACK } from './digest/press.ts';
import { PREVIEW_ACTIONS } from './digest/preview-message.ts';
import { IN_PREVIEW, PREVIEW_VIEWS } from './digest/preview-modals.ts';
import { onPublish, onPublishNow, PUBLISH_NOW, PUBLISH_SUBJECT } from './digest/publish-now.ts';
import { onDigestSet } from './digest/set-up-digest.ts';
import { onLeftOut, onStoryButton, onWordingAnswered, onWordingProposed } from './digest/wording.ts';
import { HOME_ACTIONS } from './home/home-view.ts';
import { onHomeOpened } from './home/open-home.ts';
import { handledOnce } from './platform/handled-once.ts';
import { listenersFor } from './platform/listener.ts';
import { carrying } from './platform/old-modal.ts';
import { onTrouble } from './platform/say-what-failed.ts';
import { quietLogger } from './platform/slack-logger.ts';
import { SUBJECT } from './platform/view-metadata.ts';
import { onUndeliveredAnswered } from './stewards/answer-undelivered.ts';
import { onUserChanged } from './stewards/changed-people.ts';
import { onStewardsChosen } from './stewards/choose-stewards.ts';
import { STEWARD_SETTINGS } from './stewards/steward-settings-view.ts';
import { UNDELIVERED_ACTIONS } from './stewards/undelivered.ts';
import { EDIT_WORDS, onEditWords, onWordsEdited } from './story/edit-words.ts';
import { MADE_POSSIBLE } from './story/made-possible.ts';
import { REMOVE_OWN_WORDS } from './story/own-words.ts';
import { onReadAll } from './story/read-story.ts';
import { REPLACE_LUCK } from './story/replace-luck.ts';
import { onTellMore, TOPIC_ACTION } from './story/tell-more.ts';
import { onLuckReplaced, onRemoveOwnWords, onTopic, onTopicTold } from './story/tell-topic.ts';
import { TOPIC, TOPIC_SUBJECT } from './story/topic-view.ts';
import { onWithdraw, WITHDRAW } from './story/withdraw.ts';
import type { App, Workspaces } from './workspace.ts';

export const COMMAND = '/nearmiss';
export const SHORTCUTS = { message: 'share_from_message', global: 'share_from_anywhere' } as const;

/** Everything people can do, and who answers it. The ids are those of `manifest.yml`; a test compares them. */
export function slackApp(
  app: App,
  workspaces: Workspaces,
  receiver: Receiver,
  clientOptions: WebClientOptions,
): Bolt {
  const bolt = new Bolt({
    receiver,
    clientOptions,
    logger: quietLogger(app.log),
    // Listeners get their workspace, and with it the client they call Slack with, from us.
    authorize: () => Promise.resolve({}),
    deferInitialization: true,
    extendedErrorHandler: true,
    convoStore: false,
  });
  const heard = listenersFor(workspaces, app.log);
  bolt.use(handledOnce());

  bolt.command(COMMAND, heard(onCommand));
  bolt.shortcut({ callback_id: SHORTCUTS.message, type: 'message_action' }, heard(onMessageShortcut));
  bolt.shortcut({ callback_id: SHORTCUTS.global, type: 'shortcut' }, heard(onGlobalShortcut));
  bolt.event('app_home_opened', heard(onHomeOpened));
  bolt.event('user_change', heard(onUserChanged));
  bolt.event('member_joined_channel', heard(onJoinedOrLeft));
  bolt.event('member_left_channel', heard(onJoinedOrLeft));

  bolt.options({ type: 'block_suggestion', action_id: SYSTEM_ACTION }, heard(onSystemSuggestion));
  for (const actionId of CHOICE_ACTIONS)
    bolt.action({ type: 'block_actions', action_id: actionId }, heard(carrying(STEP_ONE_NOTES, onChoice)));
  bolt.view(STEP_ONE, heard(carrying(STEP_ONE_NOTES, onStepOne)));
  bolt.view(STEP_TWO, heard(carrying(STEP_TWO_PLACE, onStepTwo)));
  bolt.view({ callback_id: STEP_TWO, type: 'view_closed' }, heard(carrying(STEP_TWO_PLACE, onDone)));
  bolt.view(MADE_POSSIBLE, heard(carrying(SUBJECT, onMadePossible)));
  bolt.view({ callback_id: MADE_POSSIBLE, type: 'view_closed' }, heard(carrying(SUBJECT, onDone)));

  bolt.action(HOME_ACTIONS.share, heard(onShareFromHome));
  bolt.action(CARD_ACTIONS.tellMore, heard(onTellMore));
  bolt.action(CARD_ACTIONS.readAll, heard(onReadAll));
  bolt.action(CARD_ACTIONS.more, heard(onCardMenu));
  bolt.action(CONFIRMATION_ACTIONS.whoCanSee, heard(onWhoCanSee));
  bolt.action(TOPIC_ACTION, heard(onTopic));
  bolt.action(REMOVE_OWN_WORDS, heard(onRemoveOwnWords));
  bolt.view(TOPIC, heard(carrying(TOPIC_SUBJECT, onTopicTold)));
  bolt.view(REPLACE_LUCK, heard(carrying(SUBJECT, onLuckReplaced)));

  bolt.action(EDIT_WORDS, heard(onEditWords));
  bolt.action(CHANGE_WHO_CAN_SEE, heard(onChangeWhoCanSee));
  bolt.action(LOOK_UP, heard(onLookUp));
  bolt.view(LOOK_UP, heard(carrying(LOOK_SUBJECT, onNameLookedUp)));
  bolt.action(WITHDRAW, heard(onWithdraw));
  bolt.view(EDIT_WORDS, heard(carrying(SUBJECT, onWordsEdited)));
  bolt.view(CHANGE_WHO_CAN_SEE, heard(carrying(WHO_CAN_SEE_SUBJECT, onWhoCanSeeChanged)));
  bolt.action(QUESTION_ACTIONS.postAgain, heard(onCardQuestion, 'post_again'));
  bolt.action(QUESTION_ACTIONS.isThere, heard(onCardQuestion, 'is_there'));

  bolt.view(STEWARD_SETTINGS, heard(onStewardsChosen));
  bolt.view(DIGEST_SETTINGS, heard(onDigestSet));
  bolt.view(PUBLISH_NOW, heard(carrying(PUBLISH_SUBJECT, onPublishNow)));
  bolt.action(PREVIEW_ACTIONS.publish, heard(onPublish));
  bolt.action(PREVIEW_ACTIONS.hold, heard(onHold));
  bolt.view(PREVIEW_VIEWS.hold, heard(carrying(SUBJECT, onHeld)));
  bolt.action(PREVIEW_ACTIONS.leaveOut, heard(onStoryButton, 'leave_out'));
  bolt.view(PREVIEW_VIEWS.leaveOut, heard(carrying(IN_PREVIEW, onLeftOut)));
  bolt.action(PREVIEW_ACTIONS.reword, heard(onStoryButton, 'reword'));
  bolt.view(PREVIEW_VIEWS.reword, heard(carrying(IN_PREVIEW, onWordingProposed)));
  bolt.action(WORDING_ACTIONS.agree, heard(onWordingAnswered, true));
  bolt.action(WORDING_ACTIONS.keep, heard(onWordingAnswered, false));

  bolt.action(DIGEST_ACTIONS.learned, heard(onPress, 'learned'));
  bolt.action(DIGEST_ACTIONS.seen, heard(onPress, 'seen'));
  bolt.action(TAKE_BACK.learned, heard(onPressTakenBack, 'learned'));
  bolt.action(TAKE_BACK.seen, heard(onPressTakenBack, 'seen'));
  bolt.action(DIGEST_ACTIONS.use, heard(onUse));
  bolt.action(ADOPTION_ACTIONS.change, heard(onChangeAdoption));
  bolt.action(ADOPTION_ACTIONS.takeBack, heard(onAdoptionTakenBack));
  bolt.view(ADOPT, heard(carrying(ADOPTION_SUBJECT, onAdopted)));
  bolt.action(DIGEST_ACTIONS.more, heard(onMoreStories));
  bolt.action(DIGEST_ACTIONS.stillTrue, heard(onStillTrue));
  bolt.action(DIGEST_ACTIONS.changed, heard(onTellMore));
  bolt.action(UNDELIVERED_ACTIONS.tryAgain, heard(onUndeliveredAnswered, 'try_again'));
  bolt.action(UNDELIVERED_ACTIONS.letGo, heard(onUndeliveredAnswered, 'let_go'));

  bolt.error(onTrouble(app, workspaces));
  return bolt;
}
