// @ts-check
// Keeps the page up to date without losing what somebody is typing. Everything here also works without it.

import { first } from './controls.js';
import { openModals } from './redraw.js';
import { inTurn, look, offline, post } from './requests.js';
import './suggestions.js';

/** @type {WeakSet<HTMLFormElement>} */
const pressed = new WeakSet();

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.method !== 'post') return;
  event.preventDefault();
  // A second press while the first is on its way is a slip of the hand.
  if (pressed.has(form)) return;
  pressed.add(form);
  form.setAttribute('aria-busy', 'true');
  const by = event.submitter;
  const address = by?.getAttribute('formaction') ?? form.action;
  const field = by?.getAttribute('name')
    ? [by.getAttribute('name') ?? '', by.getAttribute('value') ?? '']
    : [];
  closeMenus();
  if (by?.closest('dialog.confirm')) by.closest('dialog')?.close();
  void inTurn(() => post(form, address, field)).finally(() => {
    pressed.delete(form);
    form.removeAttribute('aria-busy');
  });
});

document.addEventListener('change', (event) => {
  const control = event.target;
  if (!(control instanceof Element) || !('form' in control)) return;
  const form = control.form;
  if (!(form instanceof HTMLFormElement) || !form.dataset.place) return;
  const address = form.action.replace(/\/do\/\w+$/, '/do/change');
  void inTurn(() => post(form, address, ['changed', control.getAttribute('name') ?? '']));
});

document.addEventListener('keydown', (event) => {
  const at = event.target;
  if (event.key === 'Escape' && closeMenus()) event.preventDefault();
  const sends = event.key === 'Enter' && !event.shiftKey && !event.isComposing;
  if (!sends || !(at instanceof HTMLTextAreaElement) || !('enterSends' in at.dataset)) return;
  event.preventDefault();
  at.form?.requestSubmit(first(at.form, 'button.primary'));
});

/** @param {Element | null} [except] */
function closeMenus(except = null) {
  const open = [...document.querySelectorAll('details.menu[open]')].filter(
    (each) => !except || !each.contains(except),
  );
  for (const menu of open) menu.removeAttribute('open');
  const held = open.find((each) => each.contains(document.activeElement));
  if (held) first(held, 'summary')?.focus();
  return open.length > 0;
}

document.addEventListener('click', (event) => {
  const at = event.target instanceof Element ? event.target : null;
  closeMenus(at);
  const button = at?.closest('button[commandfor]');
  // Newer browsers do this by themselves.
  if (!button || 'commandForElement' in HTMLButtonElement.prototype) return;
  const dialog = document.getElementById(button.getAttribute('commandfor') ?? '');
  if (!(dialog instanceof HTMLDialogElement)) return;
  if (button.getAttribute('command') === 'close') dialog.close();
  else dialog.showModal();
});

/** @type {EventSource | undefined} */
let source;

function listen() {
  const address = document.body.dataset.events;
  if (!address || source) return;
  source = new EventSource(address);
  source.addEventListener('change', look);
  // After a gap there may be things we were not told of.
  source.addEventListener('ready', look);
  source.addEventListener('error', () => offline(true));
}

// A browser opens only so many connections to one place; a page nobody looks at gives its own up.
document.addEventListener('visibilitychange', () => {
  if (document.hidden) {
    source?.close();
    source = undefined;
  } else listen();
});

openModals(document);
// A channel is opened at its end, a thread at its beginning.
document.getElementById('messages')?.scrollTo(0, Number.MAX_SAFE_INTEGER);
if (!document.hidden) listen();
