// @ts-check
// Asks the server: for the page as it would be now, and to do what somebody did.
import { controls, markKnown, standing } from './controls.js';
import { bearings, follow } from './redraw.js';

/** Tells the server that nobody opened anything. */
export const background = { headers: { 'x-page-script': 'yes', accept: 'text/html' } };

/** Draws what the server answered. @param {Response} response */
async function draw(response) {
  const at = new URL(response.url);
  if (at.pathname !== location.pathname) {
    location.assign(at);
    return;
  }
  if (at.search !== location.search) history.replaceState(null, '', at);
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
  const restore = bearings();
  document.title = fresh.title;
  for (const id of ['notices', 'sidebar', 'main', 'thread', 'modals']) {
    const [live, next] = [document.getElementById(id), fresh.getElementById(id)];
    if (live && next) follow(live, next);
  }
  restore();
}

// One thing after another, in the order in which they were done.
let turn = Promise.resolve();

/** @param {() => Promise<void>} task */
export function inTurn(task) {
  turn = turn.then(task).catch(() => offline(true));
  return turn;
}

/** @param {boolean} away */
export function offline(away) {
  document.body.toggleAttribute('data-offline', away);
}

let asked = false;
export function look() {
  if (asked) return;
  asked = true;
  setTimeout(() => {
    asked = false;
    void refresh();
  }, 40);
}

// Looking does not wait its turn: a modal opens while the app is still answering what opened it.
let newest = 0;
async function refresh() {
  newest += 1;
  const mine = newest;
  try {
    const response = await fetch(location.href, background);
    if (response.ok && mine === newest) await draw(response);
    offline(false);
  } catch {
    offline(true);
  }
}

/** Posts a form as the browser would, without leaving the page. @param {HTMLFormElement} form @param {string} address @param {string[]} more a field and its value, if any */
export async function post(form, address, [name = '', value = '']) {
  const data = new FormData(form);
  if (name) data.set(name, value);
  const sent = new Map(controls(form).map((each) => [each, standing(each)]));
  // What is written into a menu that asks the app is turned into one of its options, which is then shown instead.
  for (const each of sent.keys()) if ('suggest' in each.dataset) markKnown(each);
  const body = new URLSearchParams(
    [...data].flatMap(([field, said]) => (typeof said === 'string' ? [[field, said]] : [])),
  );
  const response = await fetch(address, { ...background, method: 'POST', body });
  for (const [control, before] of sent) if (standing(control) === before) markKnown(control);
  newest += 1;
  offline(false);
  if (form.classList.contains('composer') && !new URL(response.url).search) clear(form);
  await draw(response);
}

/** @param {HTMLFormElement} form */
function clear(form) {
  for (const control of controls(form)) if (control instanceof HTMLTextAreaElement) control.value = '';
}
