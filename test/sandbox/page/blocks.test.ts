import { describe, expect, test } from 'vitest';
import type { Json } from '../../../sandbox/json.ts';
import { drawBlocks } from '../../../sandbox/page/blocks/blocks.ts';
import type { Frame } from '../../../sandbox/page/blocks/frame.ts';
import { mrkdwn } from '../../../sandbox/page/blocks/mrkdwn.ts';
import type { Reader } from '../../../sandbox/page/names.ts';
import { newCore } from '../../../sandbox/state/new-core.ts';
import type { Person } from '../../../sandbox/state/state.ts';

const { state } = newCore({
  manifest: 'manifest.yml',
  people: [{ id: 'U1', handle: 'maria', realName: 'Maria <b>Lopez', tz: 'Europe/London' }],
  channels: [{ id: 'C1', name: 'ops', members: ['maria'] }],
});
const maria = state.people.get('U1') as Person;

// A Tuesday in summer time, so that London is an hour ahead of UTC.
const reader: Reader = { state, person: maria, now: Date.UTC(2025, 6, 15, 12) };
const words = (text: string) => ({ type: 'plain_text', text });
const option = (text: string, value: string, about?: string) => ({
  text: words(text),
  value,
  ...(about ? { description: words(about) } : {}),
});

function drawn(block: Json & { type: string }, given: Partial<Frame> = {}): string {
  const frame: Frame = {
    reader,
    place: 'view',
    actions: '/as/maria/do',
    key: 'view-1',
    values: {},
    errors: {},
    ...given,
  };
  return String(drawBlocks(frame, [{ block_id: 'b', ...block }]));
}

const input = (element: Json, rest: Json = {}, given: Partial<Frame> = {}) =>
  drawn(
    { type: 'input', label: words('A question'), element: { action_id: 'a', ...element }, ...rest },
    given,
  );

describe('mrkdwn', () => {
  test.each([
    ['*bold* and _italic_ and ~struck~', '<b>bold</b> and <i>italic</i> and <s>struck</s>'],
    ['*_both_*', '<b><i>both</i></b>'],
    ['snake_case_name and 2*3*4', 'snake_case_name and 2*3*4'],
    ['`*not bold*`', '<code>*not bold*</code>'],
    ['one\ntwo', 'one<br>two'],
    ['```a < b\nc```', '<pre>a &lt; b\nc</pre>'],
    ['&gt; said\nafter', '<blockquote>said</blockquote>after'],
    ['<@U1>', '<span class="mention">@Maria &lt;b&gt;Lopez</span>'],
    ['<#C1|other>', '<span class="mention">#ops</span>'],
    ['<!here>', '<span class="mention">@here</span>'],
    ['&lt;b&gt; &amp;amp;', '&lt;b&gt; &amp;amp;'],
    ['<javascript:alert(1)|press>', 'press'],
  ])('draws %j', (source, expected) => {
    expect(String(mrkdwn(reader, source))).toBe(expected);
  });

  test('draws links with their words', () => {
    const made = String(mrkdwn(reader, '<https://a.example/?x=1&amp;y=2|here &amp; now>'));
    expect(made).toContain('href="https://a.example/?x=1&amp;y=2"');
    expect(made).toContain('>here &amp; now</a>');
  });

  test('draws dates in the reader’s own zone, and the fallback where the format says nothing', () => {
    const seconds = Date.UTC(2025, 6, 14, 20, 40) / 1000;
    const date = (format: string) => String(mrkdwn(reader, `<!date^${seconds}^${format}|some day>`));
    expect(date('{date_long} at {time}')).toBe('<time>Monday 14 July 2025 at 21:40</time>');
    expect(date('{date_short_pretty}, {time}')).toBe('<time>Yesterday, 21:40</time>');
    expect(date('{date_num}')).toBe('<time>2025-07-14</time>');
    expect(date('')).toBe('<time>some day</time>');
  });

  test('never lets markup through', () => {
    const nasty = '"><script>alert(1)</script>*<img src=x>*';
    expect(String(mrkdwn(reader, nasty))).not.toMatch(/<(script|img)/);
  });
});

