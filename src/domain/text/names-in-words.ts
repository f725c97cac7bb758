/** So many people are named in a sentence; *Who can see this* names them all. */
export const MOST_NAMED = 5;

/** Without a comma before the last, as in British English. */
const LISTS = {
  and: new Intl.ListFormat('en-GB', { type: 'conjunction' }),
  or: new Intl.ListFormat('en-GB', { type: 'disjunction' }),
};

/** "Amira", "Amira and Jon", "Amira, Jon and Sam"; beyond five "and 2 more". */
export function listed(names: string[]): string {
  const more = names.length - MOST_NAMED;
  return allListed(more > 0 ? [...names.slice(0, MOST_NAMED), `${more} more`] : names);
}

/** The same with nobody left out. */
export function allListed(names: string[], word: keyof typeof LISTS = 'and'): string {
  return LISTS[word].format(names);
}
