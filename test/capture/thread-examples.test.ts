import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { factsOf } from '../../src/slack/capture/read-thread.ts';
import type { SlackMessage } from '../../src/slack/platform/shown-words.ts';
import { ALERTS_FIRST } from './threads/alerts-first.ts';
import { ALERTS_HELD_OUT } from './threads/alerts-held-out.ts';
import monitors from './threads/monitors.json' with { type: 'json' };
import { OPENINGS } from './threads/openings.ts';
import { PEOPLE_FIRST } from './threads/people-first.ts';
import { PEOPLE_HELD_OUT } from './threads/people-held-out.ts';
import { PEOPLE, type ThreadExample } from './threads/thread-example.ts';

function offered(messages: SlackMessage[], people: Record<string, string>) {
  const known = (id: string) => (people[id] === undefined ? undefined : { name: people[id], isBot: false });
  const everybody = () => Object.values(people).map((name) => ({ name, isBot: false }));
  const facts = factsOf(messages, 'U_ASKING', { botId: 'B_OURS', known, everybody });
  return {
    line: facts?.firstLine,
    from: facts?.takenFrom?.source,
    signal: facts?.alert,
    people: facts?.participants.toSorted(),
  };
}

/** What is offered of an example, beside what is right of it as far as it says so. */
function compared({ messages, line, from, signal, people }: ThreadExample) {
  const is = offered(messages, PEOPLE);
  return { is, right: { line, signal, people: people?.toSorted() ?? is.people, from: from ?? is.from } };
}

const named = (examples: ThreadExample[]) => examples.map((example) => [example.what, example] as const);

describe('of a thread that begins with an alert is offered', () => {
  test.each(named([...ALERTS_FIRST, ...ALERTS_HELD_OUT]))('%s', (_what, example) => {
    const { is, right } = compared(example);
    expect(is).toEqual(right);
  });
});

describe('of a thread that begins with people is offered', () => {
  test.each(named([...PEOPLE_FIRST, ...PEOPLE_HELD_OUT]))('%s', (_what, example) => {
    const { is, right } = compared(example);
    expect(is).toEqual(right);
  });
});

describe('of what one person wrote is offered', () => {
  test.each(OPENINGS)('%j', (messages, line) => {
    const written = messages.map((text) => ({ user: 'U2', text }));
    expect(offered(written, PEOPLE).line).toBe(line);
  });
});

describe('of what a monitor or a form posted is offered', () => {
  test.each(monitors.map((each) => [each.line, each] as const))('%s', (_line, { message, line, signal }) => {
    expect(offered([message], PEOPLE)).toMatchObject({ line, signal });
  });
});

test('whoever Slack says joined, or set the topic, wrote nothing by that', () => {
  const joined = { user: 'U2', subtype: 'channel_join', text: '<@U2> has joined the channel' };
  const said = { user: 'U1', text: 'The rota is empty' };
  expect(offered([joined, said], PEOPLE)).toMatchObject({ line: 'The rota is empty', people: ['U1'] });
});

const ELSEWHERE = new URL('../../../shared/data/prefill/ten-threads.json', import.meta.url);

type Given = {
  id: string;
  messages: SlackMessage[];
  people: Record<string, string>;
  right: { line: string; signal: string | null; people?: string[]; not_people?: string[] };
};

// Ten threads that are kept beside the project, where they are there.
const beside = existsSync(ELSEWHERE) ? '' : ' (skipped: they are not there)';
describe.skipIf(beside !== '')(`the ten threads beside the project${beside}`, () => {
  const given: Given[] = beside === '' ? JSON.parse(readFileSync(ELSEWHERE, 'utf8')) : [];
  test.each(given.map((each) => [each.id, each] as const))('%s', (_id, { messages, people, right }) => {
    const is = offered(messages, people);
    expect({ line: is.line, signal: is.signal ?? null }).toEqual({ line: right.line, signal: right.signal });
    const must = right.people?.filter((id) => !id.includes(' ')) ?? [];
    expect(is.people).toEqual(expect.arrayContaining(must));
    for (const id of right.not_people ?? []) expect(is.people).not.toContain(id);
  });
});
