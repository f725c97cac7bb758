import { isObject, object } from '../json.ts';
import { blockOn, elementsOf, type Surface } from './blocks.ts';
import { id, plainText } from './composition.ts';
import { all, boolean, fields, list, oneOf, type Problem, problem, type Rule, string } from './rules.ts';

const filled = (value: unknown) => (Array.isArray(value) ? value.length > 0 : Boolean(value));

const maxBlocks = { message: 50, modal: 100, home: 100 } as const;

/** What an app can put in a message, as chat.postMessage and response_urls take it. */
type MessageContent = {
  readonly text?: unknown;
  readonly blocks?: unknown;
  readonly attachments?: unknown;
  readonly metadata?: unknown;
};

/** Everything Slack would refuse in a message. Text that is only too long for `text` is cut, not refused. */
export function messageProblems(message: MessageContent): Problem[] {
  const { blocks, text, attachments, metadata } = message;
  return [
    ...(filled(text) || filled(blocks) || filled(attachments) ? [] : [problem('', 'no text', 'no_text')]),
    ...(blocks === undefined ? [] : blocksProblems(blocks, 'message', '/blocks')),
    ...(Array.isArray(attachments) && attachments.length > 100
      ? [problem('/attachments', 'no more than 100', 'too_many_attachments')]
      : []),
    ...(metadata === undefined ? [] : metadataProblems(metadata)),
  ];
}

/** Everything Slack would refuse in a view of this surface. */
export function viewProblems(view: unknown, surface: 'modal' | 'home'): Problem[] {
  if (!isObject(view)) return [problem('', 'must be an object')];
  const size = Buffer.byteLength(JSON.stringify(view));
  return [
    ...(size > 250_000 ? [problem('', `the view is ${size} bytes`, 'view_too_large')] : []),
    ...(surface === 'modal' ? modal : home)(view, ''),
    ...blocksProblems(view.blocks, surface, '/blocks'),
  ];
}

const viewFields = {
  private_metadata: string({ max: 3000 }),
  callback_id: string({ max: 255 }),
  external_id: string({ max: 255 }),
};
const checkedApart: Rule = () => [];

const submitWithInputs: Rule = (view, at) => {
  const { blocks, submit } = object(view);
  const asks = Array.isArray(blocks) && blocks.some((block) => isObject(block) && block.type === 'input');
  return asks && submit === undefined ? [problem(at, 'a modal with an input block needs submit')] : [];
};

const modal: Rule = all(
  fields(
    { type: oneOf('modal'), title: plainText(24), blocks: checkedApart },
    {
      ...viewFields,
      submit: plainText(24),
      close: plainText(24),
      clear_on_close: boolean,
      notify_on_close: boolean,
    },
  ),
  submitWithInputs,
);

const home: Rule = fields({ type: oneOf('home'), blocks: checkedApart }, viewFields);

function blocksProblems(blocks: unknown, surface: Surface, at: string): Problem[] {
  if (!Array.isArray(blocks))
    return [problem(at, 'must be an array', surface === 'message' ? 'invalid_blocks_format' : undefined)];
  return [
    ...list(blockOn(surface), { max: maxBlocks[surface] })(blocks, at),
    ...duplicateIds(blocks, at),
    ...(focused(blocks) > 1 ? [problem(at, 'focus_on_load may be set on one element only')] : []),
    ...(surface === 'message' ? messageWideProblems(blocks, at) : []),
  ];
}

/** Slack has been seen refusing 11,341 (slackapi/bolt-js#2509). */
const mostText = 11_000;

function messageWideProblems(blocks: readonly unknown[], at: string): Problem[] {
  const count = (type: string) => blocks.filter((block) => isObject(block) && block.type === type).length;
  const length = textLength(blocks);
  return [
    ...(count('table') > 1 ? [problem(at, 'only one table block is allowed')] : []),
    ...(count('data_visualization') > 2
      ? [problem(at, 'only two data_visualization blocks are allowed')]
      : []),
    ...(length > mostText
      ? [problem(at, `the blocks hold ${length} characters of text`, 'msg_blocks_too_long')]
      : []),
  ];
}

/** The text a person reads in these blocks; Slack adds it all up and refuses a message with too much of it. */
function textLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + textLength(each), 0);
  if (!isObject(value)) return 0;
  const read = new Set(['text', 'alt_text', 'title', 'label', 'name', 'fallback']);
  return Object.entries(value).reduce(
    (sum, [key, each]) =>
      sum + (typeof each === 'string' ? (read.has(key) ? each.length : 0) : textLength(each)),
    0,
  );
}

const repeated = (ids: readonly unknown[]) =>
  ids.filter((each, index) => each !== undefined && ids.indexOf(each) !== index);

function duplicateIds(blocks: readonly unknown[], at: string): Problem[] {
  const blockIds = blocks.map((block) => (isObject(block) ? block.block_id : undefined));
  return [
    ...repeated(blockIds).map((each) => problem(at, `block_id ${String(each)} already exists`)),
    ...blocks.flatMap((block, index) =>
      repeated(elementsOf(block).map((element) => element.action_id)).map((each) =>
        problem(`${at}/${index}`, `action_id ${String(each)} already exists`),
      ),
    ),
  ];
}

const focused = (blocks: readonly unknown[]) =>
  blocks.flatMap(elementsOf).filter((element) => element.focus_on_load === true).length;

function metadataProblems(metadata: unknown): Problem[] {
  if (isObject(metadata) && Object.keys(metadata).length === 0) return [];
  const shape = fields({
    event_type: id,
    event_payload: (value, at) => (isObject(value) ? [] : [problem(at, 'must be an object')]),
  });
  const wrong = shape(metadata, '/metadata').map((each) =>
    problem(each.pointer, each.message, 'invalid_metadata_format'),
  );
  const large = JSON.stringify(metadata).length > 8000;
  return large ? [...wrong, problem('/metadata', 'too large', 'metadata_too_large')] : wrong;
}
