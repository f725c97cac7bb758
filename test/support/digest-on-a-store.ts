import { expect } from 'vitest';
import type { DigestDefinition, DigestSettings } from '../../src/domain/digest/digest.ts';
import { digestWorkOf } from '../../src/slack/digest/digest-channel.ts';
import { freezeFor, publish } from '../../src/slack/digest/tend-digest.ts';
import { type BotOnAStore, MINUTE } from './bot-on-a-store.ts';

export const teamOf = (bot: BotOnAStore) => bot.app.identity.teamId;

/** The digest is set up anew in these things. */
export async function changeDigest(bot: BotOnAStore, digest: Partial<DigestSettings>): Promise<void> {
  Object.assign(bot.settings, digest);
  await bot.storage.workspaces.change(teamOf(bot), { digest: bot.settings });
}

/** The digest as it is set up. */
export async function definitionOf(bot: BotOnAStore): Promise<DigestDefinition> {
  const { digest } = await bot.storage.workspaces.settings(teamOf(bot));
  if (digest === undefined) throw new Error('No digest is set up.');
  return digest;
}

/** A steward asks for the preview of the next one, long before it is due. */
export async function freezePreview(bot: BotOnAStore): Promise<void> {
  bot.clock.advance(MINUTE);
  const work = digestWorkOf(bot.app);
  const slot = work.nextSlot(bot.settings, await bot.storage.digests.last(teamOf(bot)));
  await freezeFor(work, await definitionOf(bot), { slot, state: 'preview', publishAt: slot.at });
  await bot.drain();
}

/** *Publish now*, under a preview. */
export async function publishPreview(bot: BotOnAStore): Promise<void> {
  const by = bot.workspace.person('amira').id;
  expect(await publish(digestWorkOf(bot.app), await openDigestOf(bot), by)).toBe(true);
}

/** The digest that stewards may still change. */
export async function openDigestOf(bot: BotOnAStore) {
  const open = await bot.storage.digests.open(teamOf(bot));
  if (open === undefined) throw new Error('No digest is open.');
  return open;
}
