import { expect } from 'vitest';
import type { DigestDefinition, DigestSettings } from '../../src/domain/digest/digest.ts';
import { digestWorkOf } from '../../src/slack/digest/digest-channel.ts';
import { freezeFor, publish } from '../../src/slack/digest/tend-digest.ts';
import { type Desk, digestsIn, HOUR } from './digest-desk.ts';
import { said } from './doing.ts';

export const MINUTE = HOUR / 60;

/** What the digests of a channel are called but for the words they all begin with. */
export const titles = (desk: Desk, channel?: string) =>
  digestsIn(desk, channel).map(({ parent }) => parent.text.replace('What we learned from near-misses, ', ''));

/** What the app wrote to one person alone. */
export const dmsOf = (desk: Desk, who: string) => desk.workspace.person(who).dm().map(said);

export const teamOf = (desk: Desk) => desk.app.identity.teamId;

/** The digest is set up anew in these things. */
export async function change(desk: Desk, digest: Partial<DigestSettings>): Promise<void> {
  Object.assign(desk.settings, digest);
  await desk.storage.workspaces.change(teamOf(desk), { digest: desk.settings });
}

/** The digest as it is set up. */
export async function definitionOf(desk: Desk): Promise<DigestDefinition> {
  const { digest } = await desk.storage.workspaces.settings(teamOf(desk));
  if (digest === undefined) throw new Error('No digest is set up.');
  return digest;
}

/** A steward asks for the preview of the next one, long before it is due. */
export async function preview(desk: Desk): Promise<void> {
  desk.clock.advance(MINUTE);
  const work = digestWorkOf(desk.app);
  const slot = work.nextSlot(desk.settings, await desk.storage.digests.last(teamOf(desk)));
  await freezeFor(work, await definitionOf(desk), { slot, state: 'preview', publishAt: slot.at });
  await desk.drain();
}

/** *Publish now*, under a preview. */
export async function publishNow(desk: Desk): Promise<void> {
  const by = desk.workspace.person('amira').id;
  expect(await publish(digestWorkOf(desk.app), await openDigestOf(desk), by)).toBe(true);
}

/** The digest that stewards may still change. */
export async function openDigestOf(desk: Desk) {
  const open = await desk.storage.digests.open(teamOf(desk));
  if (open === undefined) throw new Error('No digest is open.');
  return open;
}
