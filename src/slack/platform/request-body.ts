import type { IncomingMessage } from 'node:http';

/** A request that is not taken, and the status it is answered with. */
export type Refused = { status: number; wrong: string };

/** Reads the body of a request, as far as there is room for it. Never throws. */
export type ReadBody = (request: IncomingMessage) => Promise<Buffer | Refused>;

/** In bytes. */
type BodyLimits = { each: number; inAll: number };

/**
 * A view may be 250 KB, and a form needs nine bytes for a character of Chinese that is three. What is in all may be
 * held for strangers, who can send a signature that is none: it is known as such only when all of it is there.
 */
export const BODY_LIMITS: BodyLimits = { each: 1024 * 1024, inAll: 32 * 1024 * 1024 };

/** Of all that is read at one time, no more is held than the limits say. */
export function bodyReader({ each, inAll }: BodyLimits): ReadBody {
  const tooLong: Refused = { status: 413, wrong: 'its body is too long' };
  let held = 0;
  return (request) => {
    if (Number(request.headers['content-length']) > each) return Promise.resolve(tooLong);
    const chunks: Buffer[] = [];
    let length = 0;
    return new Promise((resolve) => {
      const end = (body: Buffer | Refused) => {
        held -= length;
        chunks.length = 0;
        request.off('data', take).off('end', finish).off('close', giveUp);
        resolve(body);
      };
      const take = (chunk: Buffer) => {
        length += chunk.length;
        held += chunk.length;
        chunks.push(chunk);
        if (length > each) end(tooLong);
        else if (held > inAll) end({ status: 503, wrong: 'too much is on its way at once' });
      };
      const finish = () => end(Buffer.concat(chunks, length));
      const giveUp = () => end({ status: 400, wrong: 'it ends in its middle' });
      // Which is followed by its end.
      request.on('error', () => undefined);
      request.on('data', take).on('end', finish).on('close', giveUp);
    });
  };
}
