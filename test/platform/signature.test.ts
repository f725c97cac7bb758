import { verifySlackRequest } from '@slack/bolt';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { signed } from '../../sandbox/wire/signed-http.ts';
import { isSigned, signatureIn } from '../../src/slack/platform/signature.ts';

const NOW = 1_764_000_000;

function isTaken(headers: Record<string, string>, body: string, secret: string): boolean {
  const signature = signatureIn(headers, NOW * 1000);
  return !('wrong' in signature) && isSigned(signature, Buffer.from(body), secret);
}

function boltTakes(headers: Record<string, string>, body: string, signingSecret: string): boolean {
  const { 'x-slack-signature': signature = '', 'x-slack-request-timestamp': seconds } = headers;
  try {
    verifySlackRequest({
      signingSecret,
      body,
      headers: { 'x-slack-signature': signature, 'x-slack-request-timestamp': Number(seconds) },
      nowMilliseconds: NOW * 1000,
    });
    return true;
  } catch {
    return false;
  }
}

const secrets = fc.string({ minLength: 1, maxLength: 40 });
const bodies = fc.string({ unit: 'binary', maxLength: 300 });

test('what Slack signed is taken, within five minutes of now; later or earlier it is not', () => {
  fc.assert(
    fc.property(secrets, bodies, fc.integer({ min: -700, max: 700 }), (secret, body, away) => {
      const headers = signed(secret, body, NOW + away);
      expect(isTaken(headers, body, secret)).toBe(Math.abs(away) <= 300);
    }),
  );
});

/** A little of each way to get it wrong. */
const changes = fc.record({
  secret: fc.option(secrets, { nil: undefined }),
  body: fc.option(bodies, { nil: undefined }),
  signature: fc.option(fc.oneof(fc.string(), fc.stringMatching(/^v0=[0-9a-f]{0,66}$/)), { nil: undefined }),
});

test('of anything else it thinks as Bolt does', () => {
  fc.assert(
    fc.property(secrets, bodies, changes, (secret, body, change) => {
      const headers = signed(secret, body, NOW);
      if (change.signature !== undefined) headers['x-slack-signature'] = change.signature;
      const sent = [headers, change.body ?? body, change.secret ?? secret] as const;
      expect(isTaken(...sent)).toBe(boltTakes(...sent));
    }),
  );
});

test.each([
  ['no time', { 'x-slack-request-timestamp': '' }],
  ['a time that is none', { 'x-slack-request-timestamp': `${NOW}x` }],
  ['another form of the time', { 'x-slack-request-timestamp': '1.764e9' }],
  ['a time below nothing', { 'x-slack-request-timestamp': `-${NOW}` }],
  ['no signature', { 'x-slack-signature': '' }],
  ['a signature of another version', { 'x-slack-signature': `v1=${'0'.repeat(64)}` }],
  ['a signature that is too short', { 'x-slack-signature': `v0=${'0'.repeat(63)}` }],
  ['a signature that is too long', { 'x-slack-signature': `v0=${'0'.repeat(65)}` }],
  ['two signatures', { 'x-slack-signature': `v0=${'0'.repeat(64)}, v0=${'0'.repeat(64)}` }],
])('with %s nothing of a request has to be read', (_name, odd) => {
  const headers = { ...signed('secret', 'body', NOW), ...odd };
  expect(signatureIn(headers, NOW * 1000)).toEqual({ wrong: 'it has no signature' });
});