describe('blocks that are read', () => {
  test('a section with text, fields and something beside it', () => {
    const made = drawn({
      type: 'section',
      text: { type: 'mrkdwn', text: '*NM-12*' },
      fields: [words('one'), words('two')],
      accessory: { type: 'button', action_id: 'go', text: words('Open') },
    });
    expect(made).toContain('<b>NM-12</b>');
    expect(made).toContain('<div>two</div>');
    expect(made).toContain('name="press" value="b/go/"');
  });

  test('header, divider, context and picture', () => {
    expect(drawn({ type: 'header', text: words('Title') })).toContain('<h3 class="header">Title</h3>');
    expect(drawn({ type: 'divider' })).toContain('<hr>');
    expect(drawn({ type: 'context', elements: [{ type: 'mrkdwn', text: '_small_' }] })).toContain(
      '<i>small</i>',
    );
    const local = { type: 'image', image_url: 'http://127.0.0.1:4000/a.png', alt_text: 'A chart' };
    expect(drawn(local)).toContain('<img src="http://127.0.0.1:4000/a.png" alt="A chart">');
  });

  test('a picture from elsewhere is described and not fetched', () => {
    const made = drawn({ type: 'image', image_url: 'https://a.example/a.png', alt_text: 'A chart' });
    expect(made).toContain('Picture: A chart');
    expect(made).not.toContain('a.example');
  });

  test('rich text, in which nothing is markup', () => {
    const section = (elements: Json[]) => ({ type: 'rich_text_section', elements });
    const made = drawn({
      type: 'rich_text',
      elements: [
        section([
          { type: 'text', text: '*as typed* <b>', style: { bold: true } },
          { type: 'user', user_id: 'U1' },
          { type: 'emoji', name: 'wave', unicode: '1f44b' },
        ]),
        { type: 'rich_text_list', style: 'ordered', elements: [section([{ type: 'text', text: 'first' }])] },
        { type: 'rich_text_quote', elements: [{ type: 'link', url: 'https://a.example', text: 'link' }] },
        { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'code' }] },
      ],
    });
    expect(made).toContain('<b>*as typed* &lt;b&gt;</b>');
    expect(made).toContain('👋');
    expect(made).toMatch(/<ol class="indent-0" start="1"><li>first<\/li><\/ol>/);
    expect(made).toMatch(/<blockquote><a href="https:\/\/a.example"/);
    expect(made).toContain('<pre>code</pre>');
  });

  test('a chart is a table that can be read out', () => {
    const made = drawn({
      type: 'data_visualization',
      title: 'How it was noticed',
      chart: {
        type: 'bar',
        series: [{ name: 'This month', data: [{ label: 'Alert', value: 3 }] }],
        axis_config: { categories: ['Alert', 'Chance'] },
      },
    });
    expect(made).toContain('<caption>How it was noticed</caption>');
    expect(made).toMatch(/<th scope="row">Alert<\/th><td>.*<\/meter> 3<\/td>/);
    expect(made).toMatch(/<th scope="row">Chance<\/th><td>.*<\/meter> 0<\/td>/);
  });

  test('what this page does not know is named, not left out', () => {
    expect(drawn({ type: 'video' })).toContain('not drawn here: video');
    expect(input({ type: 'file_input' })).toContain('not drawn here: file_input');
    expect(drawn({ type: 'actions', elements: [{ type: 'icon_button' }] })).toContain(
      'not drawn here: icon_button',
    );
  });
});

