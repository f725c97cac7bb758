import { createHash } from 'node:crypto';
import { raw, html as template } from 'hono/html';
import { text } from '../json.ts';

/** A piece of HTML in which every text from elsewhere has been escaped. */
export type Markup = ReturnType<typeof raw>;

/** Writes HTML, escaping what is put into it. Unlike Hono's own `html` it never holds a promise, so it is a string. */
export function html(strings: TemplateStringsArray, ...values: unknown[]): Markup {
  const made = template(strings, ...values);
  if (made instanceof Promise) throw new Error('A promise was put into HTML.');
  return made;
}

export const nothing: Markup = raw('');

/** A word like `checked` or `open` that is there or not. */
export const flag = (name: string, on: boolean): Markup => (on ? raw(` ${name}`) : nothing);

/** An attribute that is left out when there is nothing to say. */
export const attribute = (name: string, value: string | number | undefined): Markup =>
  value === undefined ? nothing : html` ${raw(name)}="${String(value)}"`;

/** A short name for how something looks now; the script leaves alone what has kept its version. */
export const version = (of: unknown): string =>
  createHash('sha1').update(String(of)).digest('base64url').slice(0, 10);

/** A hidden field. */
export const hidden = (name: string, value: string): Markup =>
  html`<input type="hidden" name="${name}" value="${value}">`;

/** What stands for a block or element that this page does not know how to draw. */
export const notDrawn = (type: unknown): Markup =>
  html`<span class="not-drawn">not drawn here: ${text(type) || 'something without a type'}</span>`;
