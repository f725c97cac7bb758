import { button } from '../platform/blocks.ts';
import type { ButtonArgs } from '../platform/listener.ts';
import { notFoundWords } from '../story/story-view.ts';
import type { Workspace } from '../workspace.ts';
import { PRESS_LABELS } from './digest-story.ts';
import { drawMoreAgain } from './more-stories.ts';
import { sayBefore, takenBack } from './said-before.ts';
import { toldStory } from './told-story.ts';

/** Taking a press back, under what says that it was pressed before. */
export const TAKE_BACK = { learned: 'take_back_learned', seen: 'take_back_seen' } as const;

/**
 * *I learned something* and *I've seen this too*. A press only sets, so that one that is delivered twice, or a
 * double click, counts once; pressed again, it can be taken back. Only the number is shown, when the message or
 * the page is drawn again.
 */
export async function onPress(workspace: Workspace, args: ButtonArgs, press: 'learned' | 'seen') {
  const { body, action, ack } = args;
  await ack();
  const { storage, now, wakeOutbox } = workspace.app;
  const title = PRESS_LABELS[press];
  const story = await toldStory(workspace, body, action.value ?? '');
  if (story === undefined) return sayBefore(workspace, args, { title, words: notFoundWords(), buttons: [] });
  const { teamId, id: nearMissId } = story;
  const isNew = await storage.presses.press({
    teamId,
    nearMissId,
    personId: body.user.id,
    press,
    now: now(),
  });
  if (!isNew) {
    const buttons = [button(TAKE_BACK[press], 'Take it back', nearMissId)];
    return sayBefore(workspace, args, { title, words: 'You said this before.', buttons });
  }
  wakeOutbox();
  await drawMoreAgain(workspace, body);
}

export async function onPressTakenBack(workspace: Workspace, args: ButtonArgs, press: 'learned' | 'seen') {
  const { body, action, ack } = args;
  await ack();
  const { storage, now, wakeOutbox } = workspace.app;
  await storage.presses.takeBack({
    teamId: workspace.identity.teamId,
    nearMissId: action.value ?? '',
    personId: body.user.id,
    press,
    now: now(),
  });
  wakeOutbox();
  await takenBack(workspace, args, PRESS_LABELS[press]);
}

/** *Still true*, under one from the archive: thanked for, in front of whoever pressed. */
export async function onStillTrue(_workspace: Workspace, { ack, respond }: ButtonArgs) {
  await ack();
  await respond({
    replace_original: false,
    response_type: 'ephemeral',
    text: 'Thank you. It is good to know that it still holds.',
  });
}