describe('inputs', () => {
  test('text has a label, a hint, the optional mark and its error', () => {
    const made = input(
      {
        type: 'plain_text_input',
        multiline: true,
        placeholder: words('Say it'),
        max_length: 200,
        focus_on_load: true,
      },
      { hint: words('One line'), optional: true },
      { errors: { b: 'A few words are enough.' } },
    );
    expect(made).toContain(
      '<label for="view-1-b-a">A question <span class="optional">(optional)</span></label>',
    );
    expect(made).toContain('aria-describedby="view-1-b-a-hint view-1-b-a-error"');
    expect(made).toContain('aria-invalid="true"');
    expect(made).toContain('maxlength="200"');
    expect(made).toContain(' autofocus');
    expect(made).toMatch(/A few words are enough\./);
  });

  test('what was typed goes before what the app started with, and is escaped', () => {
    const element = { type: 'plain_text_input', initial_value: 'from the app' };
    expect(input(element)).toContain('value="from the app"');
    const values = { b: { a: { type: 'plain_text_input', value: '"typed" <b>' } } };
    expect(input(element, {}, { values })).toContain('value="&quot;typed&quot; &lt;b&gt;"');
    const cleared = { b: { a: { type: 'plain_text_input', value: null } } };
    expect(input(element, {}, { values: cleared })).toContain('value=""');
  });

  test('radio buttons and checkboxes are groups with a legend', () => {
    const options = [option('Anyone', 'all', 'They can thank you.'), option('Nobody', 'none')];
    const radio = input({ type: 'radio_buttons', options, initial_option: options[1] });
    expect(radio).toContain('<legend>A question</legend>');
    expect(radio).toMatch(/type="radio" name="field\/b\/a" value="none" checked/);
    expect(radio).toContain('They can thank you.');
    const boxes = input({ type: 'checkboxes', options, initial_options: [options[0]] });
    expect(boxes).toMatch(/type="checkbox" name="field\/b\/a" value="all" checked/);
  });

  test('menus are menus', () => {
    const options = [option('One', '1'), option('Two', '2')];
    expect(input({ type: 'static_select', options, initial_option: options[1] })).toContain(
      '<option value="2" selected>Two</option>',
    );
    const described = [{ ...option('Three', '3'), description: words('More than two') }];
    expect(input({ type: 'static_select', options: described })).toMatch(
      /<option value="3">Three<\/option>.*<dt>Three<\/dt> <dd>More than two<\/dd>/s,
    );
    const groups = [{ label: words('Numbers'), options }];
    expect(input({ type: 'static_select', option_groups: groups })).toContain('<optgroup label="Numbers">');
    expect(input({ type: 'users_select', initial_user: 'U1' })).toMatch(/<option value="U1" selected>Maria/);
    expect(input({ type: 'multi_users_select' })).toMatch(/type="checkbox" name="field\/b\/a" value="U1"/);
    expect(input({ type: 'conversations_select' })).toContain('<option value="C1">#ops</option>');
    const external = input({ type: 'external_select', min_query_length: 0, initial_option: options[0] });
    expect(external).toMatch(/list="view-1-b-a-offers" data-suggest="0"/);
    expect(external).toContain('value="One"');
  });

  test('dates and times are asked for by the browser’s own controls', () => {
    expect(input({ type: 'datepicker', initial_date: '2025-07-14' })).toMatch(
      /type="date".* value="2025-07-14"/,
    );
    expect(input({ type: 'timepicker', initial_time: '09:30' })).toMatch(/type="time".* value="09:30"/);
  });

  test('what somebody types does not make a block another block', () => {
    const version = (made: string) => /data-version="([^"]+)"/.exec(made)?.[1];
    const element = { type: 'plain_text_input' };
    const typed = { values: { b: { a: { type: 'plain_text_input', value: 'typed' } } } };
    expect(version(input(element, {}, typed))).toBe(version(input(element)));
    expect(version(input(element, { hint: words('New') }))).not.toBe(version(input(element)));
    expect(version(input(element, {}, { errors: { b: 'Wrong' } }))).not.toBe(version(input(element)));
  });
});

describe('buttons', () => {
  const actions = (element: Json) => drawn({ type: 'actions', elements: [{ action_id: 'a', ...element }] });

  test('a button posts itself; ids with odd signs arrive whole', () => {
    const made = drawn({
      type: 'actions',
      block_id: 'x/y',
      elements: [{ type: 'button', action_id: 'a b', text: words('Go'), style: 'primary' }],
    });
    expect(made).toContain('value="x%2Fy/a%20b/"');
    expect(made).toContain('class="button primary"');
  });

  test('one that asks first opens a dialog, and only that sends', () => {
    const made = actions({
      type: 'button',
      text: words('Withdraw'),
      confirm: {
        title: words('Sure?'),
        text: words('Gone.'),
        confirm: words('Withdraw'),
        deny: words('Keep it'),
      },
    });
    expect(made).toMatch(/<button class="button" type="button" command="show-modal"/);
    expect(made.match(/name="press"/g)).toHaveLength(1);
    expect(made).toContain('Keep it');
  });

  test('an overflow menu has an entry for each option', () => {
    const made = actions({ type: 'overflow', options: [option('One', '1'), option('Two', '2')] });
    expect(made).toMatch(/<summary class="button" aria-label="More actions">/);
    expect(made).toContain('value="b/a/2"');
  });
});
