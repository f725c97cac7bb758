import { EMPTY_TELLING, type NearMiss, saysNothing, type Telling } from '../../domain/near-miss.ts';
import { type AnswerId } from '../../domain/story/questions.ts';
import type { Connection } from '../database.ts';
import { and, asc, eq, sql } from '../drizzle.ts';
import { oncePerFile } from '../once-per-file.ts';
import { answers, channelTellings, keyPlayers, saves, signals } from '../schema.ts';

/** The author of a reporter's own telling, named or not. */
export const REPORTER = '';

/** Reads and writes what people told, inside somebody else's transaction. Private to storage. */
export type Tellings = {
  /** Everybody's telling by author; the reporter's is under `REPORTER`. */
  of: (nearMissId: string) => Map<string, Telling>;
  /** The same as a near-miss has it. */
  all: (nearMissId: string) => Pick<NearMiss, 'told' | 'added'>;
  /** Authors whose words were promised to stay in the channel. */
  staying: (nearMissId: string) => ReadonlySet<string>;
  /** Puts this in place of what the author told before. */
  replace: (
    of: { teamId: string; nearMissId: string; author: string },
    telling: Telling,
    staysInChannel?: boolean,
  ) => void;
  forget: (nearMissId: string, author: string) => void;
};

export const tellingsIn = oncePerFile((connection: Connection): Tellings => {
  const { read, remove, insert } = statementsIn(connection);

  const forget: Tellings['forget'] = (id, by) => {
    for (const statement of remove) statement.run({ nearMissId: id, author: by });
  };

  function of(id: string): Map<string, Telling> {
    const byAuthor = new Map<string, Telling>();
    const tellingOf = (who: string) => {
      const telling = byAuthor.get(who) ?? structuredClone(EMPTY_TELLING);
      byAuthor.set(who, telling);
      return telling;
    };
    for (const row of read.answers.all({ nearMissId: id }))
      tellingOf(row.author).answers[row.question] = row.text;
    for (const row of read.saves.all({ nearMissId: id })) {
      tellingOf(row.author).saves.push({ text: row.text, ...(row.kind !== null && { kind: row.kind }) });
    }
    for (const row of read.signals.all({ nearMissId: id })) {
      tellingOf(row.author).signal = {
        ...(row.kind !== null && { kind: row.kind }),
        ...(row.noticed !== null && { noticed: row.noticed }),
        ...(row.seenWhere !== null && { where: row.seenWhere }),
        ...(row.tellsApart !== null && { tellsApart: row.tellsApart }),
      };
    }
    for (const row of read.keyPlayers.all({ nearMissId: id })) {
      tellingOf(row.author).keyPlayers.push({
        personId: row.personId,
        ...(row.madePossible !== null && { madePossible: row.madePossible }),
      });
    }
    return byAuthor;
  }

  const staying = (id: string) => new Set(read.staying.all({ nearMissId: id }).map((row) => row.author));

  return {
    forget,
    of,
    staying,
    all(id) {
      const byAuthor = of(id);
      const added = [...byAuthor].filter(([authorId]) => authorId !== REPORTER);
      // Most near-misses have one author, and are read without asking.
      const stay: ReadonlySet<string> = added.length === 0 ? new Set() : staying(id);
      return {
        told: byAuthor.get(REPORTER) ?? EMPTY_TELLING,
        added: added.map(([authorId, telling]) => ({
          authorId,
          ...telling,
          ...(stay.has(authorId) && { staysInChannel: true as const }),
        })),
      };
    },
    replace(whom, telling, staysInChannel = false) {
      forget(whom.nearMissId, whom.author);
      if (staysInChannel && !saysNothing(telling)) insert.staying.run(whom);
      for (const [question, text] of Object.entries(telling.answers) as [AnswerId, string][]) {
        insert.answer.run({ ...whom, question, text });
      }
      for (const [position, save] of telling.saves.entries()) {
        insert.save.run({ ...whom, position, text: save.text, kind: save.kind ?? null });
      }
      const { kind, noticed, where, tellsApart } = telling.signal;
      if ([kind, noticed, where, tellsApart].some((part) => part !== undefined)) {
        insert.signal.run({
          ...whom,
          kind: kind ?? null,
          noticed: noticed ?? null,
          seenWhere: where ?? null,
          tellsApart: tellsApart ?? null,
        });
      }
      for (const { personId, madePossible } of telling.keyPlayers) {
        insert.keyPlayer.run({ ...whom, personId, madePossible: madePossible ?? null });
      }
    },
  };
});

function statementsIn({ db }: Connection) {
  const nearMissId = sql.placeholder('nearMissId');
  const author = sql.placeholder('author');
  const read = {
    answers: db.select().from(answers).where(eq(answers.nearMissId, nearMissId)).prepare(),
    saves: db
      .select()
      .from(saves)
      .where(eq(saves.nearMissId, nearMissId))
      .orderBy(asc(saves.author), asc(saves.position))
      .prepare(),
    signals: db.select().from(signals).where(eq(signals.nearMissId, nearMissId)).prepare(),
    keyPlayers: db.select().from(keyPlayers).where(eq(keyPlayers.nearMissId, nearMissId)).prepare(),
    staying: db
      .select({ author: channelTellings.author })
      .from(channelTellings)
      .where(eq(channelTellings.nearMissId, nearMissId))
      .prepare(),
  };
  const remove = [answers, saves, signals, keyPlayers, channelTellings].map((table) =>
    db
      .delete(table)
      .where(and(eq(table.nearMissId, nearMissId), eq(table.author, author)))
      .prepare(),
  );
  const whose = { teamId: sql.placeholder('teamId'), nearMissId, author };
  const insert = {
    answer: db
      .insert(answers)
      .values({ ...whose, question: sql.placeholder('question'), text: sql.placeholder('text') })
      .prepare(),
    save: db
      .insert(saves)
      .values({
        ...whose,
        position: sql.placeholder('position'),
        text: sql.placeholder('text'),
        kind: sql.placeholder('kind'),
      })
      .prepare(),
    signal: db
      .insert(signals)
      .values({
        ...whose,
        kind: sql.placeholder('kind'),
        noticed: sql.placeholder('noticed'),
        seenWhere: sql.placeholder('seenWhere'),
        tellsApart: sql.placeholder('tellsApart'),
      })
      .prepare(),
    keyPlayer: db
      .insert(keyPlayers)
      .values({
        ...whose,
        personId: sql.placeholder('personId'),
        madePossible: sql.placeholder('madePossible'),
      })
      .prepare(),
    staying: db.insert(channelTellings).values(whose).prepare(),
  };
  return { read, remove, insert };
}
