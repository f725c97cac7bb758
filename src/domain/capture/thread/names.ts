/** Stands for a name that was mentioned, and for one that was only written, until a sentence is done. */
const MENTIONED = '\uE000';
const WRITTEN = '\uE001';
export const ANY_NAME = `[${MENTIONED}${WRITTEN}]`;

/** Words of names that are no names: what an account is for, and how somebody wants to be called. */
const ROLES = new Set(
  'the and of for dr mr ms mrs prof she her hers he him his they them it its bot app team support help desk front office reception accounts accounting billing finance service services shift duty admin manager nurse doctor clinic sales store shop warehouse ops oncall call on hr engineering platform security night day intern test user account information internal external guest customer lead head chief dev data web mail phone group'.split(
    ' ',
  ),
);

/** Names that are words as well: alone, they count as names only with a large letter inside a sentence. */
const ALSO_WORDS = new Set(
  'will mark may bill grace rose hope joy art max min sky page case chase hunter rich jack june april august summer dawn eve faith frank gene grant guy iris ivy jade jean lance lane lily mason miles nick olive pat penny pierce ray reed rob robin ruby sage sandy skip sue trip van victor violet wade ward warren west young long short king price law cook baker brown green white black stone wood field banks bond cash church cross fish fox hall hill lake marsh moon north park parks pool power rivers snow south street temple wells winter woods best good little love noble sharp strong swift wise key keys root ping ham gray grey gold silver rush mills sun an do so can son tan see bell carry dean drew dale glen major prince duke sterling stark pace rose star storm summers west winters field fields case drive port ports link table april rota view base chance christian sunny bean berry sam dan don long'.split(
    ' ',
  ),
);

const letters = (word: string) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
const OUTSIDE = String.raw`(?<![\p{L}\p{N}_])`;
const END = String.raw`(?![\p{L}\p{N}_])`;

/** The parts of a name that name somebody, without what stands in brackets. */
function partsOfName(name: string): string[] {
  return name
    .replaceAll(/\([^)]*\)|\[[^\]]*\]/g, ' ')
    .split(/[^\p{L}\p{M}'’-]+/u)
    .filter((part) => part.length > 1 && !ROLES.has(part.toLocaleLowerCase('en')));
}

/**
 * Replaces every name by a mark: the given names as they are written, mentioned or said in part, and what was
 * mentioned and is nobody's known name.
 * @param names of people of the thread and of whom it mentions, as they are displayed and in full.
 */
export function nameMarker(names: Iterable<string>): (text: string) => string {
  const known = [...new Set(names)].filter((name) => name.trim() !== '');
  const full = known.toSorted((one, other) => other.length - one.length).map(letters);
  const people = known.map(partsOfName).filter((parts) => parts.length > 0);
  const whole = people
    .filter((parts) => parts.length > 1)
    .map((parts) => parts.map(letters).join(String.raw`[\s._-]+`));
  const single = [...new Set(people.flat())];
  const plain = single.filter((part) => part.length > 2 && !ALSO_WORDS.has(part.toLocaleLowerCase('en')));
  const ambiguous = single.filter((part) => !plain.includes(part));
  const rules: [RegExp, string][] = [
    [RegExp(`@(?:${[...full, 'someone'].join('|')})${END}`, 'giu'), MENTIONED],
    ...rule(whole, (any) => RegExp(`${OUTSIDE}(?:${any})${END}`, 'giu')),
    ...rule(plain, (any) => RegExp(`${OUTSIDE}(?:${any})${END}`, 'giu')),
    ...rule(ambiguous, (any) =>
      RegExp(String.raw`(?<=[\p{Ll},;]\s)(?:${any})${END}(?![\p{L}\s]*\p{Lu})`, 'gu'),
    ),
  ];
  return (text) => {
    const marked = rules.reduce((so, [pattern, mark]) => so.replaceAll(pattern, mark), text);
    return marked.replaceAll(RegExp(`${WRITTEN}(?:[ .-]${WRITTEN})+`, 'gu'), WRITTEN);
  };
}

function rule(any: string[], pattern: (any: string) => RegExp): [RegExp, string][] {
  return any.length === 0 ? [] : [[pattern(any.map((one) => one).join('|')), WRITTEN]];
}

const MENTION = String.raw`(?:[${MENTIONED}]|@(?:a group|[\p{L}\p{N}._-]+))`;
const PINGS = String.raw`${MENTION}(?:\s*(?:[,&/+]|and|und|et|y|en)?\s*${MENTION})*`;
const DOES = String.raw`(?:has|had|was|says|said|found|saw|sent|told|got|did|just|also|\p{Ll}+ed)\b`;

/** Pings go: at the head, in brackets, after "cc", and at the end, but for those the sentence is about. */
export function withoutPings(text: string): string {
  return text
    .replace(RegExp(`^[\\s,]*${PINGS}(?:['’]s\\b)?(?!\\s+(?:${DOES}))(?<!['’]s)[\\s,:;.!–—-]*`, 'u'), '')
    .replace(RegExp(`^[${WRITTEN}]\\s*[,:–—-]+\\s+`, 'u'), '')
    .replaceAll(RegExp(`\\(\\s*(?:f?cc:?\\s*)?${PINGS}\\s*\\)`, 'giu'), ' ')
    .replaceAll(RegExp(`[\\s,.;/–—-]*\\bf?cc:?\\s*${PINGS}`, 'giu'), '')
    .replace(RegExp(`\\s*[,–—-]\\s*(?:${PINGS}|[${WRITTEN}])(?=\\s*[.!?…]*$)`, 'u'), '')
    .replace(
      RegExp(
        `(?<!\\b(?:asked|told|called|paged|pinged|thanked|ask|tell|call|contact|is|was|with|by|from|to|for|of|and|at|like|as|after|before|on|in|von|mit|de|par))\\s+${PINGS}(?=\\s*[.!?…]*$)`,
        'iu',
      ),
      '',
    );
}

/** What is left of names is "a colleague". */
export function withoutNames(text: string): string {
  return text
    .replaceAll(RegExp(`${ANY_NAME}(?:\\s*(?:,|and|&|und|et)\\s*${ANY_NAME})+`, 'gu'), 'colleagues')
    .replaceAll(RegExp(ANY_NAME, 'gu'), 'a colleague')
    .replaceAll(/(?<![\p{L}\p{N}])@(?=\p{L})/gu, '');
}

export const hasName = (text: string): boolean => RegExp(ANY_NAME, 'u').test(text);
