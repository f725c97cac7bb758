import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { messageProblems, viewProblems } from '../../sandbox/block-kit/problems.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const section = (text = 'Text', more: object = {}) => ({ type: 'section', text: mrkdwn(text), ...more });
const button = (more: object = {}) => ({ type: 'button', action_id: 'go', text: plain('Go'), ...more });
const actions = (...elements: object[]) => ({ type: 'actions', elements });
const input = (element: object, more: object = {}) => ({
  type: 'input',
  label: plain('What?'),
  element,
  ...more,
});
const typing = (more: object = {}) => ({ type: 'plain_text_input', action_id: 'words', ...more });
const option = (value: string, more: object = {}) => ({ text: plain(value), value, ...more });
const select = (more: object = {}) => ({
  type: 'static_select',
  action_id: 'pick',
  options: [option('a'), option('b')],
  ...more,
});
const modal = (...blocks: object[]) => ({
  type: 'modal',
  title: plain('Title'),
  submit: plain('Save'),
  blocks,
});
const times = (count: number, make: (index: number) => object) =>
  Array.from({ length: count }, (_, index) => make(index));

/** Where the problems are; empty when Slack would take it. */
const inMessage = (...blocks: object[]) =>
  messageProblems({ text: 'Text', blocks }).map((each) => each.pointer);
const inModal = (...blocks: object[]) => viewProblems(modal(...blocks), 'modal').map((each) => each.pointer);

/** A length Slack still takes, and the same thing one longer. */
const edges: [string, number, (length: number) => string[]][] = [
  ['header', 150, (n) => inMessage({ type: 'header', text: plain('x'.repeat(n)) })],
  ['section text', 3000, (n) => inMessage(section('x'.repeat(n)))],
  ['section field', 2000, (n) => inMessage({ type: 'section', fields: [mrkdwn('x'.repeat(n))] })],
  ['section fields', 10, (n) => inMessage({ type: 'section', fields: times(n, () => mrkdwn('x')) })],
  ['context elements', 10, (n) => inMessage({ type: 'context', elements: times(n, () => mrkdwn('x')) })],
  ['actions elements', 25, (n) => inMessage(actions(...times(n, (i) => button({ action_id: `go${i}` }))))],
  ['button text', 75, (n) => inMessage(actions(button({ text: plain('x'.repeat(n)) })))],
  ['button value', 2000, (n) => inMessage(actions(button({ value: 'x'.repeat(n) })))],
  ['action_id', 255, (n) => inMessage(actions(button({ action_id: 'x'.repeat(n) })))],
  ['block_id', 255, (n) => inMessage(section('x', { block_id: 'x'.repeat(n) }))],
  [
    'option text',
    75,
    (n) => inModal(input(select({ options: [option('a', { text: plain('x'.repeat(n)) })] }))),
  ],
  [
    'option value',
    75,
    (n) => inModal(input(select({ options: [option('x'.repeat(n), { text: plain('x') })] }))),
  ],
  ['options of a select', 100, (n) => inModal(input(select({ options: times(n, (i) => option(`o${i}`)) })))],
  [
    'radio buttons',
    10,
    (n) => inModal(input({ type: 'radio_buttons', options: times(n, (i) => option(`o${i}`)) })),
  ],
  [
    'checkboxes',
    10,
    (n) => inModal(input({ type: 'checkboxes', options: times(n, (i) => option(`o${i}`)) })),
  ],
  [
    'overflow options',
    5,
    (n) => inMessage(actions({ type: 'overflow', options: times(n, (i) => option(`o${i}`)) })),
  ],
  ['input label', 2000, (n) => inModal(input(typing(), { label: plain('x'.repeat(n)) }))],
  ['input hint', 2000, (n) => inModal(input(typing(), { hint: plain('x'.repeat(n)) }))],
  ['placeholder', 150, (n) => inModal(input(typing({ placeholder: plain('x'.repeat(n)) })))],
  ['max_length', 3000, (n) => inModal(input(typing({ max_length: n })))],
  [
    'initial_value within max_length',
    20,
    (n) => inModal(input(typing({ max_length: 20, initial_value: 'x'.repeat(n) }))),
  ],
  [
    'confirm title',
    100,
    (n) => inMessage(actions(button({ confirm: confirm({ title: plain('x'.repeat(n)) }) }))),
  ],
  [
    'confirm text',
    300,
    (n) => inMessage(actions(button({ confirm: confirm({ text: plain('x'.repeat(n)) }) }))),
  ],
  [
    'confirm button',
    30,
    (n) => inMessage(actions(button({ confirm: confirm({ confirm: plain('x'.repeat(n)) }) }))),
  ],
  [
    'image alt_text',
    2000,
    (n) => inMessage({ type: 'image', image_url: 'https://a.example/i.png', alt_text: 'x'.repeat(n) }),
  ],
  ['blocks in a message', 50, (n) => inMessage(...times(n, () => section()))],
  ['blocks in a modal', 100, (n) => inModal(...times(n, () => section()))],
  [
    'table rows',
    100,
    (n) => inMessage({ type: 'table', rows: times(n, () => [{ type: 'raw_text', text: 'x' }]) }),
  ],
  [
    'table cells',
    20,
    (n) => inMessage({ type: 'table', rows: [times(n, () => ({ type: 'raw_text', text: 'x' }))] }),
  ],
  [
    'tables in a message',
    1,
    (n) => inMessage(...times(n, () => ({ type: 'table', rows: [[{ type: 'raw_text', text: 'x' }]] }))),
  ],
  ['charts in a message', 2, (n) => inMessage(...times(n, () => pie(1)))],
  ['segments of a pie', 6, (n) => inMessage(pie(n))],
  [
    'modal title',
    24,
    (n) => viewProblems({ ...modal(), title: plain('x'.repeat(n)) }, 'modal').map((each) => each.pointer),
  ],
  [
    'modal submit',
    24,
    (n) => viewProblems({ ...modal(), submit: plain('x'.repeat(n)) }, 'modal').map((each) => each.pointer),
  ],
  [
    'modal close',
    24,
    (n) => viewProblems({ ...modal(), close: plain('x'.repeat(n)) }, 'modal').map((each) => each.pointer),
  ],
  [
    'private_metadata',
    3000,
    (n) => viewProblems({ ...modal(), private_metadata: 'x'.repeat(n) }, 'modal').map((each) => each.pointer),
  ],
  [
    'focus_on_load',
    1,
    (n) => inModal(...times(n, (i) => input(typing({ focus_on_load: true }), { block_id: `b${i}` }))),
  ],
];

