import { isObject } from '../json.ts';
import { id } from './composition.ts';
import { richText } from './rich-text.ts';
import { all, boolean, byType, fields, list, number, oneOf, problem, type Rule, string } from './rules.ts';

const label = string({ min: 1, max: 20 });
const cell = byType({
  raw_text: fields({ type: oneOf('raw_text'), text: string() }),
  raw_number: fields({ type: oneOf('raw_number'), value: number({ whole: false }) }, { text: string() }),
  rich_text: richText,
});

const tableText: Rule = (value, at) =>
  JSON.stringify(isObject(value) ? value.rows : []).length > 10_000
    ? [problem(at, 'the cells of a table may hold 10000 characters in all')]
    : [];

/** A table; messages only, one each. */
export const table: Rule = all(
  fields(
    { type: oneOf('table'), rows: list(list(cell, { min: 1, max: 20 }), { min: 1, max: 100 }) },
    {
      block_id: id,
      column_settings: list(fields({}, { align: oneOf('left', 'center', 'right'), is_wrapped: boolean }), {
        max: 20,
      }),
    },
  ),
  tableText,
);

const series = fields({
  name: label,
  data: list(fields({ label, value: number({ whole: false }) }), { min: 1, max: 20 }),
});

/** Slack draws a point only under a category that the axis has, and one series under one name. */
const seriesMatchAxis: Rule = (value, at) => {
  if (!isObject(value) || !isObject(value.axis_config) || !Array.isArray(value.series)) return [];
  const { categories } = value.axis_config;
  const known = new Set(Array.isArray(categories) ? categories : []);
  const drawn = value.series.filter(isObject);
  const names = drawn.map((each) => each.name);
  return [
    ...(new Set(names).size === names.length ? [] : [problem(`${at}/series`, 'series names must differ')]),
    ...drawn.flatMap((each, index) =>
      (Array.isArray(each.data) ? each.data : []).flatMap((point, at2) =>
        isObject(point) && known.has(point.label)
          ? []
          : [problem(`${at}/series/${index}/data/${at2}/label`, 'must be one of the categories')],
      ),
    ),
  ];
};

const chartOfSeries = (type: string): Rule =>
  all(
    fields({
      type: oneOf(type),
      series: list(series, { min: 1, max: 6 }),
      axis_config: fields(
        { categories: list(label, { min: 1, max: 20 }) },
        { x_label: string({ max: 50 }), y_label: string({ max: 50 }) },
      ),
    }),
    seriesMatchAxis,
  );

/** A chart; messages only, two each. */
export const dataVisualization: Rule = fields(
  {
    type: oneOf('data_visualization'),
    title: string({ min: 1, max: 50 }),
    chart: byType({
      pie: fields({
        type: oneOf('pie'),
        segments: list(fields({ label, value: number({ min: Number.MIN_VALUE, whole: false }) }), {
          min: 1,
          max: 6,
        }),
      }),
      bar: chartOfSeries('bar'),
      area: chartOfSeries('area'),
      line: chartOfSeries('line'),
    }),
  },
  { block_id: id },
);
