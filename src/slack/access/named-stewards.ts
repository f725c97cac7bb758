import { z } from 'zod';
import type { NamedSteward } from '../../domain/capture/capture.ts';

/** The stewards a modal names, as it carries them. */
export const namedStewards = z.array(z.strictObject({ id: z.string(), inConversation: z.boolean() }));

/** Those a sentence names, for the modal to carry. */
export function asNamed(stewards: NamedSteward[]): NamedSteward[] {
  return stewards.map(({ id, inConversation }) => ({ id, inConversation }));
}

/** Those a modal named who are stewards by now; `able` are their ids. */
export function stillOf(named: NamedSteward[], able: string[]): NamedSteward[] {
  return named.filter(({ id }) => able.includes(id));
}
