import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, rmdirSync } from 'node:fs';
import SQLite from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import type { Json } from '../../sandbox/json.ts';
import type { NearMiss } from '../../src/domain/near-miss.ts';
import { openStorage } from '../../src/storage/storage.ts';
import type { BotOnTheWire } from './bot-on-the-wire.ts';

/** A bot of any kind, whose database is looked into from outside. */
export type OnAFile = { config: { databasePath: string } };

/** Reads the app's database from outside. */
export function rows<Row = Json>({ config }: OnAFile, sql: string, ...values: unknown[]): Row[] {
  const sqlite = new SQLite(config.databasePath, { readonly: true });
  try {
    return sqlite.prepare<unknown[], Row>(sql).all(...values);
  } finally {
    sqlite.close();
  }
}

/** What waits outside of the database for the end of its day, as the file has it. */
export function waitingIn({ config }: OnAFile): NearMiss[] {
  return JSON.parse(readFileSync(roomOf(config.databasePath), 'utf8')) as NearMiss[];
}

/** The file of what waits beside a database. */
export function roomOf(databasePath: string): string {
  return `${databasePath}-waiting.json`;
}

/** Makes the waiting room fail to be written, until the returned function is called. */
export function refuseToWait(databasePath: string): () => void {
  const inTheWay = `${roomOf(databasePath)}.new`;
  mkdirSync(inTheWay);
  return () => rmdirSync(inTheWay);
}

/** Changes the app's database from outside. */
export function inTheFile({ config }: OnAFile, ...statements: string[]): void {
  const sqlite = new SQLite(config.databasePath);
  for (const statement of statements) sqlite.exec(statement);
  sqlite.close();
}

/** The id of the only near-miss there is, as buttons carry it. */
export function onlyId(bot: OnAFile): string {
  const [only, ...others] = rows<{ id: string }>(bot, 'select id from near_misses');
  if (only === undefined || others.length > 0) throw new Error('There is not exactly one near-miss.');
  return only.id;
}

/** The store of the app, opened a second time, and what it keeps of a near-miss. */
export async function stored(bot: BotOnTheWire, number = 1) {
  const storage = openStorage(bot.config.databasePath, randomUUID);
  onTestFinished(() => storage.close());
  const near = await storage.nearMisses.byNumber(bot.workspace.state.team.id, number);
  if (near === undefined) throw new Error('It was not saved.');
  return { storage, near };
}

const TOLD_IN = ['near_misses', 'answers', 'saves', 'signals', 'key_players'];

/** Makes whatever people tell fail to be written, at once, until the returned function is called. */
export function refuseToStore(bot: OnAFile): () => void {
  const change = (statement: (table: string, event: string) => string) =>
    inTheFile(
      bot,
      ...TOLD_IN.flatMap((table) => ['insert', 'update', 'delete'].map((event) => statement(table, event))),
    );
  change(
    (table, event) =>
      `create trigger refuse_${event}_${table} before ${event} on ${table} begin select raise(abort, 'the disk is full'); end`,
  );
  const letWait = refuseToWait(bot.config.databasePath);
  return () => {
    change((table, event) => `drop trigger refuse_${event}_${table}`);
    letWait();
  };
}

/** Makes every write of the app fail until the returned function is called: another connection holds the write lock. */
export function holdTheDatabase({ config }: OnAFile): () => void {
  const sqlite = new SQLite(config.databasePath);
  sqlite.exec('begin immediate');
  return () => {
    sqlite.exec('rollback');
    sqlite.close();
  };
}
