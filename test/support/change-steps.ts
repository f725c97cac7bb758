import { cardIn, modalOf, onlyId, placeOf, rows, show } from './doing.ts';
import type { Office } from './office.ts';

/** *Edit or withdraw* in the menu of the card of the only near-miss there is. */
export async function openChange(office: Office, who: string, channel = 'payments-ops'): Promise<void> {
  const card = await cardIn(office, channel, who, 'Edit or withdraw');
  await office.workspace.person(who).press(placeOf(card), 'card_more', `edit_or_withdraw:${onlyId(office)}`);
}

/** The same from the answer to `/nearmiss show`, for one of several. */
export async function openChangeOf(office: Office, who: string, name: string): Promise<void> {
  const shown = await show(office, who, name);
  const number = Number(name.slice('NM-'.length));
  const [near] = rows<{ id: string }>(office, 'select id from near_misses where number = ?', number);
  await office.workspace.person(who).press(placeOf(shown), 'card_more', `edit_or_withdraw:${near?.id}`);
}

/** *Change who can see this*, from there. */
export async function changeWhoCanSee(office: Office, who: string, to: { tier?: string; audience?: string }) {
  const person = office.workspace.person(who);
  await modalOf(office, who, 'Edit or withdraw', 'Change who can see this');
  await person.press('view', 'change_who_can_see');
  await modalOf(office, who, 'Who can see this', 'tier');
  if (to.tier !== undefined) await person.change('view', 'tier', to.tier);
  if (to.audience !== undefined) await person.change('view', 'audience', to.audience);
  return person.submit();
}

/** *Withdraw*, from the answer to `/nearmiss show`. */
export async function withdraw(office: Office, who: string, name: string): Promise<void> {
  await openChangeOf(office, who, name);
  await modalOf(office, who, 'Edit or withdraw', 'Withdraw');
  await office.workspace.person(who).press('view', 'withdraw');
  await modalOf(office, who, 'Edit or withdraw', 'is withdrawn');
  await office.workspace.person(who).close();
}
