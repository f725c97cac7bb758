import { dayOf } from '../../domain/access/gate.ts';
import type { Capture } from '../../domain/capture/capture.ts';
import { EMPTY_TELLING, type Telling } from '../../domain/near-miss.ts';
import type { NearMisses, Posted } from '../../domain/storage.ts';
import { announcingIn } from '../capture/announce-capture.ts';
import { capturesIn, takesCardBack } from '../capture/captures.ts';
import { systemsIn } from '../capture/systems.ts';
import type { Connection } from '../database.ts';
import { digestChangesIn } from '../digest/digest-changes.ts';
import { unseenCard } from '../outbox/put.ts';
import { postedIn } from './appearance.ts';
import { nearMissRowsIn, type Row } from './near-miss-rows.ts';
import { nearMissStatementsIn } from './near-miss-statements.ts';
import { numbersIn } from './numbers.ts';
import { REPORTER, tellingsIn } from './tellings.ts';

const NOWHERE: Posted = { card: false, digest: false };

/** One transaction each: the fact, and what announces it. */
export function nearMissesIn(connection: Connection): NearMisses {
  const { write, writeForgetting } = connection;
  const tellings = tellingsIn(connection);
  const rows = nearMissRowsIn(connection, tellings);
  const systems = systemsIn(connection);
  const announcing = announcingIn(connection, digestChangesIn(connection));
  const numbers = numbersIn(connection);
  const captures = capturesIn({ rows, numbers, systems, tellings, announcing });
  const statements = nearMissStatementsIn(connection);
  const posted = postedIn(connection);

  /** What may still be changed: it is there, in this workspace, and was not withdrawn. */
  function open(teamId: string, id: string): Row | undefined {
    const row = rows.byId(id);
    return row?.teamId === teamId && row.withdrawnAt === null ? row : undefined;
  }

  /** Do these words stay in the channel? With words that do, so does what their author adds: nobody can tell them apart. */
  function staysWith(row: Row, author: string, before: Telling | undefined): boolean {
    return row.audience === 'channel' || (before !== undefined && tellings.staying(row.id).has(author));
  }

  /** Whoever takes their name back is in no earlier write either. */
  function writeCapture<Result>({ id, reporterId }: Capture, work: () => Result): Result {
    const takesNameBack = reporterId === undefined && (rows.byId(id)?.reporterId ?? null) !== null;
    return takesNameBack ? writeForgetting(work) : write(work);
  }

  return {
    async capture(capture, now, confirmBy) {
      return writeCapture(capture, () => {
        const before = rows.byId(capture.id);
        // Withdrawn in the meantime: a late delivery of the same submission brings nothing back.
        if (before !== undefined && before.withdrawnAt !== null) return undefined;
        const saved = captures.store(capture, before, now);
        announcing.captured(capture, before, now, confirmBy);
        return saved;
      });
    },

    async byId(teamId, id) {
      const row = rows.byId(id);
      return row?.teamId === teamId ? rows.whole(row) : undefined;
    },

    async byNumber(teamId, number) {
      return rows.whole(rows.byNumber(teamId, number));
    },

    async hasShared(teamId, personId) {
      return statements.shared.get({ teamId, personId }) !== undefined;
    },

    async tell({ teamId, id, authorId, change, staysInChannel: promised, reached, toldAt, now }) {
      return write(() => {
        const row = open(teamId, id);
        if (row === undefined) return undefined;
        const author = authorId ?? REPORTER;
        const before = tellings.of(id).get(author);
        const telling = change(before ?? EMPTY_TELLING);
        const stays = authorId !== undefined && (promised === true || staysWith(row, authorId, before));
        // A modal may be older than the change that made it unattributed, which keeps no people.
        const keeps = authorId !== undefined || row.reporterId !== null;
        const kept = keeps ? telling : { ...telling, keyPlayers: [] };
        tellings.replace({ teamId, nearMissId: id, author }, kept, stays);
        if (authorId === undefined) {
          const answered = reached === undefined ? row.reached : reached;
          statements.told.run({ id, reached: answered, toldAt: whenTold(row, toldAt) });
        }
        announcing.changed(row, now);
        const nearMiss = rows.whole(rows.byId(id));
        return nearMiss && { nearMiss, telling: kept };
      });
    },

    async reword({ teamId, id, summary, system, reached, now }) {
      return write(() => {
        const row = open(teamId, id);
        if (row === undefined) return false;
        const systemId = system === undefined ? null : systems.named(teamId, system);
        const answered = reached === undefined ? row.reached : reached;
        statements.reworded.run({ id, summary, systemId, reached: answered });
        // What was agreed on were other words for the ones before.
        if (summary !== row.summary) statements.forgetWording.run({ id });
        systems.forget(row.systemId, systemId);
        announcing.changed(row, now);
        return true;
      });
    },

    async changeWhoCanSee(change, now) {
      return writeForgetting(() => {
        const before = open(change.teamId, change.id);
        if (before === undefined) return undefined;
        const cardUnseen = takesCardBack(before, change) ? unseenCard(connection, before.id) : undefined;
        if (cardUnseen !== undefined) return { cardUnseen };
        const saved = captures.store(change, before, now);
        announcing.shared(change, before, now);
        return saved;
      });
    },

    async withdraw({ teamId, id, now }) {
      return writeForgetting(() => {
        const row = rows.byId(id);
        if (row?.teamId !== teamId) return NOWHERE;
        if (row.withdrawnAt !== null) return posted(row);
        tellings.forget(id, REPORTER);
        // The same story in a steward's words.
        statements.forgetWording.run({ id });
        statements.withdrawn.run({ id, withdrawnAt: row.reporterId === null ? dayOf(now) : now });
        systems.forget(row.systemId, null);
        announcing.changed(row, now);
        return posted(row);
      });
    },

    async forgetAdded({ teamId, id, authorId, now }) {
      return writeForgetting(() => {
        const row = rows.byId(id);
        if (row?.teamId !== teamId || !tellings.of(id).has(authorId)) return NOWHERE;
        const stayed = tellings.staying(id).has(authorId);
        tellings.forget(id, authorId);
        // Of what was withdrawn nothing stands anywhere any more.
        if (row.withdrawnAt !== null) return NOWHERE;
        announcing.changed(row, now);
        const { card, digest } = posted(row);
        // What stayed in the channel was never in a digest.
        return { card, digest: digest && !stayed };
      });
    },

    async numberThoseAppearing(teamId, now, shuffle) {
      if (statements.appearing.get({ teamId, until: dayOf(now) - 1 }) === undefined) return;
      write(() => {
        for (const { id } of shuffle(statements.appearing.all({ teamId, until: dayOf(now) - 1 }))) {
          numbers.give(teamId, id);
        }
      });
    },
  };
}

/** The day is enough to know that it is no draft; an unattributed near-miss keeps nothing finer. */
function whenTold(row: Row, toldAt: number | undefined): number | null {
  if (toldAt === undefined) return row.toldAt;
  return row.reporterId === null ? dayOf(toldAt) : toldAt;
}
