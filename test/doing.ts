import SQLite from 'better-sqlite3';
import { expect } from 'vitest';
import type { ShownView } from '../sandbox/person.ts';
import type { Block, Json, Message } from '../sandbox/state.ts';
import type { Office } from './office.ts';

/** What people choose in step 1 beyond their words; what is left out stays as the modal proposes it. */
export type Chosen = {
  channel?: string;
  tier?: 'named' | 'confidential' | 'unattributed';
  audience?: 'everyone' | 'channel';
  system?: string;
  card?: boolean;
};

export function titleOf(view: ShownView | undefined): string {
  return (view?.title as { text?: string } | undefined)?.text ?? '';
}

/** Every word in these blocks, one text a line, as a reader meets them. */
export function wordsOf(shown: { blocks?: Block[] } | undefined): string {
  return textsIn(shown?.blocks ?? []).join('\n');
}

function textsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== 'object' || value === null) return [];
  const { text } = value as Json;
  return [...(typeof text === 'string' ? [text] : []), ...Object.values(value).flatMap(textsIn)];
}

/** What stands in an input, as Slack holds it; by the id of its block or of its action. */
export function inputOf(view: ShownView | undefined, id: string): Json {
  const found = Object.entries(view?.state.values ?? {}).find(
    ([blockId, actions]) => blockId === id || Object.keys(actions).includes(id),
  );
  return Object.values(found?.[1] ?? {})[0] ?? {};
}

export function typedIn(view: ShownView | undefined, blockId: string): string {
  const { value } = inputOf(view, blockId);
  return typeof value === 'string' ? value : '';
}

/** The labels of what is asked, in order. */
export function questionsOf(view: ShownView | undefined): string[] {
  return (view?.blocks ?? []).flatMap(({ type, label }) =>
    type === 'input' ? [String((label as { text?: string } | undefined)?.text)] : [],
  );
}

function blockIds(view: ShownView | undefined): string[] {
  return (view?.blocks ?? []).flatMap(({ type, block_id: id }) => (type === 'input' ? [id ?? ''] : []));
}

/** Waits until a person's modal has this title and this input or words in it. */
export function modalOf({ workspace }: Office, who: string, title: string, has = ''): Promise<ShownView> {
  const person = workspace.person(who);
  return workspace.until(
    () => {
      const view = person.view();
      const there = blockIds(view).includes(has) || wordsOf(view).includes(has);
      return titleOf(view) === title && there ? view : undefined;
    },
    { what: `${who} to see "${title}" with ${has}` },
  );
}

/** Waits until step 1 stands there, with its inputs. */
export function stepOneOf(office: Office, who: string, has = 'summary'): Promise<ShownView> {
  return modalOf(office, who, 'Share a near-miss', has);
}

/** `/nearmiss` in a channel, once step 1 stands there. */
export async function openStepOne(office: Office, who: string, channel = 'payments-ops', has?: string) {
  await office.workspace.person(who).command(channel, '/nearmiss');
  return stepOneOf(office, who, has);
}

/** Chooses something that draws the modal again, and waits until it is drawn. */
export async function choose({ workspace }: Office, who: string, pick: string, value: string | string[]) {
  const drawn = () => callsOf({ workspace }, 'views.update').filter(({ outcome }) => outcome !== 'pending');
  const before = drawn().length;
  await workspace.person(who).change('view', pick, value);
  await workspace.until(() => drawn().length > before, { what: `the modal drawn again after ${pick}` });
}

/** Types a system's name and takes the first option, which adds it. */
export async function addSystem({ workspace }: Office, who: string, name: string): Promise<void> {
  const [first] = await workspace.person(who).suggest('view', 'system', name);
  await workspace.person(who).change('view', 'system', String(first?.value));
}

/** What the app offers while somebody types a system. */
export async function systemsOffered({ workspace }: Office, who: string, typed: string): Promise<string[]> {
  const options = await workspace.person(who).suggest('view', 'system', typed);
  return options.map(({ text }) => (text as { text: string }).text);
}

/** Fills in step 1, which is open, without pressing Save. */
export async function fillStepOne(office: Office, who: string, summary: string, chosen: Chosen = {}) {
  const person = office.workspace.person(who);
  await person.change('view', 'summary', summary);
  if (chosen.system !== undefined) await addSystem(office, who, chosen.system);
  if (chosen.audience !== undefined) await choose(office, who, 'audience', chosen.audience);
  if (chosen.tier !== undefined) await choose(office, who, 'tier', chosen.tier);
  if (chosen.card !== undefined) await choose(office, who, 'card', chosen.card ? ['card'] : []);
}

