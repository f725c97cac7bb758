import { isObject, object } from '../json.ts';
import { anyText, id, plainText } from './composition.ts';
import { dataVisualization, table } from './data-blocks.ts';
import { accessory, actionElement, contextElement, imageElement, inputElement } from './elements.ts';
import { richText } from './rich-text.ts';
import { all, boolean, byType, fields, list, oneOf, type Rule, string, when } from './rules.ts';

export type Surface = 'message' | 'modal' | 'home';

const blockOf = (type: string, required: Record<string, Rule>, optional: Record<string, Rule> = {}): Rule =>
  fields({ type: oneOf(type), ...required }, { block_id: id, ...optional });

const everywhere: Record<string, Rule> = {
  section: all(
    blockOf(
      'section',
      {},
      {
        text: anyText(3000),
        fields: list(anyText(2000), { min: 1, max: 10 }),
        accessory,
        expand: boolean,
      },
    ),
    when((section) => section.text === undefined && section.fields === undefined, 'needs text or fields'),
  ),
  context: blockOf('context', { elements: list(contextElement, { min: 1, max: 10 }) }),
  actions: blockOf('actions', { elements: list(actionElement, { min: 1, max: 25 }) }),
  header: blockOf('header', { text: plainText(150) }),
  divider: blockOf('divider', {}),
  image: (value, at) => {
    const { block_id: _id, title, ...rest } = object(value);
    return [...imageElement(rest, at), ...(title === undefined ? [] : plainText(2000)(title, `${at}/title`))];
  },
  input: blockOf(
    'input',
    { label: plainText(2000), element: inputElement },
    { hint: plainText(2000), optional: boolean, dispatch_action: boolean },
  ),
  rich_text: richText,
};

/** Blocks that Slack takes in messages and refuses in modals and on the Home tab. */
const messageOnly: Record<string, Rule> = {
  markdown: blockOf('markdown', { text: string({ min: 1, max: 12_000 }) }),
  table,
  data_visualization: dataVisualization,
};

/** The rule for one block of a surface. */
export const blockOn = (surface: Surface): Rule =>
  byType(surface === 'message' ? { ...everywhere, ...messageOnly } : everywhere);

/** The elements of a block that a person can use. */
export function elementsOf(block: unknown): Record<string, unknown>[] {
  if (!isObject(block) || block.type === 'rich_text') return [];
  const held = [...(Array.isArray(block.elements) ? block.elements : []), block.element, block.accessory];
  return held.filter(isObject);
}
