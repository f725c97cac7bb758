import { object } from '../json.ts';
import {
  anyText,
  confirm,
  id,
  initialAmongOptions,
  option,
  optionGroup,
  optionsOrGroups,
  placeholder,
  plainText,
  richOption,
  uniqueOptionValues,
} from './composition.ts';
import { all, boolean, byType, fields, list, number, oneOf, type Rule, string, when } from './rules.ts';

const common = { action_id: id };
const focusable = { ...common, focus_on_load: boolean, confirm };
const menu = { ...focusable, placeholder };
const selection = list(option, { min: 1, max: 100 });
const groups = list(optionGroup, { min: 1, max: 100 });
const several = { max_selected_items: number({ min: 1 }) };
const conversationFilter = fields(
  {},
  {
    include: list(oneOf('im', 'mpim', 'private', 'public'), { min: 1 }),
    exclude_external_shared_channels: boolean,
    exclude_bot_users: boolean,
  },
);

const element = (type: string, optional: Record<string, Rule>, required: Record<string, Rule> = {}): Rule =>
  fields({ type: oneOf(type), ...required }, optional);

export const imageElement: Rule = all(
  element(
    'image',
    { image_url: string({ min: 1, max: 3000 }), slack_file: fields({}, { id: string(), url: string() }) },
    { alt_text: string({ min: 1, max: 2000 }) },
  ),
  when(
    (image) => (image.image_url === undefined) === (image.slack_file === undefined),
    'needs either image_url or slack_file',
  ),
);

const button = element(
  'button',
  {
    ...common,
    confirm,
    url: string({ max: 3000 }),
    value: string({ max: 2000 }),
    style: oneOf('primary', 'danger'),
    accessibility_label: string({ max: 75 }),
  },
  { text: plainText(75) },
);

const overflow = all(
  element('overflow', { ...common, confirm }, { options: list(option, { min: 1, max: 5 }) }),
  uniqueOptionValues,
);

const plainTextInput = all(
  element('plain_text_input', {
    ...common,
    focus_on_load: boolean,
    placeholder,
    initial_value: string({ max: 3000 }),
    multiline: boolean,
    min_length: number({ min: 0, max: 3000 }),
    max_length: number({ min: 1, max: 3000 }),
    dispatch_action_config: fields({
      trigger_actions_on: list(oneOf('on_enter_pressed', 'on_character_entered'), { min: 1, max: 2 }),
    }),
  }),
  when(
    ({ initial_value: text, max_length: max }) =>
      typeof text === 'string' && typeof max === 'number' && text.length > max,
    'initial_value is longer than max_length',
  ),
  when(
    ({ min_length: min, max_length: max }) => typeof min === 'number' && typeof max === 'number' && min > max,
    'min_length is more than max_length',
  ),
);

/** Radio buttons or checkboxes: all options stand there, and what is chosen from the start is among them. */
const choices = (type: string, initial: Record<string, Rule>): Rule =>
  all(
    element(type, { ...focusable, ...initial }, { options: list(richOption, { min: 1, max: 10 }) }),
    initialAmongOptions,
    uniqueOptionValues,
  );

const staticMenu = (type: string, rest: Record<string, Rule>): Rule =>
  all(element(type, { ...menu, options: selection, option_groups: groups, ...rest }), optionsOrGroups);

const externalMenu = (type: string, rest: Record<string, Rule>): Rule =>
  element(type, { ...menu, min_query_length: number({ min: 0 }), ...rest });

/** Elements in which a person chooses or types; the only ones an input block may hold. */
const inputs: Record<string, Rule> = {
  plain_text_input: plainTextInput,
  checkboxes: choices('checkboxes', { initial_options: list(richOption, { min: 1, max: 10 }) }),
  radio_buttons: choices('radio_buttons', { initial_option: richOption }),
  static_select: staticMenu('static_select', { initial_option: option }),
  multi_static_select: staticMenu('multi_static_select', { ...several, initial_options: selection }),
  external_select: externalMenu('external_select', { initial_option: option }),
  multi_external_select: externalMenu('multi_external_select', { ...several, initial_options: selection }),
  users_select: element('users_select', { ...menu, initial_user: string({ min: 1 }) }),
  multi_users_select: element('multi_users_select', {
    ...menu,
    ...several,
    initial_users: list(string({ min: 1 })),
  }),
  conversations_select: element('conversations_select', {
    ...menu,
    initial_conversation: string({ min: 1 }),
    default_to_current_conversation: boolean,
    response_url_enabled: boolean,
    filter: conversationFilter,
  }),
  channels_select: element('channels_select', {
    ...menu,
    initial_channel: string({ min: 1 }),
    response_url_enabled: boolean,
  }),
  datepicker: element('datepicker', { ...menu, initial_date: string({ like: /^\d{4}-\d{2}-\d{2}$/ }) }),
  timepicker: element('timepicker', {
    ...menu,
    initial_time: string({ like: /^([01]\d|2[0-3]):[0-5]\d$/ }),
    timezone: string({ min: 1 }),
  }),
};

const { plain_text_input: _typedOnlyInInputs, ...chosen } = inputs;

export const inputElement: Rule = byType(inputs);
export const actionElement: Rule = byType({ ...chosen, button, overflow });
export const accessory: Rule = byType({ ...chosen, button, overflow, image: imageElement });
export const contextElement: Rule = (value, at) =>
  object(value).type === 'image' ? imageElement(value, at) : anyText(3000)(value, at);
