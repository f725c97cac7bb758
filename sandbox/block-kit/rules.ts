import { isObject } from '../json.ts';

/** Something Slack would not take: where (a JSON pointer), what, and Slack's error if not the usual one. */
export type Problem = { readonly pointer: string; readonly message: string; readonly error?: string };

/** Says what is wrong with a value that stands at a pointer. Nothing, if all is well. */
export type Rule = (value: unknown, at: string) => Problem[];

type Fields = Readonly<Record<string, Rule>>;

export const problem = (pointer: string, message: string, error?: string): Problem =>
  error ? { pointer, message, error } : { pointer, message };

/** Text counted as it is sent, in UTF-16 units: nobody documents how Slack counts, and this never undercounts. */
export function string({
  min = 0,
  max = Number.POSITIVE_INFINITY,
  like = undefined as RegExp | undefined,
} = {}): Rule {
  return (value, at) => {
    if (typeof value !== 'string') return [problem(at, 'must be a string')];
    if (value.length < min) return [problem(at, `must be more than ${min - 1} characters`)];
    if (value.length > max)
      return [problem(at, `must be less than ${max + 1} characters, is ${value.length}`)];
    return like && !like.test(value) ? [problem(at, `must look like ${like.source}`)] : [];
  };
}

export const boolean: Rule = (value, at) =>
  typeof value === 'boolean' ? [] : [problem(at, 'must be true or false')];

export function number({
  min = Number.NEGATIVE_INFINITY,
  max = Number.POSITIVE_INFINITY,
  whole = true,
} = {}): Rule {
  return (value, at) => {
    const fits = typeof value === 'number' && (whole ? Number.isInteger(value) : Number.isFinite(value));
    return fits && value >= min && value <= max
      ? []
      : [problem(at, `must be a number from ${min} to ${max}`)];
  };
}

export function oneOf(...allowed: readonly string[]): Rule {
  return (value, at) =>
    typeof value === 'string' && allowed.includes(value)
      ? []
      : [problem(at, `must be one of ${allowed.join(', ')}`)];
}

export function list(rule: Rule, { min = 0, max = Number.POSITIVE_INFINITY } = {}): Rule {
  return (value, at) => {
    if (!Array.isArray(value)) return [problem(at, 'must be an array')];
    const count =
      value.length < min
        ? [problem(at, `no fewer than ${min} items allowed`)]
        : value.length > max
          ? [problem(at, `no more than ${max} items allowed, there are ${value.length}`)]
          : [];
    return [...count, ...value.flatMap((item, index) => rule(item, `${at}/${index}`))];
  };
}

/** An object with exactly these fields; Slack refuses fields that it does not know. */
export function fields(required: Fields, optional: Fields = {}): Rule {
  const known = new Map(Object.entries({ ...required, ...optional }));
  return (value, at) => {
    if (!isObject(value)) return [problem(at, 'must be an object')];
    const missing = Object.keys(required).filter((key) => value[key] === undefined);
    return [
      ...missing.map((key) => problem(at, `missing required field: ${key}`)),
      ...Object.entries(value).flatMap(([key, given]) => {
        const rule = known.get(key);
        if (given === undefined) return [];
        return rule ? rule(given, `${at}/${key}`) : [problem(at, `invalid additional property: ${key}`)];
      }),
    ];
  };
}

/** Chooses the rule by the object's `type`; a type that is not among them may not stand here. */
export function byType(rules: Readonly<Record<string, Rule>>): Rule {
  return (value, at) => {
    if (!isObject(value)) return [problem(at, 'must be an object')];
    const rule =
      typeof value.type === 'string' && Object.hasOwn(rules, value.type) ? rules[value.type] : undefined;
    return rule ? rule(value, at) : [problem(at, `unsupported type: ${String(value.type)}`)];
  };
}

/** All of these rules at once. */
export function all(...rules: readonly Rule[]): Rule {
  return (value, at) => rules.flatMap((rule) => rule(value, at));
}

/** A rule between fields, asked only of objects. */
export function when(holds: (value: Record<string, unknown>) => boolean, message: string): Rule {
  return (value, at) => (isObject(value) && holds(value) ? [problem(at, message)] : []);
}
