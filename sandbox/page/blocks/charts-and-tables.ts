import { isObject, type Json, object, objects, text, texts } from '../../json.ts';
import { html, type Markup } from '../markup.ts';
import type { Reader } from '../names.ts';
import { richText } from './rich-text.ts';

type Row = { readonly label: string; readonly values: readonly number[] };

const amount = (value: unknown): number => (typeof value === 'number' ? value : 0);

function rowsOf(drawn: Json): Row[] {
  if (drawn.type === 'pie')
    return objects(drawn.segments).map((each) => ({ label: text(each.label), values: [amount(each.value)] }));
  const series = objects(drawn.series);
  return texts(object(drawn.axis_config).categories).map((category) => ({
    label: category,
    values: series.map((each) => amount(objects(each.data).find((point) => point.label === category)?.value)),
  }));
}

/** A chart as a table that can be read out, with a bar in each cell for those who see it. */
export function chart(block: Json): Markup {
  const drawn = object(block.chart);
  const rows = rowsOf(drawn);
  const most = Math.max(1, ...rows.flatMap((row) => row.values));
  const names = objects(drawn.series).map((each) => text(each.name));
  const head =
    names.length > 0
      ? html`<thead><tr><td></td>${names.map((each) => html`<th scope="col">${each}</th>`)}</tr></thead>`
      : '';
  return html`<table class="chart"><caption>${text(block.title)}</caption>${head}<tbody>${rows.map(
    (row) => html`<tr><th scope="row">${row.label}</th>${row.values.map((value) => bar(value, most))}</tr>`,
  )}</tbody></table>`;
}

const bar = (value: number, most: number): Markup =>
  html`<td><meter min="0" max="${most}" value="${Math.max(0, value)}" aria-hidden="true"></meter> ${value}</td>`;

/** A table block; its first row is its heading. */
export function table(reader: Reader, block: Json): Markup {
  const rows = Array.isArray(block.rows) ? block.rows : [];
  return html`<table class="table">${rows.map((row, index) => {
    const cells = objects(row).map((each) => cell(reader, each));
    return html`<tr>${cells.map((each) => (index === 0 ? html`<th scope="col">${each}</th>` : html`<td>${each}</td>`))}</tr>`;
  })}</table>`;
}

function cell(reader: Reader, value: Json): Markup {
  if (value.type === 'rich_text') return richText(reader, value);
  if (value.type === 'raw_number') return html`${text(value.text) || amount(value.value)}`;
  return html`${isObject(value) ? text(value.text) : ''}`;
}
