import type { IncomingMessage, ServerResponse } from 'node:http';
import { parse } from 'node:querystring';
import {
  type App as Bolt,
  HTTPModuleFunctions,
  HTTPResponseAck,
  isRawBodyError,
  type Receiver,
  verifySlackRequest,
} from '@slack/bolt';
import type { Logger as SlackLogger } from '@slack/logger';
import type { Logger } from 'pino';
import { isBody, noteLeftOut } from './readable-payload.ts';
import { quietLogger } from './slack-logger.ts';

/** Where Bolt waits for what Slack posts, and who takes a request and gives Bolt those that it can read. */
export type OverHttp = {
  receiver: Receiver;
  take: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
};

/**
 * Bolt's own receiver looks into what is signed without asking whether it is there. Asked before it, everything
 * would be verified and parsed twice, which is a fifth of what a Save costs; so that is done here, by Bolt's functions.
 */
export function overHttp(signingSecret: string, log: Logger): OverHttp {
  const logger = quietLogger(log);
  let bolt: Bolt | undefined;
  const leaveOut = (response: ServerResponse, error?: unknown) => {
    noteLeftOut(log, 'http', error);
    if (!response.headersSent) response.writeHead(400).end();
  };
  return {
    // The server is there before Bolt, and after it.
    receiver: { init: (app) => void (bolt = app), start: done, stop: done },
    async take(request, response) {
      const signed = await verified(request, signingSecret).catch((error: unknown) => {
        log.warn({ why: error instanceof Error ? error.message : 'unknown' }, 'a request is turned away');
        // The rest of a body that is too long is not waited for.
        response.writeHead(isRawBodyError(error) ? error.statusCode : 401, { connection: 'close' }).end();
      });
      if (signed === undefined) return;
      const { body } = signed;
      if (bolt === undefined || !isBody(body)) return leaveOut(response);
      if (answeredAtOnce(body, response)) return;
      const answering = answeringIn(request, body, response, logger);
      try {
        await bolt.processEvent({ body, ack: answering.bind() });
      } catch (error) {
        leaveOut(response, error);
        // Answered: nobody is to be waited for.
        answering.ack();
      }
    },
  };
}

const done = () => Promise.resolve();

/** What came with Slack's signature: anything, or nothing where it is not what its type says. */
type Signed = { body: unknown };

/** @throws what is wrong with its signature, or with its length. */
async function verified(request: IncomingMessage, signingSecret: string): Promise<Signed> {
  const { bufferIncomingMessage, defaultBodyLimit, getHeader } = HTTPModuleFunctions;
  const { rawBody } = await bufferIncomingMessage(request, defaultBodyLimit);
  const text = rawBody.toString();
  const isForm = request.headers['content-type'] === 'application/x-www-form-urlencoded';
  const fields = isForm ? parse(text) : undefined;
  // Of what need not be signed nothing else is believed.
  if (fields?.ssl_check === '1') return { body: { ssl_check: '1' } };
  verifySlackRequest({
    signingSecret,
    body: text,
    headers: {
      'x-slack-signature': getHeader(request, 'x-slack-signature'),
      'x-slack-request-timestamp': Number(getHeader(request, 'x-slack-request-timestamp')),
    },
  });
  // A command is the form itself; of everything else one field is JSON.
  if (fields !== undefined && typeof fields.payload !== 'string') return { body: fields };
  return { body: jsonOf(fields === undefined ? text : String(fields.payload)) };
}

/** Nothing, where it is none: an error about it would quote it. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What Slack asks to see whether somebody is there. */
function answeredAtOnce(body: Record<string, unknown>, response: ServerResponse): boolean {
  const { buildSSLCheckResponse, buildUrlVerificationResponse } = HTTPModuleFunctions;
  if (body.ssl_check === '1') buildSSLCheckResponse(response);
  else if (body.type === 'url_verification') buildUrlVerificationResponse(response, body);
  else return false;
  return true;
}

/** The one answer to a request. Where no listener gives it, the log and Slack hear so after three seconds. */
function answeringIn(
  request: IncomingMessage,
  body: Record<string, unknown>,
  response: ServerResponse,
  logger: SlackLogger,
): HTTPResponseAck {
  return new HTTPResponseAck({
    logger,
    processBeforeResponse: false,
    httpRequest: request,
    httpRequestBody: body,
    httpResponse: response,
  });
}
