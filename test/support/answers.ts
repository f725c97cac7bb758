import type { Office } from './office.ts';

/** What somebody tells in step 2, by the box it is typed in. */
export const ANSWERS = {
  saves: 'We open ten invoices by hand before every run\n\n  Jon was in the channel  \n',
  closeness: 'One hour later, 400 customers would have had a wrong invoice',
  noticed: 'The total looked low',
  expected: 'Last month’s total, about',
  instead: 'A third of it',
  protecting: 'Customers, and those who answer their calls',
} as const;

/** The same, with the two questions that are answered by choosing; nothing is submitted yet. */
export async function answerAll({ workspace }: Office, who: string): Promise<void> {
  const person = workspace.person(who);
  for (const [id, text] of Object.entries(ANSWERS)) await person.change('view', id, text);
  await person.change('view', 'signal_kind', 'routine_check');
  await person.change('view', 'reached', 'no');
}
