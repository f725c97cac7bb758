import type { Capture } from '../../domain/capture/capture.ts';
import type { NearMissRows, Row } from '../story/near-miss-rows.ts';
import type { Numbers } from '../story/numbers.ts';
import { REPORTER, type Tellings } from '../story/tellings.ts';
import type { Announcing } from './announce-capture.ts';
import type { Systems } from './systems.ts';

/** Stores captures, inside somebody else's transaction. Private to storage. */
export type Captures = {
  /** Writes a capture over what there is of it. */
  store: (capture: Capture, before: Row | undefined, now: number) => { number?: number };
};

/** What captures are made of. */
type Parts = {
  rows: NearMissRows;
  numbers: Numbers;
  systems: Systems;
  tellings: Tellings;
  announcing: Announcing;
};

export function capturesIn({ rows, numbers, systems, tellings, announcing }: Parts): Captures {
  /** What the earlier words kept and these do not, and what was posted for more people, goes. */
  function takeBack(before: Row, capture: Capture, now: number): void {
    const { teamId, id, reporterId } = before;
    if (takesCardBack(before, capture)) announcing.cardTakenBack(before, now);
    if (capture.reporterId !== undefined || reporterId === null) return;
    announcing.forgotten(id, reporterId);
    const told = tellings.of(id).get(REPORTER);
    if (told !== undefined) {
      tellings.replace({ teamId, nearMissId: id, author: REPORTER }, { ...told, keyPlayers: [] });
    }
  }

  return {
    store(capture, before, now) {
      const number =
        capture.reporterId === undefined ? undefined : (before?.number ?? numbers.next(capture.teamId));
      const systemId = capture.system === undefined ? null : systems.named(capture.teamId, capture.system);
      const of = { number: number ?? null, systemId };
      if (before === undefined) rows.insert(capture, of);
      else {
        rows.overwrite(capture, of, before);
        takeBack(before, capture, now);
        systems.forget(before.systemId, systemId);
      }
      return number === undefined ? {} : { number };
    },
  };
}

/** Was its card to stand somewhere, and is not to any more? */
export function takesCardBack(before: Row, { card }: Capture): boolean {
  return before.cardChannelId !== null && card === undefined;
}
