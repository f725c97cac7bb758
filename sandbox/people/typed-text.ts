import type { Json } from '../json.ts';
import type { Core } from '../state/core.ts';
import type { Block } from '../state/state.ts';

/** Slack sends these three escaped in messages and commands. What is typed into a modal comes as it is. */
const escaped = (typed: string): string =>
  typed.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

type Piece =
  | { readonly kind: 'text' | 'link'; readonly typed: string }
  | { readonly kind: 'user' | 'channel'; readonly typed: string; readonly id: string; readonly name: string }
  | { readonly kind: 'broadcast'; readonly typed: string; readonly range: string };

const special = /@[\w][\w.-]*\w|@\w|#[\w-]+|https?:\/\/[^\s<>]+[^\s<>.,;:!?)]/g;

/** Takes typed text apart into words, mentions and links, as Slack's editor does. */
function pieces(core: Core, typed: string): Piece[] {
  const found: Piece[] = [];
  let at = 0;
  for (const match of typed.matchAll(special)) {
    const piece = pieceFor(core, match[0]);
    if (!piece) continue;
    if (match.index > at) found.push({ kind: 'text', typed: typed.slice(at, match.index) });
    found.push(piece);
    at = match.index + match[0].length;
  }
  if (at < typed.length) found.push({ kind: 'text', typed: typed.slice(at) });
  return found;
}

function pieceFor(core: Core, typed: string): Piece | undefined {
  if (typed.startsWith('http')) return { kind: 'link', typed };
  const name = typed.slice(1);
  if (typed.startsWith('@')) {
    if (['here', 'channel', 'everyone'].includes(name)) return { kind: 'broadcast', typed, range: name };
    const person = [...core.state.people.values()].find((each) => each.handle === name);
    return person && { kind: 'user', typed, id: person.id, name };
  }
  const channel = [...core.state.channels.values()].find((each) => each.name === name);
  return channel && { kind: 'channel', typed, id: channel.id, name };
}

function encodedPiece(piece: Piece, labelled: boolean): string {
  switch (piece.kind) {
    case 'user':
      return labelled ? `<@${piece.id}|${piece.name}>` : `<@${piece.id}>`;
    case 'channel':
      return `<#${piece.id}|${piece.name}>`;
    case 'broadcast':
      return `<!${piece.range}>`;
    case 'link':
      return `<${escaped(piece.typed)}>`;
    default:
      return escaped(piece.typed);
  }
}

/** A message's text as Slack stores it. */
export const messageText = (core: Core, typed: string): string =>
  pieces(core, typed)
    .map((each) => encodedPiece(each, false))
    .join('');

/** A command's text as Slack sends it; mentions become ids only where the manifest asks for it. */
export const commandText = (core: Core, typed: string, escapes: boolean): string =>
  escapes
    ? pieces(core, typed)
        .map((each) => encodedPiece(each, true))
        .join('')
    : escaped(typed);

const inline = (piece: Piece): Json => {
  switch (piece.kind) {
    case 'user':
      return { type: 'user', user_id: piece.id };
    case 'channel':
      return { type: 'channel', channel_id: piece.id };
    case 'broadcast':
      return { type: 'broadcast', range: piece.range };
    case 'link':
      return { type: 'link', url: piece.typed };
    default:
      return { type: 'text', text: piece.typed };
  }
};

/** The rich_text block Slack's editor writes beside the text. */
export const messageBlocks = (core: Core, typed: string, blockId: string): Block[] => [
  {
    type: 'rich_text',
    block_id: blockId,
    elements: [{ type: 'rich_text_section', elements: pieces(core, typed).map(inline) }],
  },
];
