/**
 * Text as its writer saw it. Slack sends `<@U1|ana>`, `<#C1|ops>`, `<https://x|label>`, `<!here>` and escapes
 * `&`, `<` and `>` in the text of messages and commands. Text typed into a modal comes as it was typed and
 * must not pass through here.
 *
 * A mention without a label is an id; `nameOf` turns it into a name, or it becomes "someone": ids of people
 * are never kept inside text.
 */
export function decodeText(
  text: string,
  nameOf: (personId: string) => string | undefined = () => undefined,
): string {
  return text
    .replaceAll(/<([^<>]*)>/g, (_whole, inner: string) => decodeReference(inner, nameOf))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

function decodeReference(inner: string, nameOf: (personId: string) => string | undefined): string {
  const bar = inner.indexOf('|');
  const target = bar === -1 ? inner : inner.slice(0, bar);
  const label = bar === -1 || inner.slice(bar + 1) === target.slice(1) ? '' : inner.slice(bar + 1);
  if (target.startsWith('@')) return `@${label || nameOf(target.slice(1)) || 'someone'}`;
  if (target.startsWith('#')) return `#${label || 'a channel'}`;
  if (target.startsWith('!date^')) return label;
  if (target.startsWith('!subteam^')) return label.startsWith('@') ? label : `@${label || 'a group'}`;
  if (target.startsWith('!')) return `@${(label || target.slice(1)).replace(/^@/, '')}`;
  return /^[a-z][a-z\d+.-]*:/i.test(target) ? decodeLink(target, label) : `<${inner}>`;
}

/** Slack makes links of addresses by itself: `acme.test` is sent as `<http://acme.test|acme.test>`. */
function decodeLink(target: string, label: string): string {
  const address = target.replace(/^(?:mailto|tel):/i, '');
  const asTyped = [address, address.replace(/^https?:\/\//i, ''), ''];
  if (asTyped.includes(label)) return label || address;
  return `${label} (${address})`;
}
