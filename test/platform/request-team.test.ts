import { expect, test } from 'vitest';
import { type Asked, teamsOf } from '../../src/slack/platform/request-team.ts';

const REQUESTS: [string, Asked, string][] = [
  ['a command', { team_id: 'T_OURS' }, 'T_OURS'],
  ['something pressed', { team: { id: 'T_OURS' }, user: { team_id: 'T_OURS' } }, 'T_OURS'],
  [
    'something pressed by somebody of another organisation, in a channel both share',
    { team: { id: 'T_OURS' }, user: { team_id: 'T_THEIRS' } },
    'T_OURS',
  ],
  [
    'something pressed where the app is installed for a whole organisation',
    { team: null, user: { team_id: 'T_OURS' } },
    'T_OURS',
  ],
  [
    'a modal that somebody of another organisation opened from a message of ours',
    { team: { id: 'T_THEIRS' }, view: { app_installed_team_id: 'T_OURS', team_id: 'T_THEIRS' } },
    'T_OURS',
  ],
  [
    'an event that began in another organisation',
    { team_id: 'T_THEIRS', authorizations: [{ team_id: 'T_OURS' }] },
    'T_OURS',
  ],
];

test.each(REQUESTS)('the team of %s is the one the app is installed in', (_what, request, team) => {
  expect(teamsOf(request)[0]).toBe(team);
});

test('where a request names another team, the message under which something was pressed still says ours', () => {
  const pressed = { team: { id: 'T_THEIRS' }, user: { team_id: 'T_THEIRS' }, message: { team: 'T_OURS' } };
  expect(teamsOf(pressed)).toContain('T_OURS');
});
