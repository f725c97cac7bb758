/** Any JSON object. Slack's objects are kept as they travel, so that what a test reads is what was sent. */
export type Json = Record<string, unknown>;

/** What came over the wire is unknown until looked at; these look at it. */
export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const object = (value: unknown): Json => (isObject(value) ? value : {});

export const objects = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isObject) : []);

export const text = (value: unknown): string => (typeof value === 'string' ? value : '');

export const optionalText = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

export const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];

/** Form-encoded arguments arrive as text, so `true` and `"true"` and `1` all mean yes. */
export const truthy = (value: unknown): boolean =>
  value === true || value === 'true' || value === '1' || value === 1;

/** The JSON in a string, or the string itself where it is none. */
export function parsed(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
