import { isDeepStrictEqual } from 'node:util';
import { isObject } from '../json.ts';
import { all, boolean, byType, fields, list, oneOf, problem, type Rule, string, when } from './rules.ts';

/** Action ids, block ids and callback ids. */
export const id: Rule = string({ min: 1, max: 255 });

const plain = (max: number): Rule =>
  fields({ type: oneOf('plain_text'), text: string({ min: 1, max }) }, { emoji: boolean });

export const plainText = (max: number): Rule => byType({ plain_text: plain(max) });

export const anyText = (max: number): Rule =>
  byType({
    plain_text: plain(max),
    mrkdwn: fields({ type: oneOf('mrkdwn'), text: string({ min: 1, max }) }, { verbatim: boolean }),
  });

export const placeholder: Rule = plainText(150);

export const confirm: Rule = fields(
  { title: plainText(100), text: anyText(300), confirm: plainText(30), deny: plainText(30) },
  { style: oneOf('primary', 'danger') },
);

// Documented as 150 in one place and 75 in another; the smaller one is safe with both.
const optionValue: Rule = string({ min: 1, max: 75 });

export const option: Rule = fields(
  { text: plainText(75), value: optionValue },
  { description: plainText(75), url: string({ max: 3000 }) },
);

/** Radio buttons and checkboxes may carry mrkdwn; menus may not. */
export const richOption: Rule = fields(
  { text: anyText(75), value: optionValue },
  { description: anyText(75) },
);

export const optionGroup: Rule = fields({
  label: plainText(75),
  options: list(option, { min: 1, max: 100 }),
});

/** Every option an element offers, whether in groups or not. */
export function optionsOf(element: Record<string, unknown>): unknown[] {
  const grouped = Array.isArray(element.option_groups) ? element.option_groups : [];
  return [
    ...(Array.isArray(element.options) ? element.options : []),
    ...grouped.flatMap((group) => (isObject(group) && Array.isArray(group.options) ? group.options : [])),
  ];
}

/** How much is typed into an external select before the app is asked. */
export const minQueryLength = ({ min_query_length: least }: Record<string, unknown>): number =>
  typeof least === 'number' ? least : 3;

/** What is chosen from the start must be one of the options, the same in every field of it. */
export const initialAmongOptions: Rule = (value, at) => {
  if (!isObject(value)) return [];
  const offered = optionsOf(value);
  const among = (chosen: unknown) => offered.some((each) => isDeepStrictEqual(each, chosen));
  const several = Array.isArray(value.initial_options) ? value.initial_options : [];
  return [
    ...(value.initial_option !== undefined && !among(value.initial_option)
      ? [problem(`${at}/initial_option`, 'initial_option must be one of the options')]
      : []),
    ...several.flatMap((chosen, index) =>
      among(chosen) ? [] : [problem(`${at}/initial_options/${index}`, 'must be one of the options')],
    ),
  ];
};

export const uniqueOptionValues: Rule = (value, at) => {
  if (!isObject(value)) return [];
  const values = optionsOf(value).map((each) => (isObject(each) ? each.value : undefined));
  return new Set(values).size === values.length ? [] : [problem(at, 'two options have the same value')];
};

export const optionsOrGroups: Rule = all(
  when(
    (element) => (element.options === undefined) === (element.option_groups === undefined),
    'needs either options or option_groups',
  ),
  initialAmongOptions,
  uniqueOptionValues,
);
