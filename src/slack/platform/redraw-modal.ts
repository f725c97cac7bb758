import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { lastUsed } from './last-used.ts';
import { isPlatformError } from './slack-errors.ts';

/** A modal as somebody had it in front of them when they chose something, or when it was opened. */
type Seen = {
  id: string;
  hash: string;
  /** What was drawn since, even by the app, stands. */
  onlyIfUntouched?: boolean;
};

/** Draws an open modal again, unless somebody was quicker: they saved, or closed it. What they did stands. */
export type Redraw = (seen: Seen, view: ModalView) => Promise<void>;

type Drawn = {
  /** Ends when what was asked for before is drawn. */
  turn: Promise<void>;
  /** For a hash that somebody may still have seen, the one of what the app drew over it. */
  next: Map<string, string>;
};

const MOST_MODALS = 1000;

/**
 * Two choices in quick succession both carry the hash of before the first, and Slack refuses the second
 * drawing. So a modal is drawn one time after another, and over what was drawn here before. What was put
 * there by an answer, as step 2 is, has a hash that is not known here, and is never drawn over.
 */
export function redrawing(client: WebClient): Redraw {
  const modals = lastUsed<string, Drawn>(MOST_MODALS);

  async function draw({ id, hash, onlyIfUntouched = false }: Seen, view: ModalView, next: Drawn['next']) {
    let last = hash;
    for (let to = next.get(last); to !== undefined && !onlyIfUntouched; to = next.get(last)) last = to;
    try {
      const drawn = await client.views.update({ view_id: id, hash: last, view });
      if (drawn.view?.hash !== undefined) next.set(last, drawn.view.hash);
    } catch (error) {
      if (!isPlatformError(error, 'hash_conflict', 'not_found')) throw error;
    }
  }

  return (seen, view) => {
    const { turn, next } = modals.get(seen.id) ?? {
      turn: Promise.resolve(),
      next: new Map<string, string>(),
    };
    const drawing = turn.then(() => draw(seen, view, next));
    modals.set(seen.id, { turn: drawing.catch(() => undefined), next });
    return drawing;
  };
}
