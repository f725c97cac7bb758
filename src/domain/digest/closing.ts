import type { DigestState, Freezing, KeptDigest } from './kept-digest.ts';
import { type Contents, type Part, partsOf } from './parts.ts';

/** What a period becomes when it is closed. */
type Closed = {
  state: DigestState;
  parts: Part[];
  /** Only the slot itself decides that its week was quiet: until then something may still be shared. */
  isKept: boolean;
};

/** What a period becomes that closes with these contents, and whether its digest is kept. */
export function closed({ state, keepsQuiet = false, replies }: Freezing, contents: Contents): Closed {
  const parts = partsOf(contents, replies);
  const isQuiet = parts.length === 0;
  return {
    state: isQuiet ? 'quiet' : state,
    parts,
    isKept: !isQuiet || (keepsQuiet && state === 'published'),
  };
}

/** What a digest that stewards looked at becomes when its time comes, or one of them publishes it. */
type Published = { state: DigestState; parts: Part[]; leavesSlot: boolean };

/** What an open digest becomes that is published with these contents, at `now` in milliseconds. */
export function published(digest: KeptDigest, contents: Contents, now: number): Published {
  const parts = partsOf(contents, digest.replies);
  return {
    state: parts.length === 0 ? 'quiet' : 'published',
    parts,
    leavesSlot: leavesSlot(digest, parts, now),
  };
}

/** Its preview was asked for before it was due. */
export function wasEarly({ closedAt, previewDueAt }: KeptDigest): boolean {
  return previewDueAt !== undefined && closedAt < previewDueAt;
}

/** Published before that too, or with nothing left to tell, an early one leaves its slot to what was shared since. */
function leavesSlot(digest: KeptDigest, parts: Part[], now: number): boolean {
  const { previewDueAt = now } = digest;
  return wasEarly(digest) && (parts.length === 0 || now < previewDueAt);
}
