import type { Json } from '../json.ts';
import type { Core } from '../state/core.ts';
import { answerOf, Refusal } from '../state/refusal.ts';
import { requireScope } from '../state/visibility.ts';
import { requireArguments } from './arguments.ts';
import { isMethod, type Method, methodFacts } from './method-facts.ts';
import { methods } from './methods.ts';

function requireToken(core: Core, method: Method, token: string): void {
  if (!token) throw new Refusal('not_authed');
  const [right, wrong] =
    method === 'apps.connections.open' ? [core.appToken, core.botToken] : [core.botToken, core.appToken];
  if (token === wrong) throw new Refusal('not_allowed_token_type');
  if (token !== right) throw new Refusal('invalid_auth');
  if (right === core.botToken && core.tokenError) throw new Refusal(core.tokenError);
}

/** What Slack says to a call: first the token, scopes and arguments are looked at, then the method does its work. */
export const runMethod = (core: Core, name: string, token: string, args: Json): Json =>
  answerOf(() => {
    if (!isMethod(name)) throw new Refusal('unknown_method', { req_method: name });
    requireToken(core, name, token);
    requireScope(core, ...methodFacts[name].scopes);
    requireArguments(name, args);
    return methods[name](core, args);
  });
