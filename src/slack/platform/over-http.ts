import type { IncomingMessage, ServerResponse } from 'node:http';
import { type BufferedIncomingMessage, HTTPModuleFunctions, HTTPReceiver, isRawBodyError } from '@slack/bolt';
import type { Logger } from 'pino';
import { isBody, noteLeftOut } from './readable-payload.ts';
import { quietLogger } from './slack-logger.ts';

/** Bolt's receiver for what Slack posts, and who takes a request and gives it those that it can read. */
export type OverHttp = {
  receiver: HTTPReceiver;
  take: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
};

export function overHttp(signingSecret: string, log: Logger): OverHttp {
  const receiver = new HTTPReceiver({
    signingSecret,
    logger: quietLogger(log),
    processEventErrorHandler({ error, response }) {
      noteLeftOut(log, 'http', error);
      if (!response.headersSent) response.writeHead(400).end();
      // Answered: nobody is to be waited for.
      return Promise.resolve(true);
    },
  });
  return {
    receiver,
    async take(request, response) {
      const signed = await verified(request, signingSecret).catch((error: unknown) => {
        log.warn({ why: error instanceof Error ? error.message : 'unknown' }, 'a request is turned away');
        // The rest of a body that is too long is not waited for.
        response.writeHead(isRawBodyError(error) ? error.statusCode : 401, { connection: 'close' }).end();
      });
      if (signed === undefined) return;
      if (isBody(bodyOf(signed))) return receiver.requestListener(signed, response);
      noteLeftOut(log, 'http');
      response.writeHead(400).end();
    },
  };
}

/** Its body stays with the request, where Bolt finds it and verifies it once more. */
function verified(request: IncomingMessage, signingSecret: string): Promise<BufferedIncomingMessage> {
  const { defaultBodyLimit: bodyLimit, parseAndVerifyHTTPRequest } = HTTPModuleFunctions;
  return parseAndVerifyHTTPRequest({ signingSecret, bodyLimit }, request);
}

/** Nothing, where it is not what its type says: an error about it would quote it. */
function bodyOf(request: BufferedIncomingMessage): unknown {
  try {
    return HTTPModuleFunctions.parseHTTPRequestBody(request);
  } catch {
    return undefined;
  }
}
