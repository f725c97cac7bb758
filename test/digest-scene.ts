import { expect } from 'vitest';
import type { Message } from '../sandbox/state.ts';
import { type Chosen, ephemeralOf, modalOf, share, show } from './doing.ts';
import { type Office, type OfficeOptions, openOffice } from './office.ts';

const HOUR = 60 * 60 * 1000;
export const DAY = 24 * HOUR;

/** A Tuesday morning; the first digest is on Monday 20 October. */
const TUESDAY = Date.UTC(2025, 9, 14, 8, 0);

/** An office in which time can be moved on. */
export type Scene = Office & {
  now: () => number;
  /** Lets time pass while the app runs. It is not woken by it. */
  letPass: (ms: number) => void;
  /** Lets time pass while the app is down, and starts it again: it looks at once what is due. */
  goTo: (at: number) => Promise<void>;
};

const PEOPLE: NonNullable<OfficeOptions['people']> = [
  { handle: 'maria', realName: 'Maria Lopez', tz: 'Europe/Madrid' },
  { handle: 'jon', realName: 'Jon Park', tz: 'Europe/London', isAdmin: true },
  { handle: 'amira', realName: 'Amira Haddad', tz: 'Europe/Madrid' },
  { handle: 'sam', realName: 'Sam Okoro' },
  { handle: 'gus', realName: 'Gus Guest', isRestricted: true },
  { handle: 'olga', realName: 'Olga Outside', isStranger: true },
  { handle: 'helper', realName: 'Helper Bot', isBot: true },
];

const EVERYBODY = ['maria', 'jon', 'amira', 'sam', 'gus'];

const CHANNELS: NonNullable<OfficeOptions['channels']> = [
  { name: 'payments-ops', members: EVERYBODY, app: true },
  { name: 'learning', members: EVERYBODY, app: true },
  { name: 'ledger', kind: 'private', members: ['maria', 'jon', 'sam'], app: true },
  { name: 'partners', members: [...EVERYBODY, 'olga'], app: true, isExtShared: true },
  { name: 'quiet', members: EVERYBODY },
  { name: 'old', members: EVERYBODY, app: true, isArchived: true },
  { name: 'announcements', members: EVERYBODY, app: true, isPostingRestricted: true },
];

export async function openScene(options: OfficeOptions = {}): Promise<Scene> {
  const began = Date.now();
  let start = TUESDAY;
  const now = () => start + (Date.now() - began);
  const office = await openOffice({
    people: PEOPLE,
    channels: CHANNELS,
    now,
    ...options,
    world: { now, ...options.world },
  });
  return Object.assign(office, {
    now,
    letPass(ms: number) {
      start += ms;
    },
    async goTo(at: number) {
      await office.bot.stop();
      start += at - now();
      await office.restart();
    },
  });
}

/** `/nearmiss settings`, by an admin or a steward. */
export async function chooseStewards(office: Office, who: string, stewards: string[]): Promise<void> {
  const { workspace } = office;
  const person = workspace.person(who);
  await person.command('payments-ops', '/nearmiss settings');
  await modalOf(office, who, 'Settings', 'stewards');
  await person.change('view', 'stewards', stewards);
  expect((await person.submit()).errors).toEqual({});
  await person.close();
}

/** `/nearmiss digest settings`, by a steward; what is left out stays as the modal proposes it. */
export async function setUpDigest(
  office: Office,
  who: string,
  changes: Record<string, string> = {},
): Promise<void> {
  const person = office.workspace.person(who);
  await openDigestSettings(office, who);
  const { channel = 'learning', ...others } = changes;
  await person.change('view', 'channel', office.workspace.channel(channel).id);
  for (const [block, value] of Object.entries(others)) await person.change('view', block, value);
  expect((await person.submit()).errors).toEqual({});
  await person.close();
}

export async function openDigestSettings(office: Office, who: string) {
  await office.workspace.person(who).command('payments-ops', '/nearmiss digest settings');
  return modalOf(office, who, 'The weekly digest', 'channel');
}

