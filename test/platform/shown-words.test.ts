import { describe, expect, test } from 'vitest';
import { type SlackMessage, shownWords } from '../../src/slack/platform/shown-words.ts';

const names: Record<string, string> = { U1: 'Amira Haddad' };
const shown = (message: SlackMessage) => shownWords(message, (id) => names[id]).parts;
const texts = (message: SlackMessage) => shown(message).map(({ text }) => text);
const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });

describe('the words of a message are those Slack shows', () => {
  test.each<[string, SlackMessage, string[]]>([
    ['its blocks and not its text', { text: 'For notifications', blocks: [section('Shown')] }, ['Shown']],
    ['its text where its blocks have no words', { text: 'Shown', blocks: [{ type: 'divider' }] }, ['Shown']],
    [
      'its text, then its attachments',
      { text: 'First', attachments: [{ title: 'Title', text: 'Second', fallback: 'Unseen' }] },
      ['First', 'Title', 'Second'],
    ],
    [
      'blocks of an attachment',
      { attachments: [{ blocks: [section('Shown')], fallback: 'Unseen' }] },
      ['Shown'],
    ],
    ['a fallback where there is nothing else', { attachments: [{ fallback: 'Shown' }] }, ['Shown']],
    [
      'of a link what was written, not what stands behind it',
      { text: 'See', attachments: [{ from_url: 'x', text: 'Theirs' }] },
      ['See'],
    ],
    [
      'of a message sent on what stands in it',
      { text: '', attachments: [{ is_msg_unfurl: true, text: 'Shown' }] },
      ['Shown'],
    ],
    [
      'a block nobody knows yet',
      { blocks: [{ type: 'new_thing', text: { text: 'Shown' } }, { type: 'other' }] },
      ['Shown'],
    ],
    [
      'nothing of buttons and inputs',
      { blocks: [{ type: 'actions', elements: [{ text: { text: 'Press' } }] }] },
      [],
    ],
    [
      'a table',
      {
        blocks: [
          {
            type: 'table',
            rows: [
              [
                { type: 'raw_text', text: 'A' },
                { type: 'raw_text', text: 'B' },
              ],
            ],
          },
        ],
      },
      ['A · B'],
    ],
  ])('%s', (_what, message, words) => expect(texts(message)).toEqual(words));

  test.each([
    "This content can't be displayed.",
    'This content can’t be displayed',
    '[no preview available]',
    'This message contains interactive elements.',
    'This message was deleted.',
  ])('never a placeholder: %s', (text) => {
    expect(texts({ text })).toEqual([]);
    expect(texts({ attachments: [{ fallback: text }] })).toEqual([]);
    expect(texts({ text, blocks: [section('Shown')] })).toEqual(['Shown']);
  });

  test('what cannot be shown is kept aside', () => {
    const { aside } = shownWords(
      { text: 'One', blocks: [section('Shown')], attachments: [{ title: 'x', fallback: 'Two' }] },
      () => undefined,
    );
    expect(aside).toBe('One\nTwo');
  });

  test.each([
    null,
    7,
    'x',
    [null, 7],
    [{ type: 'section', text: 3, fields: 'x' }],
    [{ type: 'rich_text', elements: [3] }],
  ])('blocks that are none are no words, and no error: %j', (blocks) =>
    expect(texts({ blocks: blocks as object[], attachments: blocks as object[] })).toEqual([]),
  );
});

describe('labels, headings, code and small print', () => {
  test('in bold with a colon before the value, or above it', () => {
    expect(shown({ text: '*Service:* Checkout\n*What is wrong?*\nAll of it\n*How long*: a day' })).toEqual([
      { text: 'Checkout', label: 'Service' },
      { text: 'All of it', label: 'What is wrong?' },
      { text: 'a day', label: 'How long' },
    ]);
  });
  test('fields of a section and of an attachment', () => {
    const fields = [{ type: 'mrkdwn', text: '*Service*\nCheckout' }];
    const labelled = [{ text: 'Checkout', label: 'Service' }];
    expect(shown({ blocks: [{ type: 'section', fields }] })).toEqual(labelled);
    expect(shown({ attachments: [{ fields: [{ title: 'Service', value: 'Checkout' }] }] })).toEqual(labelled);
  });
  test('a bold line is a heading, and so is a title', () => {
    expect(shown({ text: '*Totals are low*\n:fire: *So they are*' })).toEqual([
      { text: 'Totals are low', isHeading: true },
      { text: 'So they are', isHeading: true },
    ]);
    expect(shown({ attachments: [{ title: 'Totals' }] })).toEqual([{ text: 'Totals', isHeading: true }]);
  });
  test('code and context', () => {
    const context = {
      type: 'context',
      elements: [{ type: 'mrkdwn', text: 'by the way' }, { type: 'image' }],
    };
    expect(shown({ blocks: [section('```a\nb```'), context] })).toEqual([
      { text: 'a', isCode: true },
      { text: 'b', isCode: true },
      { text: 'by the way', isSmall: true },
    ]);
  });
});

describe('rich text is read as its writer saw it', () => {
  const rich = (...elements: object[]) => ({
    type: 'rich_text',
    elements: [{ type: 'rich_text_section', elements }],
  });
  test('people, links, channels and bold labels', () => {
    const blocks = [
      rich(
        { type: 'text', text: 'Where?', style: { bold: true } },
        { type: 'text', text: '\n' },
        { type: 'user', user_id: 'U1' },
        { type: 'text', text: ' says <here> & in ' },
        { type: 'channel', channel_id: 'C1' },
        { type: 'text', text: ', see ' },
        { type: 'link', url: 'https://a.test/x', text: 'the plan' },
      ),
    ];
    expect(shown({ text: '<#C1|ops>', blocks })).toEqual([
      { text: '@Amira Haddad says <here> & in #ops, see the plan', label: 'Where?', mentions: ['U1'] },
    ]);
  });
  test('lists line by line', () => {
    const item = (text: string) => ({ type: 'rich_text_section', elements: [{ type: 'text', text }] });
    const list = { type: 'rich_text_list', elements: [item('one'), item('two')] };
    expect(texts({ blocks: [{ type: 'rich_text', elements: [list] }] })).toEqual(['one', 'two']);
  });
});
