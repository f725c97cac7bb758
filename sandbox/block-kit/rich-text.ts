import { id } from './composition.ts';
import { boolean, byType, fields, list, number, oneOf, type Rule, string } from './rules.ts';

const style = fields(
  {},
  { bold: boolean, italic: boolean, strike: boolean, code: boolean, underline: boolean },
);
const words = string({ min: 1 });

const inline: Rule = byType({
  text: fields({ type: oneOf('text'), text: words }, { style }),
  link: fields(
    { type: oneOf('link'), url: string({ min: 1, max: 3000 }) },
    { text: words, unsafe: boolean, style },
  ),
  user: fields({ type: oneOf('user'), user_id: words }, { style }),
  usergroup: fields({ type: oneOf('usergroup'), usergroup_id: words }, { style }),
  channel: fields({ type: oneOf('channel'), channel_id: words }, { style }),
  team: fields({ type: oneOf('team'), team_id: words }, { style }),
  emoji: fields(
    { type: oneOf('emoji'), name: words },
    { unicode: string(), skin_tone: number({ min: 1, max: 6 }), style },
  ),
  broadcast: fields({ type: oneOf('broadcast'), range: oneOf('here', 'channel', 'everyone') }, { style }),
  color: fields({ type: oneOf('color'), value: words }, { style }),
  date: fields(
    { type: oneOf('date'), timestamp: number({ min: 0 }), format: words },
    { url: string({ max: 3000 }), fallback: words, style },
  ),
});

const inlines = list(inline, { min: 1 });
const border = number({ min: 0, max: 1 });
const section = fields({ type: oneOf('rich_text_section'), elements: inlines });

/** Text as Slack's own editor writes it: nothing in a text element is markup, so nothing in it pings. */
export const richText: Rule = fields(
  {
    type: oneOf('rich_text'),
    elements: list(
      byType({
        rich_text_section: section,
        rich_text_quote: fields({ type: oneOf('rich_text_quote'), elements: inlines }, { border }),
        rich_text_preformatted: fields(
          { type: oneOf('rich_text_preformatted'), elements: inlines },
          { border, language: words },
        ),
        rich_text_list: fields(
          {
            type: oneOf('rich_text_list'),
            style: oneOf('bullet', 'ordered'),
            elements: list(byType({ rich_text_section: section }), { min: 1 }),
          },
          { indent: number({ min: 0, max: 8 }), offset: number({ min: 0 }), border },
        ),
      }),
      { min: 1 },
    ),
  },
  { block_id: id },
);
