import { expect } from 'vitest';
import type { Message } from '../../sandbox/state/state.ts';
import type { BotOnTheWire } from './bot-on-the-wire.ts';
import { answerHere, type Chosen, share } from './capture.ts';
import { onlyId, rows } from './database.ts';
import { cardIn, modalOf, placeOf, questionsOf, titleOf } from './screen.ts';

/** `/nearmiss show`, and the near-miss it is answered with. */
export async function show({ workspace }: BotOnTheWire, who: string, name: string): Promise<Message> {
  const person = workspace.person(who);
  const before = person.ephemerals().length;
  await person.command('payments-ops', `/nearmiss show ${name}`);
  return workspace.until(
    () =>
      person
        .ephemerals()
        .slice(before)
        .find(({ blocks }) => JSON.stringify(blocks).includes('card_more')),
    { what: `${who} to be shown ${name}` },
  );
}

/** Shares one, and tells this much of it: answers by the id of their input. */
export async function tell(
  bot: BotOnTheWire,
  who: string,
  summary: string,
  answers: Record<string, string> = {},
  chosen: Chosen = {},
): Promise<void> {
  const person = bot.workspace.person(who);
  await share(bot, who, summary, chosen);
  let rest = await answerHere(bot, who, answers);
  while ((await person.submit()).errors !== undefined && Object.keys(rest).length > 0)
    rest = await answerHere(bot, who, rest);
  if (person.view() !== undefined) await person.close();
}

/** The questions of a topic, once they stand there. */
export function askedAbout({ workspace }: BotOnTheWire, who: string, title: string) {
  const person = workspace.person(who);
  return workspace.until(
    () => {
      const view = person.view();
      return titleOf(view) === title && questionsOf(view).length > 0 ? view : undefined;
    },
    { what: `${who} to be asked about ${title}` },
  );
}

/** *Tell more* on the card, and one of its topics. */
export async function tellAbout(bot: BotOnTheWire, who: string, topic: string, title: string) {
  const person = bot.workspace.person(who);
  const { channel, ts } = await cardIn(bot, 'payments-ops', who, 'Tell more');
  await person.press({ channel, ts }, 'tell_more');
  await modalOf(bot, who, 'Tell more', 'answered');
  await person.press('view', { block_id: topic });
  return askedAbout(bot, who, title);
}

/** *Tell more* about a near-miss, by the topic and the id of the input. */
export async function tellMoreOf(
  bot: BotOnTheWire,
  who: string,
  name: string,
  [topic, title, block]: [string, string, string],
  words: string,
): Promise<void> {
  const person = bot.workspace.person(who);
  const shown = await show(bot, who, name);
  await person.press({ channel: shown.channel, ts: shown.ts }, 'tell_more');
  await modalOf(bot, who, 'Tell more', 'answered');
  await person.press('view', { block_id: topic });
  await modalOf(bot, who, title, block);
  await person.change('view', block, words);
  expect((await person.submit()).errors).toEqual({});
  await person.close({ all: true });
}

/** What another team could borrow from it. */
export function lend(bot: BotOnTheWire, who: string, name: string, practice: string): Promise<void> {
  return tellMoreOf(bot, who, name, ['went_right', 'What went right', 'practice'], practice);
}

/** *Edit or withdraw* in the menu of the card of the only near-miss there is. */
export async function openChange(bot: BotOnTheWire, who: string, channel = 'payments-ops'): Promise<void> {
  const card = await cardIn(bot, channel, who, 'Edit or withdraw');
  await bot.workspace.person(who).press(placeOf(card), 'card_more', `edit_or_withdraw:${onlyId(bot)}`);
}

/** The same from the answer to `/nearmiss show`, for one of several. */
export async function openChangeOf(bot: BotOnTheWire, who: string, name: string): Promise<void> {
  const shown = await show(bot, who, name);
  const number = Number(name.slice('NM-'.length));
  const [near] = rows<{ id: string }>(bot, 'select id from near_misses where number = ?', number);
  await bot.workspace.person(who).press(placeOf(shown), 'card_more', `edit_or_withdraw:${near?.id}`);
}

/** The same from the list of one's own, for the only one in it, which may have no number yet. */
export async function openChangeFromList(bot: BotOnTheWire, who: string): Promise<void> {
  const person = bot.workspace.person(who);
  await person.command('payments-ops', '/nearmiss list mine');
  const list = await bot.workspace.until(() =>
    person.ephemerals().findLast(({ blocks }) => JSON.stringify(blocks).includes('"read_all"')),
  );
  await person.press(placeOf(list), 'read_all');
  await bot.workspace.until(() => JSON.stringify(person.view() ?? '').includes('"card_more"'));
  await person.press('view', 'card_more', `edit_or_withdraw:${onlyId(bot)}`);
}

/** *Change who can see this*, from there. */
export async function changeWhoCanSee(
  bot: BotOnTheWire,
  who: string,
  to: { tier?: string; audience?: string },
) {
  const person = bot.workspace.person(who);
  await modalOf(bot, who, 'Edit or withdraw', 'Change who can see this');
  await person.press('view', 'change_who_can_see');
  await modalOf(bot, who, 'Who can see this', 'tier');
  if (to.tier !== undefined) await person.change('view', 'tier', to.tier);
  if (to.audience !== undefined) await person.change('view', 'audience', to.audience);
  return person.submit();
}

/** *Withdraw*, from the answer to `/nearmiss show`. */
export async function withdraw(bot: BotOnTheWire, who: string, name: string): Promise<void> {
  await openChangeOf(bot, who, name);
  await modalOf(bot, who, 'Edit or withdraw', 'Withdraw');
  await bot.workspace.person(who).press('view', 'withdraw');
  await modalOf(bot, who, 'Edit or withdraw', 'is withdrawn');
  await bot.workspace.person(who).close();
}
