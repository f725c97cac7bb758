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
const CALENDAR = 'src/calendar.ts';

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

/** Words of the domain that are Slack's as well: people, conversations, places of messages, what became of them, text. */
const SAID_OF_SLACK = [
  'src/domain/access/gate.ts',
  'src/domain/access/place.ts',
  'src/domain/access/promised-place.ts',
  'src/domain/near-miss.ts',
  'src/domain/outbox/delivery.ts',
  'src/domain/stewards/standing.ts',
  'src/domain/text/says-something.ts',
  'src/domain/text/shorten.ts',
];

test('of the domain, what is about Slack knows people, conversations and what became of a message alone', () => {
  const known = sources
    .filter((path) => path.startsWith('src/slack/platform/'))
    .flatMap(importsOf)
    .filter((target) => target.startsWith('src/domain/'));
  expect([...new Set(known)].toSorted()).toEqual(SAID_OF_SLACK);
});

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

/** What they show is known without asking Slack, which may take longer than a trigger lives. */
const KNOWN_AT_ONCE = [
  'src/slack/capture/share-from-message.ts',
  'src/slack/capture/share.ts',
  'src/slack/digest/said-before.ts',
  'src/slack/story/edit-words.ts',
];

test('a modal opens before Slack is asked anything: `openDrawn`, unless what it shows is known', () => {
  const atOnce = sources.filter(
    (path) => !path.startsWith('src/slack/platform/') && /\bopenModal\(/.test(codeOf(path)),
  );
  expect(atOnce.toSorted()).toEqual(KNOWN_AT_ONCE);
  const direct = sources.filter((path) => /\.views(?:\.open|\.push|\[)/.test(codeOf(path)));
  expect(direct).toEqual(['src/slack/platform/open-modal.ts']);
});

/** Ways from a file back to itself over what it imports, types too: at least one for each circle there is. */
function circles(): string[] {
  const known = new Set(files);
  const imports = new Map(files.map((path) => [path, importsOf(path).filter((target) => known.has(target))]));
  const done = new Set<string>();
  const found: string[] = [];
  const follow = (path: string, way: string[]) => {
    if (way.includes(path)) found.push([...way.slice(way.indexOf(path)), path].join(' → '));
    if (way.includes(path) || done.has(path)) return;
    for (const next of imports.get(path) ?? []) follow(next, [...way, path]);
    done.add(path);
  };
  for (const path of files) follow(path, []);
  return found;
}

test('no two files import each other, however far around', () => {
  expect(circles()).toEqual([]);
});

/** Each knows those before it only. */
const WORKSPACE_ROOMS = [
  'json.ts',
  'clock.ts',
  'block-kit',
  'state',
  'web-api',
  'wire',
  'people',
  'workspace.ts',
  'page',
  'demo',
];

test('the rooms of the local workspace stand on one another', () => {
  const floor = (path: string) => WORKSPACE_ROOMS.indexOf(path.split('/')[1] ?? '');
  const workspace = files.filter((path) => path.startsWith('sandbox/'));
  const upward = workspace.flatMap((path) =>
    importsOf(path)
      .filter((target) => target.startsWith('sandbox/') && floor(target) > floor(path))
      .map((target) => `${path} imports ${target}`),
  );
  expect(workspace.filter((path) => floor(path) === -1)).toEqual([]);
  expect(upward).toEqual([]);
});

test('the app runs without its tests, its benchmarks and, but for the demo, its local workspace', () => {
  const outward = sources.flatMap((path) =>
    importsOf(path)
      .filter((target) => /^(?:sandbox|test|bench)\//.test(target))
      .map((target) => `${path} imports ${target}`),
  );
  expect(outward).toEqual(['src/main.ts imports sandbox/demo/demo.ts']);
});

/** `file name` for every name some file imports from a file here; `file *` where it takes all of them. */
function importedNames(): Set<string> {
  const taken = files.flatMap((path) =>
    [
      ...read(path).matchAll(/(?:import|export)\s+(?:type\s+)?(\*|\{[^}]*\})[^;']*?from\s*'(\.[^']+)'/g),
    ].flatMap(([, names = '', from = '']) => {
      const target = normalize(join(dirname(path), from));
      const each = names.replaceAll(/[{}]/g, '').split(',');
      return each.map(
        (name) =>
          `${target} ${
            name
              .trim()
              .replace(/^type /, '')
              .split(' as ')[0]
          }`,
      );
    }),
  );
  return new Set(taken);
}

test('what a file exports, some other file imports, values and types', () => {
  const taken = importedNames();
  const unused = sources.flatMap((path) => {
    if (taken.has(`${path} *`)) return [];
    const exported = read(path).matchAll(/^export (?:async )?(?:function\*?|const|type|class) (\w+)/gm);
    return [...exported].map(([, name]) => `${path} ${name}`).filter((one) => !taken.has(one));
  });
  expect(unused).toEqual([]);
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
