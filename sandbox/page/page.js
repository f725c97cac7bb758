// @ts-check
// Keeps the page up to date without losing what somebody is typing. Everything here also works without it.

const background = { headers: { 'x-page-script': 'yes', accept: 'text/html' } };

// --- What stands on the page and what the server would now draw ------------------------------------------------

/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Control */

/** @param {Element} element @returns {element is Control} */
const isControl = (element) =>
  (element instanceof HTMLInputElement && element.type !== 'hidden') ||
  element instanceof HTMLTextAreaElement ||
  element instanceof HTMLSelectElement;

/** @param {ParentNode} within */
const controls = (within) => [...within.querySelectorAll('input, textarea, select')].filter(isControl);

/** @param {ParentNode} within @param {string} selector */
function first(within, selector) {
  const found = within.querySelector(selector);
  return found instanceof HTMLElement ? found : null;
}

/** @param {HTMLInputElement} input */
const isTick = (input) => input.type === 'radio' || input.type === 'checkbox';

/** Has somebody changed this since the server drew it? @param {Control} control */
function isTouched(control) {
  if (control instanceof HTMLSelectElement)
    return [...control.options].some(
      (each, index) => each.selected !== (each.defaultSelected || isFirst(control, index)),
    );
  if (control instanceof HTMLInputElement && isTick(control))
    return control.checked !== control.defaultChecked;
  return control.value !== control.defaultValue;
}

/** With nothing else marked, a menu stands on its first entry. @param {HTMLSelectElement} menu @param {number} index */
const isFirst = (menu, index) => index === 0 && ![...menu.options].some((each) => each.defaultSelected);

/** From now on, what stands here is what the server knows. @param {Control} control */
function markKnown(control) {
  if (control instanceof HTMLSelectElement)
    for (const each of control.options) each.defaultSelected = each.selected;
  else if (control instanceof HTMLInputElement && isTick(control)) control.defaultChecked = control.checked;
  else control.defaultValue = control.value;
}

/** @param {Control} from @param {Control} to */
function carryOver(from, to) {
  if (from instanceof HTMLInputElement && to instanceof HTMLInputElement && isTick(from))
    to.checked = from.checked;
  else to.value = from.value;
}

/** @param {Control} control */
const nameOf = (control) =>
  control instanceof HTMLInputElement && isTick(control) ? `${control.name} ${control.value}` : control.name;

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
  if (focused?.id) document.getElementById(focused.id)?.focus({ preventScroll: true });
  openModals(next);
}

/** @param {Element} live @param {Element} fresh */
function isSame(live, fresh) {
  const [was, is] = [live.getAttribute('data-version'), fresh.getAttribute('data-version')];
  return was !== null || is !== null ? was === is : live.isEqualNode(fresh);
}

/** Makes one element like another, touching only what differs. @param {Element} live @param {Element} fresh */
function follow(live, fresh) {
  if (!fresh.hasAttribute('data-keyed') || !live.hasAttribute('data-keyed')) {
    if (!isSame(live, fresh)) exchange(live, document.importNode(fresh, true));
    return;
  }
  for (const { name, value } of fresh.attributes)
    if (name !== 'open' && live.getAttribute(name) !== value) live.setAttribute(name, value);
  const kept = new Map([...live.children].map((each) => [each.id, each]));
  for (const [index, child] of [...fresh.children].entries()) {
    const known = kept.get(child.id);
    kept.delete(child.id);
    if (known) {
      if (live.children[index] !== known) live.insertBefore(known, live.children[index] ?? null);
      follow(known, child);
    } else {
      const added = document.importNode(child, true);
      live.insertBefore(added, live.children[index] ?? null);
      openModals(added);
    }
  }
  for (const gone of kept.values()) {
    // Closing gives the focus back to where it was before the modal opened.
    if (gone instanceof HTMLDialogElement) gone.close();
    gone.remove();
  }
}

// --- Modals, scrolling and focus -------------------------------------------------------------------------------

/** The server draws a modal open, for browsers without this script; here it is made modal. @param {ParentNode} within */
function openModals(within) {
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
function bearings() {
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

// --- Asking the server -------------------------------------------------------------------------------------------

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
function inTurn(task) {
  turn = turn.then(task).catch(() => offline(true));
  return turn;
}

/** @param {boolean} away */
function offline(away) {
  document.body.toggleAttribute('data-offline', away);
}

let asked = false;
function look() {
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
async function post(form, address, [name = '', value = '']) {
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
  if (form.classList.contains('composer') && !new URL(response.url).search) clear(form);
  await draw(response);
}

/** What a control stands on, to see later whether it has moved. @param {Control} control */
const standing = (control) =>
  control instanceof HTMLInputElement && isTick(control) ? String(control.checked) : control.value;

/** @param {HTMLFormElement} form */
function clear(form) {
  for (const control of controls(form)) if (control instanceof HTMLTextAreaElement) control.value = '';
}

// --- What people do ------------------------------------------------------------------------------------------------

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

// --- Menus that ask the app --------------------------------------------------------------------------------------

/** @type {WeakMap<HTMLInputElement, string>} */
const lastAsked = new WeakMap();

/** Fills the list of an input with what the app offers for what stands in it. @param {HTMLInputElement} input */
async function suggest(input) {
  const { suggest: least = '3', block = '', action = '' } = input.dataset;
  const typed = input.value;
  const offers = [...(input.list?.options ?? [])].map((each) => each.value);
  if (typed.length < Number(least) || lastAsked.get(input) === typed || offers.includes(typed)) return;
  lastAsked.set(input, typed);
  const place = input.form?.dataset.place ?? 'view';
  const query = new URLSearchParams({ place, block, action, typed });
  const address = document.body.dataset.events?.replace(/events$/, `suggest?${query}`) ?? '';
  const words = await fetch(address, background).then((response) => response.json());
  if (input.value !== typed) return;
  input.list?.replaceChildren(...words.map((/** @type {string} */ each) => new Option('', each)));
}

for (const kind of ['input', 'focusin'])
  document.addEventListener(kind, (event) => {
    if (!(event.target instanceof HTMLInputElement) || !('suggest' in event.target.dataset)) return;
    const input = event.target;
    setTimeout(() => suggest(input).catch(() => undefined), 60);
  });

// --- Staying up to date --------------------------------------------------------------------------------------------

/** @type {EventSource | undefined} */
let source;

function listen() {
  const address = document.body.dataset.events;
  if (!address || source) return;
  source = new EventSource(address);
  source.addEventListener('change', look);
  // After a gap there may be things we were not told of.
  source.addEventListener('ready', look);
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
