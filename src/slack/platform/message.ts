import type { KnownBlock } from '@slack/types';
import { escapeText, typed } from './blocks.ts';

/** A message as `chat.postMessage` and `chat.update` take it. */
export type Message = { text: string; blocks: KnownBlock[] };

/** A message that only says something. */
export function sayingMessage(words: string): Message {
  return { text: escapeText(words), blocks: [typed(words)] };
}
