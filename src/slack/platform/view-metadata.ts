import type { ViewOutput } from '@slack/bolt';

/** The id a modal of ours carries along. */
export function readSubject(view: Pick<ViewOutput, 'private_metadata'>): string {
  return (JSON.parse(view.private_metadata) as { id: string }).id;
}
