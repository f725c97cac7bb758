import { escapeText, typed } from '../platform/blocks.ts';
import type { Message } from '../platform/message.ts';
import { readableOrWords } from '../story/find-story.ts';
import { removeKeptWords } from '../story/own-words.ts';
import { nearMissMessage } from '../story/story-view.ts';
import { peopleNamed } from '../story/whole-story.ts';
import type { Workspace } from '../workspace.ts';

/** `/nearmiss show NM-12`. */
export async function show(workspace: Workspace, number: number, personId: string): Promise<Message> {
  const found = await workspace.app.storage.nearMisses.byNumber(workspace.identity.teamId, number);
  const named = `NM-${number}`;
  const shown = await readableOrWords(workspace, found, { personId, named }, named);
  const kept = removeKeptWords(found, personId);
  if (typeof shown === 'string') return { text: escapeText(shown), blocks: [typed(shown), ...kept] };
  const message = nearMissMessage(
    shown,
    await workspace.people.names(peopleNamed(shown)),
    workspace.app.now(),
  );
  return shown.withdrawnAt === undefined ? message : { ...message, blocks: [...message.blocks, ...kept] };
}
