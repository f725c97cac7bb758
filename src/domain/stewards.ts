/** What somebody is to the workspace, as far as looking after near-misses goes. Apps are no persons. */
export type Standing = 'member' | 'guest' | 'external' | 'app' | 'gone';

/** Somebody who was chosen as a steward and is none any more: only a member of the workspace is one. */
export type FormerSteward = { id: string; standing: Exclude<Standing, 'member'> };

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
