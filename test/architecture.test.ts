import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';

const files = globSync('{src,sandbox,bench,test}/**/*.{ts,js}');
const sources = files.filter((path) => path.startsWith('src/'));
const read = (path: string) => readFileSync(path, 'utf8');

/** What a file imports: a path in this repository, or the name of a package. */
function importsOf(path: string): string[] {
  const named = [...read(path).matchAll(/(?:from|import\()\s*'([^']+)'|^import '([^']+)'/gm)];
  return named.map(([, from, bare]) => {
    const target = from ?? bare ?? '';
    return target.startsWith('.') ? normalize(join(dirname(path), target)) : target;
  });
}

/** Comments may name what code may not use. */
function codeOf(path: string): string {
  return read(path)
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/^\s*\/\/.*$/gm, '');
}

/** The calendar, which is nobody's domain: days, weeks and zones. */
const CALENDAR = 'src/date-fns.ts';

test('the domain imports nothing but itself and the calendar: no Slack, no SQL, no packages', () => {
  const domain = sources.filter((path) => path.startsWith('src/domain/'));
  const foreign = domain.flatMap((path) =>
    importsOf(path)
      .filter((target) => !target.startsWith('src/domain/') && target !== CALENDAR)
      .map((target) => `${path} imports ${target}`),
  );
  expect(domain.length).toBeGreaterThan(0);
  expect(foreign).toEqual([]);
});

const ROOMS = /^src\/slack\/(?!platform\/)[^/]+\//;

test('what is about Slack knows nothing of what people do here', () => {
  const platform = sources.filter((path) => path.startsWith('src/slack/platform/'));
  const ours = platform.flatMap((path) =>
    importsOf(path)
      .filter((target) => ROOMS.test(target) || target === 'src/slack/app.ts')
      .map((target) => `${path} imports ${target}`),
  );
  expect(platform.length).toBeGreaterThan(0);
  expect(ours).toEqual([]);
});

test('sharing something knows nothing of the digest', () => {
  const capture = sources.filter((path) => /^src\/(?:domain|slack)\/capture\//.test(path));
  const digest = capture.flatMap((path) =>
    importsOf(path)
      .filter((target) => target.includes('/digest/'))
      .map((target) => `${path} imports ${target}`),
  );
  expect(capture.length).toBeGreaterThan(0);
  expect(digest).toEqual([]);
});

/** The first way from a file back to itself. */
function circleFrom(start: string): string[] | undefined {
  const seen = new Set<string>();
  const waysOn = [[start]];
  for (let way = waysOn.pop(); way !== undefined; way = waysOn.pop()) {
    for (const next of importsOf(way.at(-1) ?? start).filter((target) => sources.includes(target))) {
      if (next === start) return [...way, start];
      if (!seen.has(next)) waysOn.push([...way, next]);
      seen.add(next);
    }
  }
  return undefined;
}

test('no two files of the app import each other, however far around', () => {
  const circles = sources
    .filter((path) => /^src\/(?:app|slack)\//.test(path))
    .map(circleFrom)
    .filter((way) => way !== undefined);
  expect(circles).toEqual([]);
});

test('the app runs without its tests, its benchmarks and, but for the demo, its local workspace', () => {
  const outward = sources.flatMap((path) =>
    importsOf(path)
      .filter((target) => /^(?:sandbox|test|bench)\//.test(target))
      .map((target) => `${path} imports ${target}`),
  );
  expect(outward).toEqual(['src/main.ts imports sandbox/demo/demo.ts']);
});

test('every file is named for what is in it', () => {
  const vague = /^(?:index|utils?|helpers?|common|types|misc|shared|lib)\./;
  expect(files.filter((path) => vague.test(basename(path)))).toEqual([]);
  expect(files.filter((path) => /(?:^|\/)(?:utils?|helpers?|common|types)\//.test(path))).toEqual([]);
});

const WORLD = [
  ['the environment', /process\.env/],
  ['the clock', /\bDate\.now\b|\bnew Date\(\)|\bperformance\.now\b/],
  ['chance', /\bMath\.random\b|\brandomUUID\b|\brandomBytes\b|\brandomInt\b/],
] as const;

test.each(WORLD)('only main.ts asks the world for %s', (_what, pattern) => {
  expect(sources.filter((path) => pattern.test(codeOf(path)))).toEqual(['src/main.ts']);
});

test('nothing is mocked that is ours', () => {
  const mocking = /\bvi\.mock\(|\bvi\.doMock\(/;
  const tests = files.filter((path) => path.startsWith('test/') && path !== 'test/architecture.test.ts');
  expect(tests.filter((path) => mocking.test(read(path)))).toEqual([]);
});
