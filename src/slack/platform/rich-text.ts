type Element = { readonly [field: string]: unknown };

/**
 * Rich text as the markup that says the same, one line for each of its own. What has no words is left out.
 * `labels` on the block are the names of channels and groups, by id.
 */
export function richTextAsMarkup(block: Element): string {
  const markup = elementsOf(block).map(asMarkup).join('\n');
  const labels = new Map(Object.entries(block.labels ?? {}));
  return markup.replaceAll(/<([#!](?:subteam\^)?)(\w+)>/g, (whole, kind: string, id: string) =>
    labels.has(id) ? `<${kind}${id}|${String(labels.get(id))}>` : whole,
  );
}

function asMarkup(element: Element): string {
  if (element.type === 'rich_text_list')
    return elementsOf(element)
      .map((item) => `• ${inLine(item)}`)
      .join('\n');
  if (element.type === 'rich_text_preformatted') return `\`\`\`${inLine(element)}\`\`\``;
  return inLine(element);
}

function inLine(element: Element): string {
  return elementsOf(element).map(piece).join('');
}

function piece(element: Element): string {
  switch (element.type) {
    case 'text':
      return styled(escaped(text(element.text)), element.style);
    case 'link':
      return `<${text(element.url)}${element.text ? `|${escaped(text(element.text))}` : ''}>`;
    case 'user':
      return `<@${text(element.user_id)}>`;
    case 'channel':
      return `<#${text(element.channel_id)}>`;
    case 'usergroup':
      return `<!subteam^${text(element.usergroup_id)}>`;
    case 'broadcast':
      return `<!${text(element.range)}>`;
    case 'emoji':
      return `:${text(element.name)}:`;
    case 'date':
      return text(element.fallback);
    default:
      return '';
  }
}

/** Bold is what labels are written in; each line has to be bold by itself. */
function styled(words: string, style: unknown): string {
  const isBold = typeof style === 'object' && style !== null && 'bold' in style && style.bold === true;
  return isBold ? words.replaceAll(/\S(?:[^\n]*\S)?/g, (line) => `*${line}*`) : words;
}

function escaped(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function elementsOf({ elements }: Element): Element[] {
  return Array.isArray(elements) ? elements.filter((each) => typeof each === 'object' && each !== null) : [];
}
