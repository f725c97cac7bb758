import type { AllMiddlewareArgs, SlackCommandMiddlewareArgs } from '@slack/bolt';
import { shorten } from '../domain/shorten.ts';
import { LONGEST_ANSWER } from '../domain/topics.ts';
import type { Message } from './card.ts';
import { type Command, help, readCommand } from './commands.ts';
import { listMine, show } from './looking.ts';
import { previewNow } from './previewing.ts';
import { askToPublishNow } from './publishing.ts';
import { openStepOne } from './sharing.ts';
import { openDigestSettings, openSettings } from './stewarding.ts';
import { ableOf, areAllFormer, stewardsNow } from './stewards.ts';
import type { Surroundings } from './surroundings.ts';

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

async function helpFor(app: Surroundings, personId: string): Promise<Message> {
  const { people } = app;
  const chosen = await stewardsNow(app);
  const stewards = ableOf(chosen);
  return help({
    stewards: [...(await people.names(stewards)).values()],
    isSteward: stewards.includes(personId),
    mayChooseThem: areAllFormer(chosen) && people.known(personId)?.isAdmin === true,
  });
}
