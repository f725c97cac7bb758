import { type Json, object, parsed, text } from '../json.ts';
import { type Core, changed, keepTexts } from '../state/core.ts';
import { answerOf } from '../state/refusal.ts';
import type { Call } from '../state/traffic.ts';
import { readArguments, typedArguments } from '../web-api/arguments.ts';
import { isMethod } from '../web-api/method-facts.ts';
import { runMethod } from '../web-api/run-method.ts';
import type { CallFaults, Strike, Trouble } from './call-faults.ts';
import type { CallLimits } from './call-limits.ts';
import { responseBody, useResponseUrl } from './response-urls.ts';

/** An HTTP answer, or `drop` for a connection that is cut without one. */
export type Answer = Response | 'drop';

/** Where a call arrives, and what may befall it there. */
export type Intake = {
  readonly core: Core;
  readonly faults: CallFaults;
  readonly limits: CallLimits;
};

function respond(core: Core, body: Json, status = 200, headers: Record<string, string> = {}): Response {
  const scopes = [...core.installation.scopes].join(',');
  return Response.json(body, {
    status,
    headers: { 'x-oauth-scopes': scopes, 'x-not-slack': 'local workspace', ...headers },
  });
}

/** What a fault does instead of the answer. A fault that strikes after lets the call take effect first. */
async function struck({ trouble, released }: Strike, core: Core, call: Call): Promise<Answer | undefined> {
  if (trouble.kind === 'hold') await released;
  else call.outcome = trouble.kind === 'error' ? trouble.error : trouble.kind;
  return instead(core, trouble);
}

function limited(core: Core, retryAfter: number): Response {
  const headers = { 'retry-after': String(retryAfter) };
  return respond(core, { ok: false, error: 'ratelimited' }, 429, headers);
}

function instead(core: Core, trouble: Trouble): Answer | undefined {
  switch (trouble.kind) {
    case 'rate_limit':
      return limited(core, trouble.retryAfter);
    case 'http':
      return new Response('', { status: trouble.status });
    case 'error':
      return respond(core, { ok: false, error: trouble.error });
    case 'answer':
      return Response.json(trouble.body);
    case 'drop':
      return 'drop';
    default:
      return undefined;
  }
}

const strikesAfter = ({ trouble }: Strike): boolean => 'when' in trouble && trouble.when === 'after';

/** Runs one call between the faults that strike before it and those that strike after, and keeps a record. */
async function recorded(
  { core, faults, limits }: Intake,
  method: string,
  args: Json,
  run: () => { readonly body: Json; readonly answer: Response },
): Promise<Answer> {
  const call: Call = { method, args, at: core.clock.now(), outcome: 'pending', response: undefined };
  core.calls.push(call);
  keepTexts(core, args);
  const retryAfter = limits.count(method, call.at);
  if (retryAfter !== undefined) {
    call.outcome = 'ratelimited';
    return limited(core, retryAfter);
  }
  const strike = faults.strike(method, args);
  const early = strike && !strikesAfter(strike) ? await struck(strike, core, call) : undefined;
  if (early) return early;
  const { body, answer } = run();
  call.response = body;
  call.outcome = body.ok === true ? 'ok' : text(body.error);
  changed(core, { what: 'call' });
  const late = strike && strikesAfter(strike) ? await struck(strike, core, call) : undefined;
  return late ?? answer;
}

/** Answers one call of the Web API. */
export async function answerCall(intake: Intake, name: string, request: Request): Promise<Answer> {
  const { core } = intake;
  const given = await readArguments(request);
  const token = request.headers.get('authorization')?.replace(/^Bearer /, '') ?? text(given.token);
  const args = isMethod(name) ? typedArguments(core, name, given) : given;
  return recorded(intake, name, args, () => {
    const body = runMethod(core, name, token, args);
    return { body, answer: respond(core, body) };
  });
}

const gone = new Set<unknown>(['used_url', 'expired_url', 'invalid_url']);

/** Takes what the app sends to a response_url. */
export async function answerResponseUrl(intake: Intake, id: string, request: Request): Promise<Answer> {
  const said = parsed(await request.text());
  return recorded(intake, 'response_url', responseBody(said), () => {
    const body = answerOf(() => useResponseUrl(intake.core, id, object(said)));
    const status = gone.has(body.error) ? 404 : 400;
    return { body, answer: body.ok === true ? new Response('ok') : Response.json(body, { status }) };
  });
}
