import type { Json } from '../json.ts';

/** One call of the Web API or of a response_url, and what came of it. */
export type Call = {
  readonly method: string;
  readonly args: Json;
  readonly at: number;
  /** `ok`, Slack's error, or what a fault did to it; `pending` while it is being answered. */
  outcome: string;
  response: Json | undefined;
};

/** One thing sent to the app. */
export type Delivery = {
  readonly id: string;
  readonly kind: 'events_api' | 'interactive' | 'slash_commands';
  readonly payload: Json;
  readonly attempt: number;
  readonly at: number;
  /** `acked`, or what Slack made of the silence. */
  outcome: string;
};
