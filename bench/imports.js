// The floor of a start: everything from outside that src imports, in the way it imports it, and nothing more.
import { createRequire, enableCompileCache } from 'node:module';

enableCompileCache();
const require = createRequire(import.meta.url);

await import('pino');
await import('zod');
await import('@slack/bolt');
await import('@slack/logger');
await import('@slack/web-api');
await import('lru-cache');
await import('better-sqlite3');
await import('temporal-polyfill');
require('drizzle-orm');
require('drizzle-orm/better-sqlite3');
require('drizzle-orm/migrator');
require('drizzle-orm/sqlite-core');

process.stdout.write('imported\n');
