import { WebClient } from '@slack/web-api';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { manualClock } from '../../sandbox/clock.ts';
import type { WorkspaceOptions } from '../../sandbox/workspace.ts';
import { clientOptions } from '../../src/slack/platform/clients.ts';
import { peopleOf } from '../../src/slack/platform/people.ts';
import { callsOf, openWorkspace } from '../support/workspace.ts';

const MINUTE = 60_000;

const handles = (count: number) => Array.from({ length: count }, (_, at) => `p${at}`);
const people = (count: number) => handles(count).map((handle) => ({ handle }));

/** What the app knows of people in a workspace whose clock stands still, under Slack's limits. */
async function underLimits(options: Partial<WorkspaceOptions>) {
  const clock = manualClock();
  const workspace = await openWorkspace({ clock, enforcesLimits: true, ...options });
  const log = pino({ level: 'silent' });
  const client = new WebClient(workspace.botToken, clientOptions(workspace.apiUrl, log).background());
  const { scopes } = workspace.installation;
  const { id: teamId } = workspace.state.team;
  const known = peopleOf({ client, background: client }, { teamId, scopes }, { now: () => clock.now(), log });
  const idOf = (handle: string) => workspace.person(handle).id;
  const channel = (name: string) => workspace.channel(name).id;
  const asked = (method: string) => callsOf({ workspace }, method).length;
  /** Those of the channels that somebody is in, by name. */
  const where = async (handle: string, ...names: string[]) => {
    const { channels } = await known.viewer(idOf(handle), names.map(channel));
    return names.filter((name) => channels.has(channel(name)));
  };
  return { workspace, clock, known, idOf, channel, asked, where };
}

const OPS = { name: 'ops', members: ['p0', 'p1'], app: true };

describe('300 people in 60 channels within a minute, under the limits of Slack', () => {
  const named = Array.from({ length: 60 }, (_, at) => `room-${at}`);
  // Each is in five of them.
  const channels = named.map((name, room) => ({
    name,
    app: true,
    members: handles(300).filter((_, at) => (at + room) % 12 === 0),
  }));
  const isIn = (at: number, room: number) => (at + room) % 12 === 0;

  test('each asks for what is for everyone, and nobody is turned away', async () => {
    const { clock, known, idOf } = await underLimits({ people: people(300), channels });
    for (const handle of handles(300)) {
      expect((await known.viewer(idOf(handle))).standing).toBe('member');
      clock.advance(MINUTE / 300);
    }
  });

  test('each asks for what is for one of them, and nobody is turned away', async () => {
    const { clock, where, asked } = await underLimits({ people: people(300), channels });
    for (const [at, handle] of handles(300).entries()) {
      const room = (at * 7) % 60;
      expect(await where(handle, `room-${room}`)).toEqual(isIn(at, room) ? [`room-${room}`] : []);
      clock.advance(MINUTE / 300);
    }
    expect(asked('conversations.members')).toBe(60);
  });

  test('each looks at their Home, all at once, and nobody is turned away', async () => {
    const { where } = await underLimits({ people: people(300), channels });
    const homes = await Promise.all(handles(300).map((handle) => where(handle, ...named)));
    expect(homes).toEqual(handles(300).map((_, at) => named.filter((_name, room) => isIn(at, room))));
  });
});

