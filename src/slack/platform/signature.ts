import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** What Slack says about a request, so that it can be told from anybody else's. */
type Signature = {
  /** As it was sent: it is part of what is signed. */
  seconds: string;
  hash: Buffer;
};

/** Further from now than this it may be a request that somebody kept, and sends again. */
const LASTS_SECONDS = 5 * 60;

/**
 * The signature in the headers of a request, which say before any of its body is read whether that can be Slack's.
 * @returns why it cannot be, where there is none or it is from another time.
 */
export function signatureIn(headers: IncomingHttpHeaders, nowMs: number): Signature | { wrong: string } {
  const seconds = headers['x-slack-request-timestamp'];
  const hash = /^v0=([0-9a-f]{64})$/.exec(String(headers['x-slack-signature']))?.[1];
  if (hash === undefined || typeof seconds !== 'string' || !/^\d{1,15}$/.test(seconds))
    return { wrong: 'it has no signature' };
  if (Math.abs(Number(seconds) - Math.floor(nowMs / 1000)) > LASTS_SECONDS)
    return { wrong: 'its signature is not of now' };
  return { seconds, hash: Buffer.from(hash, 'hex') };
}

/**
 * Whether this body is what was signed. Bolt's own way of comparing takes as long as everything else that is done
 * with a request, since it hashes both sides twice more.
 */
export function isSigned({ seconds, hash }: Signature, body: Buffer, signingSecret: string): boolean {
  const ours = createHmac('sha256', signingSecret).update(`v0:${seconds}:`).update(body).digest();
  return timingSafeEqual(hash, ours);
}
