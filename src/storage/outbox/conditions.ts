import { OPEN, UNDELIVERED } from '../../domain/outbox/delivery.ts';
import { ALL_KINDS, KINDS, waitsForSteward } from '../../domain/outbox/kinds.ts';
import { sql } from '../drizzle.ts';

/* Which rows: in the words of the partial indexes, since SQLite uses those only for the same words. */

const oneOf = (column: string, values: readonly string[]) =>
  sql.raw(`${column} in (${values.map((value) => `'${value}'`).join(', ')})`);

/** Not decided. */
export const IS_OPEN = oneOf('state', OPEN);

/** Of a kind of which there is one for a near-miss, ever. */
export const IS_ONCE = oneOf(
  'kind',
  ALL_KINDS.filter((kind) => KINDS[kind].oncePerNearMiss),
);

/** It did not arrive, or nobody knows, and it may be the stewards who hear. */
export const MAY_WAIT = sql`${oneOf('kind', ALL_KINDS.filter(waitsForSteward))} and ${oneOf('state', UNDELIVERED)}`;

/** It is the stewards who hear, also where nobody is kept who could hear of their card. */
export const IS_FOR_STEWARDS = sql`(${oneOf(
  'kind',
  ALL_KINDS.filter((kind) => KINDS[kind].undelivered === 'stewards'),
)} or exists (select 1 from near_misses where near_misses.id = near_miss_id and near_misses.team_id = outbox.team_id and reporter_id is null))`;
