/** What somebody is to the workspace, as far as looking after near-misses goes. Apps are no persons. */
export type Standing = 'member' | 'guest' | 'external' | 'app' | 'gone';

/** Somebody who was chosen as a steward and is none any more: only a member of the workspace is one. */
export type FormerSteward = { id: string; standing: Exclude<Standing, 'member'> };

/** Somebody who was chosen as a steward; undefined where nobody could find out what they are by now. */
export type Chosen = { id: string; standing: Standing | undefined };

/** Those of them who are stewards now, by id. What nobody could find out counts as no. */
export function ableOf(chosen: Chosen[]): string[] {
  return chosen.filter(({ standing }) => standing === 'member').map(({ id }) => id);
}

/** Those who surely are none any more. */
export function formerOf(chosen: Chosen[]): FormerSteward[] {
  return chosen.flatMap(({ id, standing }) =>
    standing === undefined || standing === 'member' ? [] : [{ id, standing }],
  );
}

/** Is nobody left, or was nobody chosen? Then an admin chooses. */
export function areAllFormer(chosen: Chosen[]): boolean {
  return formerOf(chosen).length === chosen.length;
}

/** Those who were chosen, without those of whom it was noted that they are none any more. */
export function stillStewards({
  stewards,
  formerStewards = [],
}: {
  stewards: string[];
  formerStewards?: FormerSteward[] | undefined;
}): string[] {
  return stewards.filter((id) => formerStewards.every((former) => former.id !== id));
}

/** Who is to be noted as none any more. Of whom Slack says nothing now, what it said stands: that is no news. */
export function formerByNow(said: Chosen[], noted: FormerSteward[]): FormerSteward[] {
  const silent = said.filter(({ standing }) => standing === undefined).map(({ id }) => id);
  return [...formerOf(said), ...noted.filter(({ id }) => silent.includes(id))];
}

/** Do both say the same, in whatever order? */
export function isSameFormer(one: FormerSteward[], other: FormerSteward[]): boolean {
  const inOrder = (all: FormerSteward[]) => all.map(({ id, standing }) => `${id} ${standing}`).toSorted();
  return inOrder(one).join() === inOrder(other).join();
}

const BY_NOW: Record<FormerSteward['standing'], string> = {
  guest: 'now a guest',
  external: 'now with another organisation',
  app: 'an app, not a person',
  gone: 'no longer here',
};

/** To those who still are: one of them is missing. */
export function formerStewardWords(name: string, standing: FormerSteward['standing']): string {
  return `${name} is no longer a steward: ${BY_NOW[standing]}.`;
}
