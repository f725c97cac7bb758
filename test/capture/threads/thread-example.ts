import type { SlackMessage } from '../../../src/slack/platform/shown-words.ts';

/** A thread as Slack sends it, and what is to be offered of it. */
export type ThreadExample = {
  what: string;
  messages: SlackMessage[];
  /** The first box; nothing where nobody can say it without asking. */
  line: string;
  from?: 'alert' | 'first' | 'reply';
  /** What a bot noticed, where one did. */
  signal?: string;
  /** Who took part, in any order. */
  people?: string[];
};

/** Who writes in the examples. */
export const PEOPLE: Record<string, string> = {
  U1: 'Amira Haddad',
  U2: 'Jon Berg',
  U3: 'Maria Lopez',
  U4: 'Priya Nair',
  U5: 'Will Mark',
};

export const person = (user: string, text: string, more: Partial<SlackMessage> = {}): SlackMessage => ({
  user,
  text,
  ...more,
});

export const bot = (name: string, more: Partial<SlackMessage>): SlackMessage => ({
  bot_id: `B_${name}`,
  bot_profile: { name },
  ...more,
});

export const header = (text: string) => ({ type: 'header', text: { type: 'plain_text', text } });
export const section = (text: string, fields: string[] = []) => ({
  type: 'section',
  ...(text !== '' && { text: { type: 'mrkdwn', text } }),
  ...(fields.length > 0 && { fields: fields.map((field) => ({ type: 'mrkdwn', text: field })) }),
});
export const small = (...texts: string[]) => ({
  type: 'context',
  elements: texts.map((text) => ({ type: 'mrkdwn', text })),
});
export const buttons = (...names: string[]) => ({
  type: 'actions',
  elements: names.map((name) => ({ type: 'button', text: { type: 'plain_text', text: name } })),
});
export const rich = (...elements: object[]) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements }],
});
