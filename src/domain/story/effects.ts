import type { Announcement } from '../outbox/kinds.ts';

/** What a change of a near-miss brings about. A store applies them in the change's own transaction and in order. */
export type Effect =
  /** To be sent at `dueAt` at the latest; absent: now. */
  | { do: 'announce'; announcement: Announcement; dueAt?: number }
  /** Its card is not to be posted any more; one that may be there is to be found and removed. */
  | { do: 'take_back_card'; threadTs: string | undefined }
  /** Nothing is left of what was announced about it, nor that this person's Home was to show it. */
  | { do: 'forget_announcements'; personId: string }
  /** Nothing is left of what its reporter told. */
  | { do: 'forget_telling' }
  /** Nobody its reporter named is named any more. */
  | { do: 'forget_key_players' }
  /** Nothing is left of who looked up who shared it. */
  | { do: 'forget_looks' }
  /** The words that were proposed or agreed for a digest go. */
  | { do: 'forget_wording' }
  /** The messages of digests that tell it say something else now. */
  | { do: 'redraw_digests' };

/** Has something sent, at `dueAt` at the latest or now. */
export function announce(announcement: Announcement, dueAt?: number): Effect {
  return { do: 'announce', announcement, ...(dueAt !== undefined && { dueAt }) };
}
