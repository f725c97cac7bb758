import { minQueryLength } from '../../block-kit/composition.ts';
import { type Json, object, objects, text } from '../../json.ts';
import type { Channel, Person } from '../../state/state.ts';
import { attribute, flag, html, type Markup, nothing } from '../markup.ts';
import { channelTitle, peopleOf, personName, type Reader } from '../names.ts';
import { type Control, commonAttributes, placeholder } from './control.ts';
import { plainWords } from './mrkdwn.ts';

type Choice = { readonly value: string; readonly words: string };

function textInput(control: Control): Markup {
  const { element, value } = control;
  const limits = html`${attribute('placeholder', placeholder(control))}${attribute(
    'maxlength',
    typeof element.max_length === 'number' ? element.max_length : 3000,
  )}`;
  return element.multiline === true
    ? html`<textarea rows="3"${commonAttributes(control)}${limits}>
${text(value)}</textarea>`
    : html`<input type="text" autocomplete="off"${commonAttributes(control)}${limits} value="${text(value)}">`;
}

const picker = (type: 'date' | 'time') => (control: Control) =>
  html`<input type="${type}"${commonAttributes(control)} value="${text(control.value)}">`;

function select(control: Control, choices: Markup): Markup {
  return html`<select${commonAttributes(control)}>
<option value="">${placeholder(control) ?? 'Choose one'}</option>${choices}</select>`;
}

const choice = ({ value, words }: Choice, chosen: string): Markup =>
  html`<option value="${value}"${flag('selected', value === chosen)}>${words}</option>`;

const optionChoice = (option: Json): Choice => ({
  value: text(option.value),
  words: plainWords(option.text),
});

/** A native menu has no second line, and a narrow one would cut it off: what options mean stands below it. */
function descriptions(options: unknown): Markup {
  const described = objects(options).filter((option) => plainWords(option.description) !== '');
  if (described.length === 0) return nothing;
  return html`<dl class="hint">${described.map(
    (option) =>
      html`<div><dt>${plainWords(option.text)}</dt> <dd>${plainWords(option.description)}</dd></div>`,
  )}</dl>`;
}

function staticSelect(control: Control): Markup {
  const { element, value } = control;
  const chosen = text(object(value).value);
  const options = (from: unknown) => objects(from).map((each) => choice(optionChoice(each), chosen));
  const groups = objects(element.option_groups).map(
    (group) => html`<optgroup label="${plainWords(group.label)}">${options(group.options)}</optgroup>`,
  );
  return html`${select(control, html`${options(element.options)}${groups}`)}${descriptions(element.options)}`;
}

/** Typed into, with what the app offers below it. What stands in it is the text of the option that was chosen. */
function externalSelect(control: Control): Markup {
  const { element, id, value, block } = control;
  return html`<input type="text" autocomplete="off" list="${id}-offers" data-suggest="${minQueryLength(element)}"
data-block="${text(block.block_id)}" data-action="${text(element.action_id)}"${commonAttributes(control)}${attribute(
    'placeholder',
    placeholder(control),
  )} value="${plainWords(object(value).text)}"><datalist id="${id}-offers"></datalist>`;
}

/** The people one can pick, by name. */
export const pickablePeople = ({ state }: Reader): Person[] =>
  peopleOf(state).toSorted((a, b) => a.realName.localeCompare(b.realName));

function usersSelect(control: Control): Markup {
  const { reader } = control.frame;
  const chosen = text(control.value);
  const people = pickablePeople(reader).map(({ id }) => ({ value: id, words: personName(reader, id) }));
  return select(control, html`${people.map((each) => choice(each, chosen))}`);
}

function pickableChannels({ frame, element }: Control): Channel[] {
  const { state, person } = frame.reader;
  const filter = object(element.filter);
  const kinds = element.type === 'channels_select' ? ['public'] : filter.include;
  return [...state.channels.values()].filter(
    (each) =>
      (each.kind === 'public' || each.members.has(person.id)) &&
      (!Array.isArray(kinds) || kinds.includes(each.kind)) &&
      !(filter.exclude_external_shared_channels === true && each.isExtShared) &&
      !(filter.exclude_bot_users === true && each.kind === 'im' && each.members.has(state.app.botUserId)) &&
      !each.isArchived,
  );
}

function channelSelect(control: Control): Markup {
  const chosen = text(control.value);
  const channels = pickableChannels(control).map((channel) => ({
    value: channel.id,
    words: channelTitle(control.frame.reader, channel),
  }));
  return select(control, html`${channels.map((each) => choice(each, chosen))}`);
}

/** Elements that are one native control, by type. */
export const singleControls: Readonly<Record<string, (control: Control) => Markup>> = {
  plain_text_input: textInput,
  static_select: staticSelect,
  external_select: externalSelect,
  users_select: usersSelect,
  conversations_select: channelSelect,
  channels_select: channelSelect,
  datepicker: picker('date'),
  timepicker: picker('time'),
};