describe('who is in a conversation', () => {
  test('is asked once for all who ask meanwhile, and for five minutes, not a moment longer', async () => {
    const { clock, where, asked } = await underLimits({ people: people(3), channels: [OPS] });
    const all = await Promise.all(handles(3).map((handle) => where(handle, 'ops')));
    expect(all).toEqual([['ops'], ['ops'], []]);
    clock.advance(5 * MINUTE - 1);
    await where('p0', 'ops');
    expect([asked('conversations.members'), asked('users.info')]).toEqual([1, 3]);
    clock.advance(1);
    await where('p0', 'ops');
    expect([asked('conversations.members'), asked('users.info')]).toEqual([2, 4]);
  });

  test('is read page by page up to 5,000, and above that each person is asked about, for hours', async () => {
    const { workspace, clock, where, asked } = await underLimits({
      people: people(5001),
      channels: [
        { name: 'most', members: handles(4999), app: true },
        { name: 'all', members: handles(5000), app: true },
      ],
    });
    expect(await where('p4998', 'most')).toEqual(['most']);
    expect([asked('conversations.members'), asked('users.conversations')]).toEqual([6, 0]);
    expect(await where('p4999', 'all')).toEqual(['all']);
    expect(await where('p5000', 'all')).toEqual([]);
    expect([asked('conversations.members'), asked('users.conversations')]).toEqual([7, 2]);
    clock.advance(60 * MINUTE);
    workspace.channel('all').members.delete(workspace.person('p4999').id);
    expect(await where('p4999', 'all')).toEqual([]);
    expect([asked('conversations.members'), asked('users.conversations')]).toEqual([7, 3]);
  });

  test('counts no more once Slack says that somebody left or joined, nor does an answer asked for before', async () => {
    const { workspace, known, idOf, channel, where } = await underLimits({
      people: people(3),
      channels: [OPS],
    });
    expect(await where('p0', 'ops')).toEqual(['ops']);
    const { members } = workspace.channel('ops');
    members.delete(idOf('p0'));
    known.changedWhere(idOf('p0'), channel('ops'));
    const late = workspace.faults.on('conversations.members', { kind: 'hold', when: 'after' });
    const asking = where('p0', 'ops');
    await late.struck;
    members.add(idOf('p0'));
    known.changedWhere(idOf('p0'), channel('ops'));
    late.release();
    expect(await asking).toEqual(['ops']);
  });

  test('one person in 3,000 of them costs four questions, and none for the next five minutes', async () => {
    const named = Array.from({ length: 3000 }, (_, at) => `c${at}`);
    const channels = named.map((name) => ({ name, members: ['p0'] }));
    const { where, asked } = await underLimits({ people: people(1), channels });
    expect(await where('p0', ...named.slice(0, 10))).toHaveLength(10);
    expect(await where('p0', ...named.slice(10, 20))).toHaveLength(10);
    expect([asked('users.conversations'), asked('conversations.members')]).toEqual([4, 0]);
  });

  test.each([
    ['an error', { kind: 'error', error: 'internal_error' }],
    ['a broken answer', { kind: 'http', status: 503 }],
    ['a cut connection', { kind: 'drop', when: 'before' }],
  ] as const)('is not known after %s, and nothing of that is kept', async (_what, trouble) => {
    const { workspace, where } = await underLimits({ people: people(2), channels: [OPS] });
    workspace.faults.on('conversations.members', trouble);
    await expect(where('p0', 'ops')).rejects.toThrow(/request|error|HTTP/i);
    expect(await where('p0', 'ops')).toEqual(['ops']);
  });

  test('is not known where Slack takes no question of either kind', async () => {
    const { workspace, where } = await underLimits({ people: people(2), channels: [OPS] });
    for (const method of ['conversations.members', 'users.conversations'])
      workspace.faults.on(method, { kind: 'rate_limit', retryAfter: 30 });
    await expect(where('p0', 'ops')).rejects.toThrow('rate-limit');
  });

  test('is nobody, where the app is not in it or was not granted its kind', async () => {
    const channels = [
      { name: 'board', kind: 'private' as const, members: ['p0'] },
      { name: 'granted', kind: 'private' as const, members: ['p0'], app: true },
      { name: 'group', kind: 'mpim' as const, members: ['p0', 'p1'], app: true },
      { name: 'direct', kind: 'im' as const, members: ['p0', 'p1'] },
    ];
    const options = { people: people(2), channels, decline: ['mpim:read'] };
    const { where } = await underLimits(options);
    for (const { name } of channels)
      expect(await where('p0', name)).toEqual(name === 'granted' ? [name] : []);
    const { where: andAtOnce } = await underLimits(options);
    expect(await andAtOnce('p0', ...channels.map(({ name }) => name))).toEqual(['granted']);
  });

  test('is not asked for somebody who is no member', async () => {
    const { known, channel, idOf, asked } = await underLimits({
      people: [
        { handle: 'p0', isRestricted: true },
        { handle: 'p1', isStranger: true },
      ],
      channels: [OPS],
    });
    for (const handle of ['p0', 'p1']) {
      const { channels } = await known.viewer(idOf(handle), [channel('ops')]);
      expect(channels).toEqual(new Set());
    }
    expect(asked('conversations.members')).toBe(0);
  });
});

test('while Slack takes no more questions about single people, one about all of them says who is a guest', async () => {
  const { workspace, known, idOf, asked } = await underLimits({
    people: [{ handle: 'p0', isRestricted: true }, { handle: 'p1' }, { handle: 'p2', isDeleted: true }],
    channels: [],
  });
  workspace.faults.on(
    'users.info',
    { kind: 'rate_limit', retryAfter: 30 },
    { times: Number.POSITIVE_INFINITY },
  );
  const all = await Promise.all(['p0', 'p1', 'p2'].map((handle) => known.viewer(idOf(handle))));
  expect(all.map(({ standing }) => standing)).toEqual(['guest', 'member', 'unknown']);
  expect(asked('users.list')).toBe(1);
  await expect(known.viewer('U_NOBODY')).rejects.toThrow('rate');
});
