import type { IncomingMessage, ServerResponse } from 'node:http';
import { parse } from 'node:querystring';
import { type App as Bolt, HTTPModuleFunctions, HTTPResponseAck, type Receiver } from '@slack/bolt';
import type { Logger as SlackLogger } from '@slack/logger';
import type { Logger } from 'pino';
import { isBody, jsonOf, noteLeftOut } from './readable-payload.ts';
import { BODY_LIMITS, bodyReader, type ReadBody, type Refused } from './request-body.ts';
import { isSigned, signatureIn } from './signature.ts';
import { quietLogger } from './slack-logger.ts';

/** Where Bolt waits for what Slack posts, and who takes a request and gives Bolt those that it can read. */
type OverHttp = {
  receiver: Receiver;
  take: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
};

/**
 * Bolt's own receiver looks into what is signed without asking whether it is there. Asked before it, everything
 * would be verified and parsed twice, which is a fifth of what a Save costs; so it is done here, once.
 */
export function overHttp(signingSecret: string, { now, log }: { now: () => number; log: Logger }): OverHttp {
  const logger = quietLogger(log);
  const read = bodyReader(BODY_LIMITS);
  let bolt: Bolt | undefined;
  const turnAway = (response: ServerResponse, status: number, why: string) => {
    log.warn({ why }, 'a request is turned away');
    // The rest of a body that is not wanted is not waited for.
    response.writeHead(status, { connection: 'close' }).end();
  };
  const leaveOut = (response: ServerResponse, error?: unknown) => {
    noteLeftOut(log, 'http', error);
    if (!response.headersSent) response.writeHead(400).end();
  };
  return {
    // The server is there before Bolt, and after it.
    receiver: { init: (app) => void (bolt = app), start: done, stop: done },
    async take(request, response) {
      const arrived = await arrivedIn(request, { signingSecret, now, read });
      if ('wrong' in arrived) return turnAway(response, arrived.status, arrived.wrong);
      const { body } = arrived;
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

/** What Slack sent, which may be anything, also nothing; or why it is not taken. */
type Arrived = { body: unknown } | Refused;

/** What has no signature is not read, but for what Slack asks without one, which is short. */
async function arrivedIn(
  request: IncomingMessage,
  { signingSecret, now, read }: { signingSecret: string; now: () => number; read: ReadBody },
): Promise<Arrived> {
  const isForm = request.headers['content-type'] === FORM;
  const signature = signatureIn(request.headers, now());
  if ('wrong' in signature) {
    const refused = { status: 401, wrong: signature.wrong };
    return isForm && isShort(request) ? sslCheckOr(refused, await read(request)) : refused;
  }
  const raw = await read(request);
  if ('wrong' in raw) return raw;
  if (!isSigned(signature, raw, signingSecret))
    return { status: 401, wrong: 'its signature is not for this' };
  const text = raw.toString();
  return { body: isForm ? formBody(parse(text)) : jsonOf(text) };
}

const FORM = 'application/x-www-form-urlencoded';

/** Room enough for `ssl_check` and a token. */
const SSL_CHECK_BYTES = 1024;
const isShort = ({ headers }: IncomingMessage) => Number(headers['content-length']) <= SSL_CHECK_BYTES;

/** Of what is not signed nothing else is believed. */
function sslCheckOr(refused: Refused, raw: Buffer | Refused): Arrived {
  if ('wrong' in raw) return raw;
  return parse(raw.toString()).ssl_check === '1' ? { body: { ssl_check: '1' } } : refused;
}

/** A command is the form itself; of everything else one field is JSON. */
function formBody(fields: NodeJS.Dict<string | string[]>): unknown {
  return typeof fields.payload === 'string' ? jsonOf(fields.payload) : fields;
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