/** Two stewards, and a digest in #learning on Mondays at 09:30 in London. */
export async function openSceneWithDigest(
  settings: Record<string, string> = {},
  options: OfficeOptions = {},
): Promise<Scene> {
  const scene = await openScene(options);
  await chooseStewards(scene, 'jon', ['jon', 'amira']);
  await setUpDigest(scene, 'jon', settings);
  return scene;
}

/** Shares one, and tells this much of it: answers by the id of their input. */
export async function tell(
  office: Office,
  who: string,
  summary: string,
  answers: Record<string, string> = {},
  chosen: Chosen = {},
): Promise<void> {
  const person = office.workspace.person(who);
  await share(office, who, summary, chosen);
  for (const [block, value] of Object.entries(answers)) await person.change('view', block, value);
  await person.submit();
  if (person.view() !== undefined) await person.close();
}

/** *Tell more* about a near-miss, by the topic and the id of the input. */
export async function tellMoreOf(
  office: Office,
  who: string,
  name: string,
  [topic, title, block]: [string, string, string],
  words: string,
): Promise<void> {
  const person = office.workspace.person(who);
  const shown = await show(office, who, name);
  await person.press({ channel: shown.channel, ts: shown.ts }, 'tell_more');
  await modalOf(office, who, 'Tell more', 'answered');
  await person.press('view', { block_id: topic });
  await modalOf(office, who, title, block);
  await person.change('view', block, words);
  expect((await person.submit()).errors).toEqual({});
  await person.close({ all: true });
}

/** What another team could borrow from it. */
export function lend(office: Office, who: string, name: string, practice: string): Promise<void> {
  return tellMoreOf(office, who, name, ['went_right', 'What went right', 'practice'], practice);
}

/** `/nearmiss digest now`, confirmed. */
export async function publishNow(office: Office, who: string): Promise<void> {
  const person = office.workspace.person(who);
  await person.command('payments-ops', '/nearmiss digest now');
  await modalOf(office, who, 'Publish the digest now?', 'posted in');
  await person.submit();
  await modalOf(office, who, 'The weekly digest', 'It is on its way.');
  await person.close();
}

const isParent = ({ text }: Message) => text.startsWith('What we learned');

/** The parent of the last digest in a channel, once there are so many of them. */
export function digestIn({ workspace }: Office, channel = 'learning', count = 1): Promise<Message> {
  return workspace.until(
    () => {
      const parents = workspace.person('jon').messages(channel).filter(isParent);
      return parents.length === count ? parents.at(-1) : undefined;
    },
    { what: `${count} digests in ${channel}` },
  );
}

/** What hangs under a message, once there are so many replies. */
export function repliesTo(
  { workspace }: Office,
  { channel, ts }: Message,
  count: number,
): Promise<Message[]> {
  return workspace.until(
    () => {
      const [, ...replies] = workspace.person('jon').thread(channel, ts);
      return replies.length === count ? replies : undefined;
    },
    { what: `${count} replies in the thread` },
  );
}

/** A reply that says this, once it does. */
export function replyWith({ workspace }: Office, { channel, ts }: Message, has: string): Promise<Message> {
  return workspace.until(
    () =>
      workspace
        .person('jon')
        .thread(channel, ts)
        .slice(1)
        .find((reply) => JSON.stringify(reply).includes(has)),
    { what: `a reply with "${has}"` },
  );
}

/** The parent of the preview in somebody's messages from the app, once it stands there. */
export function previewOf({ workspace }: Office, who: string): Promise<Message> {
  return workspace.until(
    () =>
      workspace
        .person(who)
        .dm()
        .find(({ text }) => text.startsWith('Preview. What')),
    {
      what: `${who} to see a preview`,
    },
  );
}

/** `/nearmiss digest preview`, and how it is answered. */
export async function askForPreview(office: Office, who: string, answer: string): Promise<void> {
  await office.workspace.person(who).command('payments-ops', '/nearmiss digest preview');
  await ephemeralOf(office, who, answer);
}
