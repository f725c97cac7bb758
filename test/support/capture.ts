import { expect } from 'vitest';
import type { Message } from '../../sandbox/state/state.ts';
import type { ShownView } from '../../sandbox/state/views.ts';
import type { BotOnTheWire } from './bot-on-the-wire.ts';
import { inputOf, modalOf, titleOf } from './screen.ts';
import { callsOf } from './workspace.ts';

/** What people choose in step 1 beyond their words; what is left out stays as the modal proposes it. */
export type Chosen = {
  channel?: string;
  tier?: 'named' | 'confidential' | 'unattributed';
  audience?: 'everyone' | 'channel';
  system?: string;
  card?: boolean;
};

/** Waits until step 1 stands there, with its inputs. */
export function stepOneOf(bot: BotOnTheWire, who: string, has = 'summary'): Promise<ShownView> {
  return modalOf(bot, who, 'Share a near-miss', has);
}

/** `/nearmiss` in a channel, once step 1 stands there. */
export async function openStepOne(bot: BotOnTheWire, who: string, channel = 'payments-ops', has?: string) {
  await bot.workspace.person(who).command(channel, '/nearmiss');
  return stepOneOf(bot, who, has);
}

/** What step 1 asks where no card can be posted. */
export const BUT_FOR_A_CARD = [
  'What nearly happened?',
  'Which system or process?',
  'Who may see that it was you?',
  'Who may read it?',
];

/** Chooses something that draws the modal again, and waits until it is drawn. */
export async function choose(
  { workspace }: BotOnTheWire,
  who: string,
  pick: string,
  value: string | string[],
): Promise<void> {
  const drawn = () => callsOf({ workspace }, 'views.update').filter(({ outcome }) => outcome !== 'pending');
  const before = drawn().length;
  await workspace.person(who).change('view', pick, value);
  await workspace.until(() => drawn().length > before, { what: `the modal drawn again after ${pick}` });
}

/** Types a system's name and takes the first option, which adds it. */
export async function addSystem({ workspace }: BotOnTheWire, who: string, name: string): Promise<void> {
  const [first] = await workspace.person(who).suggest('view', 'system', name);
  await workspace.person(who).change('view', 'system', String(first?.value));
}

/** What the app offers while somebody types a system. */
export async function systemsOffered(
  { workspace }: BotOnTheWire,
  who: string,
  typed: string,
): Promise<string[]> {
  const options = await workspace.person(who).suggest('view', 'system', typed);
  return options.map(({ text }) => (text as { text: string }).text);
}

/** Fills in step 1, which is open, without pressing Save. */
export async function fillStepOne(bot: BotOnTheWire, who: string, summary: string, chosen: Chosen = {}) {
  const person = bot.workspace.person(who);
  await person.change('view', 'summary', summary);
  if (chosen.system !== undefined) await addSystem(bot, who, chosen.system);
  if (chosen.audience !== undefined) await choose(bot, who, 'audience', chosen.audience);
  if (chosen.tier !== undefined) await choose(bot, who, 'tier', chosen.tier);
  if (chosen.card !== undefined) await choose(bot, who, 'card', chosen.card ? ['card'] : []);
}

/** `/nearmiss`, with step 1 filled in and not saved yet. */
export async function beginToShare(bot: BotOnTheWire, who: string, summary: string, chosen: Chosen = {}) {
  await openStepOne(bot, who, chosen.channel);
  await fillStepOne(bot, who, summary, chosen);
}

/** `/nearmiss` up to step 2, which is left open. */
export async function share(bot: BotOnTheWire, who: string, summary: string, chosen: Chosen = {}) {
  await beginToShare(bot, who, summary, chosen);
  const sent = await bot.workspace.person(who).submit();
  expect(sent.errors).toEqual({});
  expect(titleOf(bot.workspace.person(who).view())).toBe(PAGES[0]);
}

/** The titles of step 2's pages. */
export const PAGES = ['What went right?', 'How was it noticed?', 'Who did it take?'] as const;

/** *Keep and go on*, until this page of step 2 stands there. */
export async function goOnTo({ workspace }: BotOnTheWire, who: string, page: (typeof PAGES)[number]) {
  const person = workspace.person(who);
  while (titleOf(person.view()) !== page) expect((await person.submit()).errors).toEqual({});
  return person.view();
}

/** The same, and *Done*: nothing more is told now. */
export async function shareAndSkip(bot: BotOnTheWire, who: string, summary: string, chosen: Chosen = {}) {
  await share(bot, who, summary, chosen);
  await bot.workspace.person(who).close();
}

/** Shares from a channel and closes the modal after Save, as somebody in a hurry does. */
export async function shareInAHurry(
  { workspace }: BotOnTheWire,
  who: string,
  channel: string,
  words: string,
): Promise<void> {
  const person = workspace.person(who);
  await person.command(channel, `/nearmiss ${words}`);
  await workspace.until(() => person.view());
  expect(await person.submit()).toMatchObject({ acked: true, errors: {} });
  await person.close({ all: true });
}

/** *Share a near-miss* in the menu of a message, once step 1 stands there. */
export async function shareFrom(bot: BotOnTheWire, who: string, message: Message) {
  await bot.workspace.person(who).messageShortcut('share_from_message', message);
  return stepOneOf(bot, who);
}

/** A thread of `count` messages by `authors`, the first of whom writes most. */
export function sayThread(
  { workspace }: BotOnTheWire,
  count: number,
  authors: string[],
  channel = 'payments-ops',
): Message {
  const author = (at: number) => workspace.person(authors[at % (2 * authors.length)] ?? authors[0] ?? '');
  const root = author(0).say(channel, 'The invoices look wrong');
  for (let at = 1; at < count; at += 1) author(at).say(channel, `message ${at}`, { threadTs: root.ts });
  return root;
}

/** The later pages of step 2 with what the thread said, people by handles; the last stands there. */
export async function stepTwoOf(bot: BotOnTheWire, who: string) {
  await bot.workspace.person(who).submit();
  const noticed = await goOnTo(bot, who, PAGES[1]);
  const view = await goOnTo(bot, who, PAGES[2]);
  const chosen = (inputOf(view, 'key_players').selected_users ?? []) as string[];
  return { noticed, view, people: chosen.map((id) => bot.workspace.person(id).handle) };
}

/** What somebody tells in step 2, by the box it is typed in. */
export const ANSWERS = {
  saves: 'We open ten invoices by hand before every run\n\n  Jon was in the channel  \n',
  closeness: 'One hour later, 400 customers would have had a wrong invoice',
  noticed: 'The total looked low',
  expected: 'Last month’s total, about',
  instead: 'A third of it',
  protecting: 'Customers, and those who answer their calls',
} as const;

/** The same, with the two questions that are answered by choosing; the last page is not submitted yet. */
export async function answerAll(bot: BotOnTheWire, who: string): Promise<void> {
  const all = { ...ANSWERS, signal_kind: 'routine_check', reached: 'no' };
  for (const page of PAGES) {
    await goOnTo(bot, who, page);
    await answerHere(bot, who, all);
  }
}

/** Answers those of these that are asked on the page that stands there; gives back the others. */
export async function answerHere(
  { workspace }: BotOnTheWire,
  who: string,
  answers: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const person = workspace.person(who);
  const isAsked = (id: string) => Object.keys(inputOf(person.view(), id)).length > 0;
  for (const [id, value] of Object.entries(answers)) if (isAsked(id)) await person.change('view', id, value);
  return Object.fromEntries(Object.entries(answers).filter(([id]) => !isAsked(id)));
}
