/** So many people are named in a sentence; *Who can see this* names them all. */
export const MOST_NAMED = 5;

/** "Amira", "Amira and Jon", "Amira, Jon and Sam"; beyond five "and 2 more". */
export function listed(names: string[]): string {
  if (names.length <= MOST_NAMED) return allListed(names);
  return `${names.slice(0, MOST_NAMED).join(', ')} and ${names.length - MOST_NAMED} more`;
}

/** The same with nobody left out. */
export function allListed(names: string[], word: 'and' | 'or' = 'and'): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1)}`;
}
