import type { ViewOutput } from '@slack/bolt';
import { saysSomething } from '../../domain/text/says-something.ts';

/** What a person typed and chose in a view, by block id. The one place that knows how Slack sends it. */
export type Entered = {
  /** Trimmed; undefined when it says nothing. */
  text: (blockId: string) => string | undefined;
  /** Exactly as typed. */
  raw: (blockId: string) => string;
  chosen: (blockId: string) => string | undefined;
  ticked: (blockId: string) => boolean;
  people: (blockId: string) => string[];
  conversation: (blockId: string) => string | undefined;
  /** `HH:mm`. */
  time: (blockId: string) => string | undefined;
  /** `YYYY-MM-DD`. */
  date: (blockId: string) => string | undefined;
  has: (blockId: string) => boolean;
};

/** Reads the values of a view; every block of ours holds one element. */
export function entered(view: Pick<ViewOutput, 'state'>): Entered {
  const element = (blockId: string) => Object.values(view.state.values[blockId] ?? {})[0];
  return {
    text(blockId) {
      const value = element(blockId)?.value?.trim() ?? '';
      return saysSomething(value) ? value : undefined;
    },
    raw: (blockId) => element(blockId)?.value ?? '',
    chosen: (blockId) => element(blockId)?.selected_option?.value ?? undefined,
    ticked: (blockId) => (element(blockId)?.selected_options ?? []).length > 0,
    people: (blockId) => element(blockId)?.selected_users ?? [],
    conversation: (blockId) => element(blockId)?.selected_conversation ?? undefined,
    time: (blockId) => element(blockId)?.selected_time ?? undefined,
    date: (blockId) => element(blockId)?.selected_date ?? undefined,
    has: (blockId) => element(blockId) !== undefined,
  };
}
