import type { AllMiddlewareArgs, SlackCommandMiddlewareArgs } from '@slack/bolt';
import { LONGEST_ANSWER } from '../../domain/story/questions.ts';
import { shorten } from '../../domain/text/shorten.ts';
import { openStepOne } from '../capture/share.ts';
import type { Message } from '../card/card.ts';
import { askToPublishNow } from '../digest/publish-now.ts';
import { previewNow } from '../digest/show-preview.ts';
import { openDigestSettings, openSettings } from '../stewards/choose-stewards.ts';
import { listMine, show } from '../story/find-story.ts';
import type { Surroundings } from '../surroundings.ts';
import { type Command, help, readCommand } from './commands.ts';

/** `/nearmiss`, with or without words. */
export function onCommand(app: Surroundings) {
  return async ({ command, ack, respond }: SlackCommandMiddlewareArgs & AllMiddlewareArgs) => {
    await ack();
    const read = readCommand(command.text);
    if (read.kind === 'share') {
      return openStepOne(app, {
        triggerId: command.trigger_id,
        personId: command.user_id,
        conversation: { id: command.channel_id, name: command.channel_name },
        summary: shorten(read.text, LONGEST_ANSWER),
        responseUrl: command.response_url,
      });
    }
    const answer = await answerTo(app, read, command);
    if (answer !== undefined) await respond({ response_type: 'ephemeral', ...answer });
  };
}

/** What is said to the asker alone; undefined where a modal is the answer. */
async function answerTo(
  app: Surroundings,
  asked: Exclude<Command, { kind: 'share' }>,
  command: SlackCommandMiddlewareArgs['command'],
): Promise<Message | undefined> {
  const personId = command.user_id;
  switch (asked.kind) {
    case 'help':
      return helpFor(app, personId);
    case 'show':
      return show(app, asked.number, personId);
    case 'list_mine':
      return listMine(app, personId, 'mine');
    case 'list_drafts':
      return listMine(app, personId, 'drafts');
    case 'settings':
      await openSettings(app, command);
      return undefined;
    case 'digest_settings':
      await openDigestSettings(app, command);
      return undefined;
    case 'digest_preview':
      return previewNow(app, personId);
    case 'digest_now':
      return askToPublishNow(app, command);
  }
}

async function helpFor({ storage, identity, people }: Surroundings, personId: string): Promise<Message> {
  const { stewards } = await storage.workspaces.settings(identity.teamId);
  const names = [...(await people.names(stewards)).values()];
  return help({
    stewards: names,
    isSteward: stewards.includes(personId),
    mayChooseThem: stewards.length === 0 && people.known(personId)?.isAdmin === true,
  });
}
