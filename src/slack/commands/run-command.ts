import { ableOf, areAllFormer } from '../../domain/stewards/standing.ts';
import { LONGEST_ANSWER } from '../../domain/story/questions.ts';
import { shorten } from '../../domain/text/shorten.ts';
import { openStepOne } from '../capture/share.ts';
import { askToPublishNow } from '../digest/publish-now.ts';
import { openDigestSettings } from '../digest/set-up-digest.ts';
import { previewNow } from '../digest/show-preview.ts';
import type { CommandArgs } from '../platform/listener.ts';
import type { Message } from '../platform/message.ts';
import { openSettings } from '../stewards/choose-stewards.ts';
import { stewardsNow } from '../stewards/stewards-now.ts';
import type { Workspace } from '../workspace.ts';
import { type Command, help, readCommand } from './commands.ts';
import { listMine } from './list-mine.ts';
import { show } from './show.ts';

/** `/nearmiss`, with or without words. */
export async function onCommand(workspace: Workspace, { command, ack, respond }: CommandArgs) {
  await ack();
  const read = readCommand(command.text);
  if (read.kind === 'share') {
    return openStepOne(workspace, {
      triggerId: command.trigger_id,
      personId: command.user_id,
      conversation: { id: command.channel_id, name: command.channel_name },
      summary: shorten(read.text, LONGEST_ANSWER),
      responseUrl: command.response_url,
      meant: read.meant,
    });
  }
  const answer = await answerTo(workspace, read, command);
  if (answer !== undefined) await respond({ response_type: 'ephemeral', ...answer });
}

/** What is said to the asker alone; undefined where a modal is the answer. */
async function answerTo(
  workspace: Workspace,
  asked: Exclude<Command, { kind: 'share' }>,
  command: CommandArgs['command'],
): Promise<Message | undefined> {
  const personId = command.user_id;
  switch (asked.kind) {
    case 'help':
      return helpFor(workspace, personId);
    case 'show':
      return show(workspace, asked.number, personId);
    case 'list_mine':
      return listMine(workspace, personId);
    case 'settings':
      await openSettings(workspace, command);
      return undefined;
    case 'digest_settings':
      await openDigestSettings(workspace, command);
      return undefined;
    case 'digest_preview':
      return previewNow(workspace, personId);
    case 'digest_now':
      return askToPublishNow(workspace, command);
  }
}

async function helpFor(workspace: Workspace, personId: string): Promise<Message> {
  const { people } = workspace;
  const chosen = await stewardsNow(workspace);
  const stewards = ableOf(chosen);
  return help({
    stewards: [...(await people.names(stewards)).values()],
    isSteward: stewards.includes(personId),
    mayChooseThem: areAllFormer(chosen) && people.known(personId)?.isAdmin === true,
  });
}
