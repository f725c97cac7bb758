import type { Reader } from './names.ts';

const formats: Record<string, Intl.DateTimeFormatOptions> = {
  date: { day: 'numeric', month: 'long', year: 'numeric' },
  date_long: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  date_short: { day: 'numeric', month: 'short', year: 'numeric' },
  time: { hour: '2-digit', minute: '2-digit' },
  time_secs: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
};

function inZone(reader: Reader, at: number, format: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: reader.person.tz, ...format })
    .format(at)
    .replaceAll(',', '');
}

const numeric = (reader: Reader, at: number) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: reader.person.tz }).format(at);

/** The instant a message timestamp stands for, in milliseconds. */
export const instant = (ts: string): number => Number(ts) * 1000;

export const timeOfDay = (reader: Reader, at: number): string => inZone(reader, at, formats.time ?? {});

/** A time with its day, as it is read out when pointing at it. */
export const fullTime = (reader: Reader, at: number): string =>
  `${inZone(reader, at, { weekday: 'long', day: 'numeric', month: 'long' })}, ${timeOfDay(reader, at)}`;

/** The day as a heading between messages. Years are left out while it is this one. */
export function dayWords(reader: Reader, at: number): string {
  return nearbyDay(reader, at) ?? inZone(reader, at, { weekday: 'long', day: 'numeric', month: 'long' });
}

function nearbyDay(reader: Reader, at: number): string | undefined {
  const day = 86_400_000;
  if (numeric(reader, at) === numeric(reader, reader.now)) return 'Today';
  if (numeric(reader, at) === numeric(reader, reader.now - day)) return 'Yesterday';
  if (numeric(reader, at) === numeric(reader, reader.now + day)) return 'Tomorrow';
  return undefined;
}

/** Fills in a date format such as `{date_short} at {time}` in the reader's own zone, as Slack's clients do. */
export function slackDate(reader: Reader, seconds: number, format: string): string {
  const at = seconds * 1000;
  return format.replaceAll(/\{(\w+)\}/g, (whole, token: string) => {
    if (token === 'date_num') return numeric(reader, at);
    if (token.endsWith('_pretty')) {
      const near = nearbyDay(reader, at);
      return near ?? inZone(reader, at, formats[token.replace('_pretty', '')] ?? {});
    }
    const known = formats[token];
    return known ? inZone(reader, at, known) : whole;
  });
}
