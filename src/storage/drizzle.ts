import { createRequire } from 'node:module';

// Node 24 reads drizzle's 179 KB package.json again for every one of its ES modules: 250 MB and half a second
// (nodejs/node#58126). Its CommonJS build is read once, so it is loaded that way, here and nowhere else.
const require = createRequire(import.meta.url);

export const { drizzle } =
  require('drizzle-orm/better-sqlite3') as typeof import('drizzle-orm/better-sqlite3');
export const { readMigrationFiles } =
  require('drizzle-orm/migrator') as typeof import('drizzle-orm/migrator');
export const { and, asc, desc, eq, gt, inArray, isNotNull, isNull, lt, lte, ne, or, sql } =
  require('drizzle-orm') as typeof import('drizzle-orm');
export const { foreignKey, index, integer, primaryKey, sqliteTable, text, uniqueIndex } =
  require('drizzle-orm/sqlite-core') as typeof import('drizzle-orm/sqlite-core');
