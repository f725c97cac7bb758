import { type Json, object, parsed } from '../json.ts';
import { type Core, complain } from '../state/core.ts';
import { invalidArguments } from '../state/refusal.ts';
import { type ArgumentKind, type Method, type MethodFacts, methodFacts } from './method-facts.ts';

/** Arguments that Slack takes on any method without saying so. */
const knownEverywhere = new Set(['token', 'team_id', 'client_msg_id']);

/** What a request says: the address, then the body, form-encoded or JSON. */
export async function readArguments(request: Request): Promise<Json> {
  const asked = Object.fromEntries(new URL(request.url).searchParams);
  if (request.method === 'GET') return asked;
  const body = await request.text();
  const isJson = request.headers.get('content-type')?.includes('application/json') ?? false;
  return { ...asked, ...(isJson ? object(parsed(body)) : Object.fromEntries(new URLSearchParams(body))) };
}

/** Reads JSON out of the arguments that hold it, and notes the ones Slack does not know. */
export function typedArguments(core: Core, method: Method, given: Json): Json {
  const known: Readonly<Record<string, ArgumentKind>> = methodFacts[method].args;
  const args: Json = {};
  for (const [name, value] of Object.entries(given)) {
    if (name === 'token') continue;
    if (!Object.hasOwn(known, name) && !knownEverywhere.has(name))
      complain(core, `${method} does not know ${name}`);
    args[name] = known[name] === 'json' && typeof value === 'string' ? parsed(value) : value;
  }
  return args;
}

/** Refuses a call that lacks what it needs, or holds text where JSON belongs. */
export function requireArguments(method: Method, args: Json): void {
  const { required, args: known }: MethodFacts = methodFacts[method];
  const missing = required.filter((name) => args[name] === undefined || args[name] === '');
  const garbled = Object.keys(args).filter(
    (name) => known[name] === 'json' && typeof args[name] === 'string',
  );
  const problems = [
    ...missing.map((name) => ({ pointer: '', message: `missing required field: ${name}` })),
    ...garbled.map((name) => ({ pointer: `/${name}`, message: `${name} is not valid JSON` })),
  ];
  if (problems.length > 0) throw invalidArguments(problems);
}
