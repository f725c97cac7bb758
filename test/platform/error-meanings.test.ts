import { WebAPIPlatformError } from '@slack/web-api';
import { describe, expect, test } from 'vitest';
import { meaningOf } from '../../src/slack/platform/error-meanings.ts';
import {
  isPassing,
  isTokenRefused,
  outcomeOf,
  outcomeOfLook,
} from '../../src/slack/platform/slack-errors.ts';

const saying = (error: string) => new WebAPIPlatformError({ ok: false, error });

describe('what an error of Slack means for a new message', () => {
  test.each([
    ['ratelimited', 'later'],
    ['rate_limited', 'later'],
    ['message_limit_exceeded', 'later'],
    ['team_added_to_org', 'later'],
    ['org_login_required', 'later'],
    ['external_channel_migrating', 'later'],
    ['internal_error', 'unsure'],
    ['service_unavailable', 'unsure'],
    ['<!doctype html>', 'unsure'],
    ['invalid_blocks', 'refused'],
    ['is_archived', 'refused'],
    ['restricted_action_read_only_channel', 'refused'],
    ['token_revoked', 'later'],
    ['missing_argument', 'mistaken'],
    ['a_code_of_tomorrow', 'unexplained'],
  ])('%s: %s', (code, kind) => {
    expect(outcomeOf(saying(code), false).kind).toBe(kind);
  });

  test('what may have been done is simply done again where that does no harm', () => {
    expect(outcomeOf(saying('fatal_error'), true).kind).toBe('later');
  });
});

test('a workspace on its way into an organisation is not a token that is no good', () => {
  for (const code of ['org_login_required', 'team_added_to_org']) {
    expect(isTokenRefused(saying(code))).toBe(false);
    expect(isPassing(saying(code))).toBe(true);
  }
  expect(isTokenRefused(saying('account_inactive'))).toBe(true);
});

test('what can never be looked at ends in a question, what passes is looked at again', () => {
  expect(outcomeOfLook(saying('missing_scope')).kind).toBe('cannot_look');
  expect(outcomeOfLook(saying('a_code_of_tomorrow')).kind).toBe('cannot_look');
  expect(outcomeOfLook(saying('ratelimited')).kind).toBe('unsure');
});

test('a name every object has is no code anybody knows', () => {
  for (const code of ['constructor', '__proto__', 'tostring', '']) expect(meaningOf(code)).not.toBe('passes');
});
