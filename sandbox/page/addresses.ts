import type { PersonActions } from '../people/person-actions.ts';
import type { Channel } from '../state/state.ts';
import { isDirect, isWithApp, type Reader } from './names.ts';

/** Who an address is for. */
type Stand = { readonly me: PersonActions; readonly reader: Reader };

/** The person's own part of the address space, e.g. `/as/maria`. */
export const base = ({ me }: Pick<Stand, 'me'>): string => `/as/${encodeURIComponent(me.handle)}`;

/** The address of a conversation. */
export function channelAddress(stand: Stand, channel: Channel): string {
  return isWithApp(stand.reader, channel)
    ? `${base(stand)}/dm`
    : `${base(stand)}/c/${encodeURIComponent(isDirect(channel) ? channel.id : channel.name)}`;
}

export const threadAddress = (stand: Stand, channel: Channel, ts: string): string =>
  isWithApp(stand.reader, channel)
    ? `${base(stand)}/c/${channel.id}/t/${ts}`
    : `${channelAddress(stand, channel)}/t/${ts}`;
