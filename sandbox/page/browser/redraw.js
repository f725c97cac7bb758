// @ts-check
// Makes the page look like what the server would now draw, without disturbing whoever is using it.
import { carryOver, controls, first, isTouched, nameOf } from './controls.js';

/** Puts a new element in the place of an old one, keeping what was typed in it. @param {Element} old @param {Element} next */
function exchange(old, next) {
  const typed = new Map(
    controls(old)
      .filter(isTouched)
      .map((each) => [nameOf(each), each]),
  );
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  old.replaceWith(next);
  for (const control of controls(next)) {
    const before = typed.get(nameOf(control));
    if (before) carryOver(before, control);
  }
  if (focused?.id) refocus(focused);
  openModals(next);
}

/** Goes on where the hands were, down to the place in the text. @param {Element} before */
function refocus(before) {
  const now = document.getElementById(before.id);
  now?.focus({ preventScroll: true });
  if (now instanceof HTMLTextAreaElement && before instanceof HTMLTextAreaElement)
    now.setSelectionRange(before.selectionStart, before.selectionEnd);
}

/** @param {Element} live @param {Element} fresh */
function isSame(live, fresh) {
  const [was, is] = [live.getAttribute('data-version'), fresh.getAttribute('data-version')];
  return was !== null || is !== null ? was === is : live.isEqualNode(fresh);
}

/** Makes one element like another, touching only what differs. @param {Element} live @param {Element} fresh */
export function follow(live, fresh) {
  if (!fresh.hasAttribute('data-keyed') || !live.hasAttribute('data-keyed')) {
    if (!isSame(live, fresh)) exchange(live, document.importNode(fresh, true));
    return;
  }
  for (const { name, value } of fresh.attributes)
    if (name !== 'open' && live.getAttribute(name) !== value) live.setAttribute(name, value);
  const kept = new Map([...live.children].map((each) => [each.id, each]));
  for (const child of fresh.children) kept.delete(child.id);
  for (const gone of kept.values()) {
    // Closing gives the focus back to where it was before the modal opened, so it comes before another opens.
    if (gone instanceof HTMLDialogElement) gone.close();
    gone.remove();
  }
  const known = new Map([...live.children].map((each) => [each.id, each]));
  for (const [index, child] of [...fresh.children].entries()) {
    const old = known.get(child.id);
    const shown = old ?? document.importNode(child, true);
    if (live.children[index] !== shown) live.insertBefore(shown, live.children[index] ?? null);
    if (old) follow(old, child);
    else openModals(shown);
  }
}

/** The server draws a modal open, for browsers without this script; here it is made modal. @param {ParentNode} within */
export function openModals(within) {
  const found = [
    ...within.querySelectorAll('dialog.modal'),
    ...(within instanceof HTMLDialogElement ? [within] : []),
  ];
  for (const dialog of found) {
    if (!(dialog instanceof HTMLDialogElement) || !dialog.matches('.modal') || dialog.matches(':modal'))
      continue;
    dialog.removeAttribute('open');
    dialog.showModal();
    dialog.addEventListener('cancel', (event) => {
      if (event.target !== dialog) return;
      event.preventDefault();
      first(dialog, '.modal-foot button')?.click();
    });
  }
}

const scrollers = () => [...document.querySelectorAll('.messages')];

/** @param {Element} list */
const isAtEnd = (list) => list.scrollHeight - list.scrollTop - list.clientHeight < 80;

/** Where everything stood before a change, and how to come back to it afterwards. */
export function bearings() {
  const stood = scrollers().map((each) => ({
    id: each.id,
    last: each.lastElementChild?.id,
    atEnd: isAtEnd(each),
  }));
  const modal = document.querySelector('dialog.modal');
  const titleBefore = modal?.querySelector('h2')?.textContent;
  const startBefore = modal && first(modal, '[autofocus]');
  return () => {
    for (const { id, last, atEnd } of stood) {
      const list = document.getElementById(id);
      const hasGrown = list?.lastElementChild?.id !== last;
      if (list && hasGrown && (atEnd || id === 'thread-messages')) list.scrollTop = list.scrollHeight;
    }
    const now = document.querySelector('dialog.modal');
    if (!now || now !== modal) return;
    const [title, start] = [first(now, 'h2'), first(now, '[autofocus]')];
    const isNew = title?.textContent !== titleBefore;
    if (isNew) now.querySelector('.blocks')?.scrollTo(0, 0);
    if (start && start !== startBefore) start.focus();
    else if (isNew || !now.contains(document.activeElement)) title?.focus();
  };
}
