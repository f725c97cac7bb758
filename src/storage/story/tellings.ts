import { EMPTY_TELLING, type NearMiss, saysNothing, type Telling } from '../../domain/near-miss.ts';
import type { AnswerId } from '../../domain/story/questions.ts';
import type { Db, Tx } from '../database.ts';
import { and, asc, eq, sql } from '../drizzle.ts';
import { answers, channelTellings, keyPlayers, saves, signals } from '../schema.ts';

/** The author of a reporter's own telling, named or not. */
export const REPORTER = '';

type Story = { teamId: string; nearMissId: string };

/** Whose telling of which near-miss; a reporter's is that of `REPORTER`. */
type Whose = Story & { author: string };

const teamId = sql.placeholder('teamId');
const nearMissId = sql.placeholder('nearMissId');
const author = sql.placeholder('author');

type Table = typeof answers | typeof saves | typeof signals | typeof keyPlayers | typeof channelTellings;
const ofStory = (table: Table) => and(eq(table.nearMissId, nearMissId), eq(table.teamId, teamId));
const ofAuthor = (table: Table) => and(ofStory(table), eq(table.author, author));

const reads = (db: Db) => ({
  answers: db.select().from(answers).where(ofStory(answers)).prepare(),
  saves: db
    .select()
    .from(saves)
    .where(ofStory(saves))
    .orderBy(asc(saves.author), asc(saves.position))
    .prepare(),
  signals: db.select().from(signals).where(ofStory(signals)).prepare(),
  keyPlayers: db.select().from(keyPlayers).where(ofStory(keyPlayers)).prepare(),
  staying: db
    .select({ author: channelTellings.author })
    .from(channelTellings)
    .where(ofStory(channelTellings))
    .prepare(),
});

const removals = (db: Db) => ({
  answers: db.delete(answers).where(ofAuthor(answers)).prepare(),
  saves: db.delete(saves).where(ofAuthor(saves)).prepare(),
  signals: db.delete(signals).where(ofAuthor(signals)).prepare(),
  keyPlayers: db.delete(keyPlayers).where(ofAuthor(keyPlayers)).prepare(),
  staying: db.delete(channelTellings).where(ofAuthor(channelTellings)).prepare(),
});

const whose = { teamId, nearMissId, author };
const insertions = (db: Db) => ({
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
});

/** What its reporter told about a near-miss, and what others added, each with whether it stays in the channel. */
export function tellingsOf(tx: Tx, story: Story): Pick<NearMiss, 'told' | 'added'> {
  const byAuthor = tellingsByAuthor(tx, story);
  const added = [...byAuthor].filter(([authorId]) => authorId !== REPORTER);
  // Most near-misses have one author, and are read without asking.
  const stay = new Set(
    added.length === 0
      ? []
      : tx
          .prepared(reads)
          .staying.all(story)
          .map((row) => row.author),
  );
  return {
    told: byAuthor.get(REPORTER) ?? EMPTY_TELLING,
    added: added.map(([authorId, telling]) => ({
      authorId,
      ...telling,
      ...(stay.has(authorId) && { staysInChannel: true as const }),
    })),
  };
}

function tellingsByAuthor(tx: Tx, story: Story): Map<string, Telling> {
  const read = tx.prepared(reads);
  const byAuthor = new Map<string, Telling>();
  const tellingOf = (who: string) => {
    const telling = byAuthor.get(who) ?? structuredClone(EMPTY_TELLING);
    byAuthor.set(who, telling);
    return telling;
  };
  for (const row of read.answers.all(story)) tellingOf(row.author).answers[row.question] = row.text;
  for (const row of read.saves.all(story)) {
    tellingOf(row.author).saves.push({ text: row.text, ...(row.kind !== null && { kind: row.kind }) });
  }
  for (const row of read.signals.all(story)) {
    tellingOf(row.author).signal = {
      ...(row.kind !== null && { kind: row.kind }),
      ...(row.noticed !== null && { noticed: row.noticed }),
      ...(row.seenWhere !== null && { where: row.seenWhere }),
      ...(row.tellsApart !== null && { tellsApart: row.tellsApart }),
    };
  }
  for (const row of read.keyPlayers.all(story)) {
    tellingOf(row.author).keyPlayers.push({
      personId: row.personId,
      ...(row.madePossible !== null && { madePossible: row.madePossible }),
    });
  }
  return byAuthor;
}

/** Puts this in place of what its author told before. */
export function replaceTelling(tx: Tx, by: Whose, telling: Telling, staysInChannel = false): void {
  forgetTelling(tx, by);
  const insert = tx.prepared(insertions);
  if (staysInChannel && !saysNothing(telling)) insert.staying.run(by);
  for (const [question, text] of Object.entries(telling.answers) as [AnswerId, string][]) {
    insert.answer.run({ ...by, question, text });
  }
  for (const [position, { text, kind = null }] of telling.saves.entries()) {
    insert.save.run({ ...by, position, text, kind });
  }
  const { kind = null, noticed = null, where: seenWhere = null, tellsApart = null } = telling.signal;
  if ([kind, noticed, seenWhere, tellsApart].some((part) => part !== null)) {
    insert.signal.run({ ...by, kind, noticed, seenWhere, tellsApart });
  }
  for (const { personId, madePossible = null } of telling.keyPlayers) {
    insert.keyPlayer.run({ ...by, personId, madePossible });
  }
}

/** Puts all of this, of everyone who told something, where nothing is. */
export function putTellings(tx: Tx, story: Story, { told, added }: Pick<NearMiss, 'told' | 'added'>): void {
  replaceTelling(tx, { ...story, author: REPORTER }, told);
  for (const { authorId, staysInChannel, ...telling } of added)
    replaceTelling(tx, { ...story, author: authorId }, telling, staysInChannel);
}

/** Nothing is left of what this author told. */
export function forgetTelling(tx: Tx, by: Whose): void {
  for (const removal of Object.values(tx.prepared(removals))) removal.run(by);
}

/** The people this author named are named no more. */
export function forgetKeyPlayers(tx: Tx, by: Whose): void {
  tx.prepared(removals).keyPlayers.run(by);
}
