import type { OutboxRow } from '../domain/outbox.ts';
import type { Connection } from './database.ts';
import { lettersIn } from './outbox-letters.ts';
import { outboxStatementsIn } from './outbox-statements.ts';
import { homeLane, outboxWriterIn, personLane } from './outbox-writer.ts';
import { settingsIn } from './workspaces.ts';

/** Who hears of what did not arrive, inside the transaction that notes it. Private to storage. */
export type Undelivered = {
  /** Slack refused a card: its reporter hears why, unless the confirmation still has to say it. */
  cardRefused: (row: OutboxRow) => void;
  /** Where nobody can know whether a card is there, its reporter is asked. */
  cardAsked: (row: OutboxRow) => void;
  /** What somebody withdrew stands there all the same: they are told, once. */
  cardStands: (row: OutboxRow, why: string | undefined) => void;
  /** What changed was not to be seen by all who are there, so its card shows no words: its reporter hears why, once. */
  cardWithheld: (row: OutboxRow, why: string) => void;
  /** It waits on the Home of the stewards. They are told to look there, once for all of a digest, or of cards. */
  waitsForStewards: (row: OutboxRow) => void;
};

export function undeliveredIn(connection: Connection): Undelivered {
  const writer = outboxWriterIn(connection);
  const settings = settingsIn(connection);
  const letters = lettersIn(connection);
  const statements = outboxStatementsIn(connection);

  function waitsForStewards({ teamId, digestId, triedAt, createdAt }: OutboxRow): void {
    const now = triedAt ?? createdAt;
    const isFirst = letters.waiting(teamId, digestId) === 1;
    const kind = digestId === undefined ? 'letter_waits' : 'part_refused';
    for (const personId of settings.of(teamId).stewards) {
      const row = { teamId, personId, dueAt: now, now };
      if (isFirst)
        writer.put({ ...row, ...(digestId !== undefined && { digestId }), kind, lane: personLane(personId) });
      writer.put({ ...row, kind: 'home', lane: homeLane(personId) });
    }
  }

  /** To the reporter; where nobody knows who that is, the stewards see to it. */
  function tellReporter(row: OutboxRow, kind: 'card_refused' | 'question'): void {
    const { teamId, nearMissId, triedAt, createdAt } = row;
    if (nearMissId === undefined) return;
    const personId = statements.reporter.get({ nearMissId })?.id;
    if (personId == null) return waitsForStewards(row);
    const now = triedAt ?? createdAt;
    writer.put({ teamId, kind, lane: personLane(personId), nearMissId, personId, dueAt: now, now });
  }

  function tellOnce(
    { teamId, nearMissId, triedAt, createdAt }: OutboxRow,
    kind: 'card_stands' | 'card_withheld',
    why: string | undefined,
  ): void {
    if (nearMissId === undefined || statements.saidOfCard.get({ nearMissId, kind }) !== undefined) return;
    const personId = statements.reporter.get({ nearMissId })?.id;
    if (personId == null) return;
    const now = triedAt ?? createdAt;
    writer.put({ teamId, kind, lane: personLane(personId), nearMissId, personId, dueAt: now, now, why });
  }

  return {
    waitsForStewards,
    cardRefused(row) {
      const { nearMissId = '' } = row;
      if (statements.confirmationToCome.get({ nearMissId }) === undefined) tellReporter(row, 'card_refused');
    },
    cardAsked(row) {
      tellReporter(row, 'question');
    },
    cardStands(row, why) {
      const { withdrawnAt } = statements.reporter.get({ nearMissId: row.nearMissId ?? '' }) ?? {};
      if (withdrawnAt != null) tellOnce(row, 'card_stands', why);
    },
    cardWithheld(row, why) {
      tellOnce(row, 'card_withheld', why);
    },
  };
}
