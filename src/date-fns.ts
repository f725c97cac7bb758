import { createRequire } from 'node:module';

// As an ES module one function of date-fns takes a tenth of a second and 30 MB: Node 24 reads its 199 KB
// package.json again for each of its files (nodejs/node#58126). Its CommonJS build is read once, so it is
// loaded that way, here and nowhere else.
const require = createRequire(import.meta.url);

export const { format } = require('date-fns/format') as typeof import('date-fns/format');
export const { addDays } = require('date-fns/addDays') as typeof import('date-fns/addDays');
export const { getISOWeek } = require('date-fns/getISOWeek') as typeof import('date-fns/getISOWeek');
export const { getISOWeekYear } =
  require('date-fns/getISOWeekYear') as typeof import('date-fns/getISOWeekYear');
export const { startOfDay } = require('date-fns/startOfDay') as typeof import('date-fns/startOfDay');
export const { startOfISOWeek } =
  require('date-fns/startOfISOWeek') as typeof import('date-fns/startOfISOWeek');
export const { TZDate, tz } = require('@date-fns/tz') as typeof import('@date-fns/tz');
