import type { KnownBlock } from '@slack/types';
import { escapeText } from './blocks.ts';
import type { ButtonArgs } from './listener.ts';
import { type Message, sayingMessage } from './message.ts';

/** What several messages say, in one. Its blocks carry which part they are of, so that a press changes no other. */
export function inParts(messages: Message[]): Message {
  const [only, ...others] = messages;
  if (only !== undefined && others.length === 0) return only;
  return {
    text: messages.map(({ text }) => text).join('\n'),
    blocks: messages.flatMap(({ blocks }, part): KnownBlock[] => [
      ...(part === 0 ? [] : [{ type: 'divider' as const }]),
      ...asPart(part, blocks),
    ]),
  };
}

function asPart(part: number, blocks: KnownBlock[]): KnownBlock[] {
  return blocks.map((block, at) => ({ ...block, block_id: `part-${part}-${at}` }));
}

/** The part a block is of; undefined where its message has none. */
function partOf({ block_id: id }: { block_id?: string }): string | undefined {
  return /^part-\d+-/.exec(id ?? '')?.[0];
}

/** Puts an answer in the place of what was pressed: of its part of the message, or of all of it where it has none. */
export async function answerPart({ body, action, respond }: ButtonArgs, words: string): Promise<void> {
  const text = escapeText(words);
  const part = partOf(action);
  const blocks = (body.message?.blocks ?? []) as KnownBlock[];
  const first = blocks.findIndex((block) => partOf(block) === part);
  if (part === undefined || first === -1) return void (await respond({ replace_original: true, text }));
  const answer = sayingMessage(words).blocks.map((block, at) => ({ ...block, block_id: `${part}${at}` }));
  const others = (from: KnownBlock[]) => from.filter((block) => partOf(block) !== part);
  await respond({
    replace_original: true,
    text,
    blocks: [...others(blocks.slice(0, first)), ...answer, ...others(blocks.slice(first))],
  });
}
