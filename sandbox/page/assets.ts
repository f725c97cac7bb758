import { readFileSync } from 'node:fs';

/** The style sheets, in the order in which they build on one another. */
export const styles = [
  'tone.css',
  'controls.css',
  'columns.css',
  'messages.css',
  'blocks.css',
  'dialogs.css',
  'phone.css',
] as const;

const scripts = ['page.js', 'controls.js', 'redraw.js', 'requests.js', 'suggestions.js'] as const;

const kinds = { css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8', svg: 'image/svg+xml' };

/** What a browser may ask for by name, and as what it is sent. Nothing else is. */
export const files: ReadonlyMap<string, string> = new Map([
  ...styles.map((name) => [name, kinds.css] as const),
  ...scripts.map((name) => [name, kinds.js] as const),
  ['icon.svg', kinds.svg],
]);

/** Read anew each time, so that a change shows on the next reload. */
export const fileNamed = (name: string): string =>
  readFileSync(new URL(`browser/${name}`, import.meta.url), 'utf8');
