import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';

/** Every import of every file in `folder`, as a path from the top or a package's name. */
function importsOf(folder: string): { file: string; from: string }[] {
  return globSync(`${folder}/**/*.ts`).flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/(?:from|import|import\(|require\()\s*'([^']+)'/g)].map(
      ([, from = '']) => ({ file, from: from.startsWith('.') ? normalize(join(dirname(file), from)) : from }),
    ),
  );
}

const crossing = (folder: string, into: RegExp) =>
  importsOf(folder)
    .filter(({ from }) => into.test(from))
    .map(({ file, from }) => `${file} imports ${from}`);

test('imports are found, so that the rules below have something to hold', () => {
  expect(crossing('src/storage', /^src\/domain\//).length).toBeGreaterThan(3);
  expect(crossing('src/slack', /^@slack\//).length).toBeGreaterThan(3);
});

test('what talks to Slack and what keeps records never import each other, not even a type', () => {
  expect(crossing('src/slack', /^src\/storage\//)).toEqual([]);
  expect(crossing('src/storage', /^src\/slack\//)).toEqual([]);
});

test('the domain knows neither Slack nor SQL nor Node', () => {
  expect(crossing('src/domain', /^(?!src\/domain\/|src\/calendar)/)).toEqual([]);
});

test('drizzle and SQLite are imported in the store alone', () => {
  const outside = [...importsOf('src'), ...importsOf('sandbox')].filter(
    ({ file, from }) => /^(drizzle-orm|better-sqlite3)/.test(from) && !file.startsWith('src/storage/'),
  );
  expect(outside).toEqual([]);
});

test('from outside the store only its front doors are imported', () => {
  const doors = ['src/storage/storage.ts', 'src/storage/database-unusable.ts'];
  const others = [...importsOf('src'), ...importsOf('sandbox')].filter(
    ({ file, from }) =>
      from.startsWith('src/storage/') && !file.startsWith('src/storage/') && !doors.includes(from),
  );
  expect(others).toEqual([]);
});
