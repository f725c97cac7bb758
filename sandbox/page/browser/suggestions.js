// @ts-check
// Fills the list below a menu that asks the app, as somebody types into it.
import { background } from './requests.js';

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