/** `/nearmiss`, with step 1 filled in and not saved yet. */
export async function beginToShare(office: Office, who: string, summary: string, chosen: Chosen = {}) {
  await openStepOne(office, who, chosen.channel);
  await fillStepOne(office, who, summary, chosen);
}

/** `/nearmiss` up to step 2, which is left open. */
export async function share(office: Office, who: string, summary: string, chosen: Chosen = {}) {
  await beginToShare(office, who, summary, chosen);
  const sent = await office.workspace.person(who).submit();
  expect(sent.errors).toEqual({});
  expect(titleOf(office.workspace.person(who).view())).toBe('What can we learn?');
}

/** The same, and *Skip*: nothing more is told now. */
export async function shareAndSkip(office: Office, who: string, summary: string, chosen: Chosen = {}) {
  await share(office, who, summary, chosen);
  await office.workspace.person(who).close();
}

/** The card of a near-miss in a channel, once it stands there. */
export async function cardIn({ workspace }: Office, channel: string, who: string, has: string) {
  return workspace.until(
    () =>
      workspace.state.messages.find(
        (message) =>
          message.channel === workspace.channel(channel).id &&
          message.bot_id === workspace.state.app.botId &&
          wordsOf(message).includes(has),
      ),
    { what: `a card with ${has} in ${channel}, for ${who} to see` },
  );
}

/** What only this person sees, once it says so. */
export function ephemeralOf({ workspace }: Office, who: string, has: string) {
  const person = workspace.person(who);
  return workspace.until(() => person.ephemerals().find((message) => said(message).includes(has)), {
    what: `${who} to be told "${has}"`,
  });
}

/** `/nearmiss show`, and the near-miss it is answered with. */
export async function show({ workspace }: Office, who: string, name: string): Promise<Message> {
  const person = workspace.person(who);
  const before = person.ephemerals().length;
  await person.command('payments-ops', `/nearmiss show ${name}`);
  return workspace.until(
    () =>
      person
        .ephemerals()
        .slice(before)
        .find(({ blocks }) => JSON.stringify(blocks).includes('card_more')),
    { what: `${who} to be shown ${name}` },
  );
}

/** What the app wrote to this person alone, once it says so. */
export function dmOf({ workspace }: Office, who: string, has: string) {
  const person = workspace.person(who);
  return workspace.until(() => person.dm().find((message) => said(message).includes(has)), {
    what: `${who} to be written "${has}"`,
  });
}

/** Where a message stands, as whoever presses in it points at it. */
export const placeOf = ({ channel, ts }: Message) => ({ channel, ts });

/** Everything a message says: its words for notifications, and its blocks. */
export function said(message: { text: string; blocks?: Block[] }): string {
  return `${message.text}\n${wordsOf(message)}`;
}

export function callsOf({ workspace }: Pick<Office, 'workspace'>, method: string) {
  return workspace.calls.filter((call) => call.method === method);
}

/** Reads the app's database from outside. */
export function rows<Row = Json>({ config }: Office, sql: string, ...values: unknown[]): Row[] {
  const sqlite = new SQLite(config.databasePath, { readonly: true });
  try {
    return sqlite.prepare<unknown[], Row>(sql).all(...values);
  } finally {
    sqlite.close();
  }
}

/** Nothing the app did would have been frowned upon by Slack, and nothing would have ended it. */
export function expectNoComplaints({ workspace, fatal }: Office): void {
  expect(workspace.complaints).toEqual([]);
  expect(fatal).toEqual([]);
}

const TOLD_IN = ['near_misses', 'answers', 'saves', 'signals', 'key_players'];

/** Makes whatever people tell fail to be written, at once, until the returned function is called. */
export function refuseToStore({ config }: Office): () => void {
  const change = (statement: (table: string, event: string) => string) => {
    const sqlite = new SQLite(config.databasePath);
    for (const table of TOLD_IN) {
      for (const event of ['insert', 'update', 'delete']) sqlite.exec(statement(table, event));
    }
    sqlite.close();
  };
  change(
    (table, event) =>
      `create trigger refuse_${event}_${table} before ${event} on ${table} begin select raise(abort, 'the disk is full'); end`,
  );
  return () => change((table, event) => `drop trigger refuse_${event}_${table}`);
}

/** Makes every write of the app fail until the returned function is called: another connection holds the write lock. */
export function holdTheDatabase({ config }: Office): () => void {
  const sqlite = new SQLite(config.databasePath);
  sqlite.exec('begin immediate');
  return () => {
    sqlite.exec('rollback');
    sqlite.close();
  };
}

/** The id of the only near-miss there is, as buttons carry it. */
export function onlyId(office: Office): string {
  const [only, ...others] = rows<{ id: string }>(office, 'select id from near_misses');
  if (only === undefined || others.length > 0) throw new Error('There is not exactly one near-miss.');
  return only.id;
}
