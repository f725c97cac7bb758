import { isObject, object, objects } from '../../sandbox/json.ts';

/*
 * A view or a message as a person reads it, from top to bottom: every word, what can be typed, chosen and
 * pressed, and what is chosen already. For comparing with the words that were agreed on.
 */

type Json = Record<string, unknown>;

export function transcript(shown: object): string {
  const { title, submit, close, text, blocks } = shown as Json;
  const around = [
    title && `# ${words(title)}`,
    submit && `[${words(submit)}]`,
    close && `[${words(close)}]`,
    typeof text === 'string' && `(${text})`,
  ].filter(Boolean);
  return [
    '',
    ...around.slice(0, 1),
    ...(around.length > 1 ? [around.slice(1).join(' ')] : []),
    ...objects(blocks).flatMap(block),
    '',
  ].join('\n');
}

function words(text: unknown): string {
  const { type, text: inner } = object(text);
  return type === 'mrkdwn' ? `~ ${String(inner)}` : String(inner);
}

function block(shown: Json): string[] {
  switch (shown.type) {
    case 'header':
      return [`## ${words(shown.text)}`];
    case 'context':
      return objects(shown.elements).map((each) => `<small> ${words(each)}`);
    case 'section':
      return [words(shown.text), ...(isObject(shown.accessory) ? [element(shown.accessory)] : [])];
    case 'actions':
      return [objects(shown.elements).map(element).join(' ')];
    case 'rich_text':
      return objects(shown.elements).flatMap(richText);
    case 'input':
      return input(shown);
    default:
      return [`not read here: ${String(shown.type)}`];
  }
}

function richText(part: Json): string[] {
  if (part.type === 'rich_text_list')
    return objects(part.elements).map((item) => `• ${objects(item.elements).map(run).join('')}`);
  return [objects(part.elements).map(run).join('')];
}

function run({ text, style }: Json): string {
  if (!object(style).bold) return String(text);
  const [, before = '', said = '', after = ''] = String(text).match(/^(\s*)(.*?)(\s*)$/s) ?? [];
  return `${before}*${said}*${after}`;
}

function input(shown: Json): string[] {
  const asked = object(shown.element);
  return [
    `? ${words(shown.label)}${shown.optional === true ? '' : ' (required)'} <${kind(asked)}>`,
    ...(shown.hint === undefined ? [] : [`  hint: ${words(shown.hint)}`]),
    ...(asked.placeholder === undefined ? [] : [`  placeholder: ${words(asked.placeholder)}`]),
    ...(asked.initial_value === undefined ? [] : [`  = ${asked.initial_value as string}`]),
    ...(asked.initial_users === undefined ? [] : [`  = ${(asked.initial_users as string[]).join(', ')}`]),
    ...objects(asked.options).map((option) => chooseable(option, asked)),
  ];
}

function kind({
  type,
  multiline,
  focus_on_load: focus,
  max_selected_items: most,
  min_query_length: from,
}: Json): string {
  return [
    type,
    multiline === true && 'multiline',
    focus === true && 'focus',
    most !== undefined && `at most ${Number(most)}`,
    from !== undefined && `from ${Number(from)} characters`,
  ]
    .filter(Boolean)
    .join(', ');
}

function chooseable(option: Json, { initial_option: one, initial_options: several }: Json): string {
  const chosen = [one, ...objects(several)].some((each) => object(each).value === option.value);
  const description = option.description === undefined ? '' : ` — ${words(option.description)}`;
  return `  (${chosen ? 'x' : ' '}) ${words(option.text)}${description}`;
}

function element(shown: Json): string {
  if (shown.type === 'overflow')
    return `[… ${objects(shown.options)
      .map(({ text }) => words(text))
      .join(' | ')}]`;
  const { title, text, confirm, deny } = object(shown.confirm);
  const asked =
    title === undefined ? '' : ` -> ${words(title)} ${words(text)} [${words(confirm)}] [${words(deny)}]`;
  return `[${words(shown.text)}]${asked}`;
}
