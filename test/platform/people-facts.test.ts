import { WebClient } from '@slack/web-api';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { type Described, personOf, roleOf } from '../../src/slack/platform/describe-person.ts';
import { peopleOf } from '../../src/slack/platform/people.ts';
import { STANDING_MS, standingsAt } from '../../src/slack/platform/standings.ts';

const US = 'T_ACME';
const ORGANISATION = 'E_ACME';
const HOME = { teamId: US, enterpriseId: ORGANISATION };

test.each<[string, Described, string]>([
  ['a colleague', { id: 'U1', team_id: US }, 'member'],
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
  expect([roleOf(user, { teamId: US }), roleOf(user, HOME)]).toEqual([standing, standing]);
});

describe('in an organisation, a colleague whose team is said to be', () => {
  const teams: [string, string | null | undefined][] = [
    ['another workspace', 'T_SISTER'],
    ['the organisation', ORGANISATION],
    ['null', null],
    ['empty', ''],
    ['nothing', undefined],
  ];
  test.each(teams)('%s is who the workspaces they are in say', (_what, team_id) => {
    const user = { id: 'U1', ...(team_id !== undefined && { team_id }) };
    const among = (...ids: string[]) => ({ ...user, enterprise_user: { teams: ids } });
    expect(roleOf(among('T_SISTER', US), HOME)).toBe('member');
    expect(roleOf({ ...among('T_SISTER', US), is_restricted: true }, HOME)).toBe('guest');
    expect(roleOf(among('T_SISTER'), HOME)).toBe('external');
    expect(roleOf(among(), HOME)).toBe('external');
    // A workspace of ours in another organisation's account is no wonder: a stranger is one all the same.
    expect(roleOf({ ...among(US), is_stranger: true }, HOME)).toBe('external');
    for (const enterprise_user of [{}, { teams: null }]) {
      expect(roleOf({ ...user, enterprise_user }, HOME)).toBeUndefined();
      expect(personOf({ ...user, enterprise_user }, HOME).standing).toBe('unknown');
    }
  });

  test.each(teams.slice(1))('%s is nobody that is known, where no workspaces are said', (_what, team_id) => {
    const user = { id: 'U1', ...(team_id !== undefined && { team_id }) };
    expect(roleOf(user, HOME)).toBeUndefined();
    expect(personOf(user, HOME).standing).toBe('unknown');
    expect(roleOf({ ...user, deleted: true }, HOME)).toBe('gone');
  });
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

  test('counts no more where Slack says nothing of it', () => {
    const { standings } = known();
    standings.asking().learn('U1', 'member');
    standings.asking().learn('U1', undefined);
    standings.asking().learn('U2', 'guest');
    standings.changed('U2', undefined);
    expect([standings.said('U1'), standings.said('U2')]).toEqual([undefined, undefined]);
  });

  test('is asked where an event says that they may do more', () => {
    const { standings } = known();
    standings.asking().learn('U1', 'guest');
    standings.changed('U1', 'member');
    expect(standings.said('U1')).toBeUndefined();
  });
});

function peopleAt(home: { teamId: string; enterpriseId?: string }) {
  const client = new WebClient('xoxb-never-used');
  const log = pino({ level: 'silent' });
  const people = peopleOf(
    { client, background: client },
    { ...home, scopes: new Set() },
    { now: Date.now, log },
  );
  const standings = () => ['U1', 'U2', 'U3'].map((id) => people.known(id)?.standing);
  people.changed({ id: 'U1', team_id: US });
  people.changed({ id: 'U2', team_id: US, is_restricted: true });
  return { people, standings };
}

test('a payload of another team outranks what was known of somebody, and one of ours changes nothing', () => {
  const { people, standings } = peopleAt({ teamId: US });
  for (const id of ['U1', 'U2', 'U3']) people.heard(id, US);
  expect(standings()).toEqual(['member', 'guest', undefined]);
  people.heard('U1', 'T_OTHER');
  expect(standings()).toEqual(['external', 'guest', undefined]);
});

test('in an organisation a payload of another team makes no colleague external: Slack is asked, once', () => {
  const { people, standings } = peopleAt(HOME);
  expect(people.standingSaid('U2')).toBe('guest');
  for (const team of ['T_SISTER', ORGANISATION]) people.heard('U2', team);
  expect(people.standingSaid('U2')).toBeUndefined();
  people.changed({ id: 'U2', team_id: US, is_restricted: true });
  people.heard('U2', ORGANISATION);
  expect(people.standingSaid('U2')).toBe('guest');
  expect(standings()).toEqual(['member', 'guest', undefined]);
});
