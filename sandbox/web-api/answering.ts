import { type Core, changed, keepTexts } from '../core.ts';
import type { Trouble } from '../faults.ts';
import { text } from '../json.ts';
import { isMethod, type Method, methodFacts } from '../method-facts.ts';
import { Refusal } from '../refusal.ts';
import type { Json } from '../state.ts';
import type { Strike, Troubles } from '../troubles.ts';
import { requireScope } from '../visibility.ts';
import type { Call } from '../workspace.ts';
import { readArguments, requireArguments, typedArguments } from './arguments.ts';
import { methods } from './methods.ts';

/** An HTTP answer, or `drop` for a connection that is cut without one. */
export type Answer = Response | 'drop';

function requireToken(core: Core, method: Method, token: string): void {
  if (!token) throw new Refusal('not_authed');
  if (method === 'apps.connections.open') {
    if (token === core.botToken) throw new Refusal('not_allowed_token_type');
    if (token !== core.appToken) throw new Refusal('invalid_auth');
    return;
  }
  if (token === core.appToken) throw new Refusal('not_allowed_token_type');
  if (token !== core.botToken) throw new Refusal('invalid_auth');
  if (core.tokenError) throw new Refusal(core.tokenError);
}

function result(core: Core, name: string, token: string, args: Json): Json {
  try {
    if (!isMethod(name)) throw new Refusal('unknown_method', { req_method: name });
    requireToken(core, name, token);
    requireScope(core, ...methodFacts[name].scopes);
    requireArguments(name, args);
    return { ok: true, ...methods[name](core, args) };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, error: error.error, ...error.details };
    throw error;
  }
}

function respond(core: Core, body: Json, status = 200, headers: Record<string, string> = {}): Response {
  const scopes = [...core.installation.scopes].join(',');
  return Response.json(body, {
    status,
    headers: { 'x-oauth-scopes': scopes, 'x-not-slack': 'local workspace', ...headers },
  });
}

/** What a fault does instead of the answer. A fault that strikes after lets the call take effect first. */
async function struck(strike: Strike, core: Core, call: Call): Promise<Answer | undefined> {
  const { trouble } = strike;
  if (trouble.kind === 'hold') await strike.released;
  else call.outcome = trouble.kind === 'error' ? trouble.error : trouble.kind;
  return instead(core, trouble);
}

function instead(core: Core, trouble: Trouble): Answer | undefined {
  switch (trouble.kind) {
    case 'rate_limit':
      return respond(core, { ok: false, error: 'ratelimited' }, 429, {
        'retry-after': String(trouble.retryAfter),
      });
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

/** Answers one Web API call: faults, then the token, scopes and arguments, then what the method does. */
export async function answerCall(
  core: Core,
  troubles: Troubles,
  name: string,
  request: Request,
): Promise<Answer> {
  const given = await readArguments(request);
  const token = request.headers.get('authorization')?.replace(/^Bearer /, '') ?? text(given.token);
  const args = isMethod(name) ? typedArguments(core, name, given) : given;
  return withTrouble(core, troubles, name, args, () => {
    const body = result(core, name, token, args);
    return { body, answer: respond(core, body) };
  });
}

/** Runs one call between the faults that strike before it and those that strike after, and keeps a record. */
export async function withTrouble(
  core: Core,
  troubles: Troubles,
  method: string,
  args: Json,
  run: () => { readonly body: Json; readonly answer: Response },
): Promise<Answer> {
  const call: Call = { method, args, at: core.clock.now(), outcome: 'pending', response: undefined };
  core.calls.push(call);
  keepTexts(core, args);
  const strike = troubles.strike(method, args);
  const early = strike && !strikesAfter(strike) ? await struck(strike, core, call) : undefined;
  if (early) return early;
  const { body, answer } = run();
  call.response = body;
  call.outcome = body.ok === true ? 'ok' : text(body.error);
  changed(core, { what: 'call' });
  const late = strike && strikesAfter(strike) ? await struck(strike, core, call) : undefined;
  return late ?? answer;
}
