import { WebClient } from '@slack/web-api';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { type Described, roleOf } from '../../src/slack/platform/describe-person.ts';
import { peopleOf } from '../../src/slack/platform/people.ts';
import { STANDING_MS, standingsAt } from '../../src/slack/platform/standings.ts';

const US = 'T_ACME';

test.each<[string, Described, string]>([
  ['a colleague', { id: 'U1', team_id: US }, 'member'],
  ['somebody of whom no team is said', { id: 'U1' }, 'member'],
  ['a guest of several channels', { id: 'U1', team_id: US, is_restricted: true }, 'guest'],
  ['a guest of one', { id: 'U1', team_id: US, is_ultra_restricted: true }, 'guest'],
  ['a stranger', { id: 'U1', team_id: US, is_stranger: true }, 'external'],
  ['somebody of another team', { id: 'U1', team_id: 'T_OTHER' }, 'external'],
  ['a stranger who is also a guest', { id: 'U1', is_stranger: true, is_restricted: true }, 'external'],
  ['somebody who was deactivated', { id: 'U1', team_id: US, deleted: true }, 'gone'],
  ['a guest who was', { id: 'U1', team_id: US, is_restricted: true, deleted: true }, 'gone'],
  ['an app', { id: 'U1', team_id: US, is_bot: true }, 'app'],
  ['Slackbot, which Slack does not call an app', { id: 'USLACKBOT', team_id: US, is_bot: false }, 'app'],
])('%s', (_who, user, standing) => {
  expect(roleOf(user, US)).toBe(standing);
});

describe('what Slack said somebody is', () => {
  function known() {
    let time = 0;
    return { standings: standingsAt(() => time), at: (to: number) => void (time = to) };
  }

  test('counts for five minutes from when it was asked, and not a moment longer', () => {
    const { standings, at } = known();
    const answer = standings.asking();
    at(60_000);
    answer.learn('U1', 'member');
    at(STANDING_MS - 1);
    expect(standings.said('U1')).toBe('member');
    expect(standings.said('U1', 60_000)).toBeUndefined();
    at(STANDING_MS);
    expect(standings.said('U1')).toBeUndefined();
  });

  test('is no fresher for a clock that was set back', () => {
    const { standings, at } = known();
    at(10 * STANDING_MS);
    standings.asking().learn('U1', 'member');
    at(STANDING_MS);
    expect(standings.said('U1')).toBeUndefined();
  });

  test('counts no more once they changed, nor does an answer that was asked for before', () => {
    const { standings } = known();
    standings.asking().learn('U1', 'member');
    const late = standings.asking();
    standings.changed('U1', 'guest');
    late.learn('U1', 'member');
    late.learn('U2', 'member');
    expect([late.isNewest('U1'), late.isNewest('U2')]).toEqual([false, true]);
    expect(standings.said('U1')).toBe('guest');
    expect(standings.said('U2')).toBe('member');
  });

  test('is asked where an event says that they may do more', () => {
    const { standings } = known();
    standings.asking().learn('U1', 'guest');
    standings.changed('U1', 'member');
    expect(standings.said('U1')).toBeUndefined();
  });
});

test('a payload of another team outranks what was known of somebody, and one of ours changes nothing', () => {
  const client = new WebClient('xoxb-never-used');
  const people = peopleOf(
    { client, background: client },
    { teamId: US, scopes: new Set() },
    { now: Date.now, log: pino({ level: 'silent' }) },
  );
  people.changed({ id: 'U1', team_id: US });
  people.changed({ id: 'U2', team_id: US, is_restricted: true });
  for (const id of ['U1', 'U2', 'U3']) people.heard(id, US);
  expect(['U1', 'U2', 'U3'].map((id) => people.known(id)?.standing)).toEqual(['member', 'guest', undefined]);
  people.heard('U1', 'T_OTHER');
  expect(people.known('U1')?.standing).toBe('external');
});