function confirm(more: object) {
  return { title: plain('Sure?'), text: plain('Really?'), confirm: plain('Yes'), deny: plain('No'), ...more };
}

function pie(segments: number) {
  const chart = { type: 'pie', segments: times(segments, (i) => ({ label: `s${i}`, value: 1 })) };
  return { type: 'data_visualization', title: 'Noticed by', chart };
}

test.each(edges)('%s: %i is taken and one more is refused', (_what, limit, problemsAt) => {
  expect(problemsAt(limit)).toEqual([]);
  expect(problemsAt(limit + 1)).not.toEqual([]);
});

describe('what Slack refuses wherever it stands', () => {
  const refused: [string, string[]][] = [
    ['an unknown block', inMessage({ type: 'banner' })],
    ['an unknown key', inMessage(section('x', { colour: 'red' }))],
    ['empty text', inMessage(section(''))],
    ['markup where plain text belongs', inMessage({ type: 'header', text: mrkdwn('x') })],
    ['a section with nothing in it', inMessage({ type: 'section' })],
    [
      'two blocks with one block_id',
      inMessage(section('x', { block_id: 'b' }), section('y', { block_id: 'b' })),
    ],
    ['two elements of a block with one action_id', inMessage(actions(button(), button()))],
    ['a text input among actions', inMessage(actions(typing()))],
    ['a button in an input', inModal(input(button()))],
    [
      'an initial_option that is not among the options',
      inModal(input(select({ initial_option: option('c') }))),
    ],
    [
      'an initial_option that differs in its text',
      inModal(input(select({ initial_option: { text: plain('A'), value: 'a' } }))),
    ],
    [
      'a modal with an input and no submit',
      viewProblems({ ...modal(input(typing())), submit: undefined }, 'modal').map((each) => each.pointer),
    ],
    [
      'a Home tab sent as a modal',
      viewProblems({ type: 'home', blocks: [] }, 'modal').map((each) => each.pointer),
    ],
    ['markdown in a modal', inModal({ type: 'markdown', text: 'x' })],
    ['a table in a modal', inModal({ type: 'table', rows: [[{ type: 'raw_text', text: 'x' }]] })],
    ['a chart in a modal', inModal(pie(2))],
    ['a chart with a point outside its categories', inMessage(barWithPointAt('Thursday'))],
  ];

  test.each(refused)('%s', (_what, pointers) => expect(pointers).not.toEqual([]));

  test('a chart whose points are among its categories is taken', () => {
    expect(inMessage(barWithPointAt('Monday'))).toEqual([]);
  });
});

function barWithPointAt(label: string) {
  const series = [{ name: 'Shared', data: [{ label, value: 2 }] }];
  return {
    type: 'data_visualization',
    title: 'Week',
    chart: { type: 'bar', series, axis_config: { categories: ['Monday'] } },
  };
}

test('problems say where they are with a JSON pointer', () => {
  expect(inModal(section(), input(typing({ placeholder: plain('') })))).toEqual([
    '/blocks/1/element/placeholder/text',
  ]);
});

test('a message whose blocks hold more than 11,000 characters is msg_blocks_too_long', () => {
  const full = times(4, () => section('x'.repeat(2750)));
  expect(messageProblems({ blocks: full })).toEqual([]);
  expect(messageProblems({ blocks: [...full, section('x')] })).toMatchObject([
    { error: 'msg_blocks_too_long' },
  ]);
});

test('a view over 250 KB is view_too_large', () => {
  const view = modal(...times(100, () => section('x'.repeat(2900))));
  expect(viewProblems(view, 'modal')).toContainEqual(expect.objectContaining({ error: 'view_too_large' }));
});

test('escaped text is counted as it is sent', () => {
  expect(inMessage(section('&amp;'.repeat(600)))).toEqual([]);
  expect(inMessage(section('&amp;'.repeat(601)))).not.toEqual([]);
});

test('nothing that is sent makes the checks themselves fail', () => {
  fc.assert(
    fc.property(fc.anything(), (anything) => {
      expect(Array.isArray(viewProblems(anything, 'modal'))).toBe(true);
      expect(Array.isArray(messageProblems({ blocks: [anything], metadata: anything }))).toBe(true);
    }),
  );
});
