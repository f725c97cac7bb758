import { readFileSync } from 'node:fs';
import type SQLite from 'better-sqlite3';

/** The text a row of a table WITHOUT ROWID begins with, where that is a UUID. */
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;
const LEAF = 0x0a;
const INTERIOR = 0x02;

/**
 * The rows of a table WITHOUT ROWID as somebody with the file finds them: page by page, and in each those that were
 * put there first come first, since a page is filled from its end. Each is given by the UUID of its key.
 */
export function rowsAsTheyLie(database: SQLite.Database, path: string, table: string): string[][] {
  database.pragma('wal_checkpoint(TRUNCATE)');
  const size = Number(database.pragma('page_size', { simple: true }));
  const { root } = database
    .prepare<[string], { root: number }>('select rootpage as root from sqlite_schema where name = ?')
    .get(table) ?? { root: 0 };
  const file = readFileSync(path);
  const pages: string[][] = [];
  const visit = (number: number) => {
    const page = file.subarray((number - 1) * size, number * size);
    const type = page.readUInt8(0);
    if (type !== LEAF && type !== INTERIOR) throw new Error(`Page ${number} is none of this table.`);
    const cells = cellsOf(page, type);
    pages.push(cells.toSorted((one, other) => other - one).map((at) => keyIn(page, at)));
    if (type === LEAF) return;
    for (const at of cells) visit(page.readUInt32BE(at));
    visit(page.readUInt32BE(8));
  };
  visit(root);
  return pages;
}

/** Where in its page each row begins. */
function cellsOf(page: Buffer, type: number): number[] {
  const pointers = type === LEAF ? 8 : 12;
  return Array.from({ length: page.readUInt16BE(3) }, (_, at) => page.readUInt16BE(pointers + 2 * at));
}

function keyIn(page: Buffer, at: number): string {
  return UUID.exec(page.toString('latin1', at, at + 120))?.[0] ?? '';
}
