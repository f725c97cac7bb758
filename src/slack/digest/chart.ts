import type { AnyBlock, KnownBlock } from '@slack/types';
import { howNoticed, NOTICED_IN_SHORT } from '../../domain/digest/digest.ts';
import type { NearMiss } from '../../domain/near-miss.ts';
import { bullets, paragraph, richText } from '../platform/blocks.ts';
import type { Message } from '../platform/message.ts';

type Chart = {
  type: 'data_visualization';
  title: string;
  chart: {
    type: 'bar';
    series: { name: string; data: { label: string; value: number }[] }[];
    axis_config: { categories: string[] };
  };
};

/**
 * How these were noticed, in three forms, the first that Slack takes to be sent: a chart, a table, in words. None
 * where nobody said.
 */
export function noticedMessages(stories: NearMiss[]): Message[] {
  const counted = howNoticed(stories).slice(0, 8);
  if (counted.length === 0) return [];
  const title = 'How these were noticed';
  const rows = counted.map(({ kind, count }) => ({ label: NOTICED_IN_SHORT[kind], value: count }));
  const text = `${title}: ${rows.map(({ label, value }) => `${label} ${value}`).join(', ')}`;
  const chart: Chart = {
    type: 'data_visualization',
    title,
    chart: {
      type: 'bar',
      series: [{ name: 'Near-misses', data: rows }],
      axis_config: { categories: rows.map(({ label }) => label) },
    },
  };
  const forms: AnyBlock[][] = [
    [chart],
    [richText(paragraph({ bold: title })), noticedTable(rows)],
    [richText(paragraph({ bold: title }), bullets(rows.map(({ label, value }) => `${label}: ${value}`)))],
  ];
  return forms.map((blocks) => ({ text, blocks: blocks as KnownBlock[] }));
}

function noticedTable(rows: { label: string; value: number }[]): KnownBlock {
  const cell = (text: string) => ({ type: 'raw_text' as const, text });
  return {
    type: 'table',
    rows: [
      [cell('Noticed by'), cell('Near-misses')],
      ...rows.map(({ label, value }) => [cell(label), cell(String(value))]),
    ],
  };
}
