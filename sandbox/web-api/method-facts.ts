/** What travels in an argument: text, a JSON value, a yes or no, or a number. */
export type ArgumentKind = 'text' | 'json' | 'flag' | 'number';

export type MethodFacts = {
  /** Any one of these lets the call through the door; what it may see depends on the conversation. */
  readonly scopes: readonly string[];
  readonly required: readonly string[];
  readonly args: Readonly<Record<string, ArgumentKind>>;
};

const reading = ['channels:read', 'groups:read', 'im:read', 'mpim:read'];
const history = ['channels:history', 'groups:history', 'im:history', 'mpim:history'];
const paging = { cursor: 'text', limit: 'number' } as const;
const opening = { trigger_id: 'text', interactivity_pointer: 'text', view: 'json' } as const;
const content = {
  text: 'text',
  blocks: 'json',
  attachments: 'json',
  markdown_text: 'text',
  metadata: 'json',
} as const;
const span = { latest: 'text', oldest: 'text', inclusive: 'flag', include_all_metadata: 'flag' } as const;
const sender = { username: 'text', icon_emoji: 'text', icon_url: 'text', as_user: 'flag' } as const;
const types = { types: 'text', exclude_archived: 'flag', team_id: 'text' } as const;

/** The Web API methods this workspace has, and what Slack documents about each. */
export const methodFacts = {
  'auth.test': { scopes: [], required: [], args: {} },
  'apps.connections.open': { scopes: [], required: [], args: {} },
  'views.open': { scopes: [], required: ['view'], args: opening },
  'views.push': { scopes: [], required: ['view'], args: opening },
  'views.update': {
    scopes: [],
    required: ['view'],
    args: { view_id: 'text', external_id: 'text', view: 'json', hash: 'text' },
  },
  'views.publish': {
    scopes: [],
    required: ['user_id', 'view'],
    args: { user_id: 'text', view: 'json', hash: 'text', interactivity_pointer: 'text' },
  },
  'chat.postMessage': {
    scopes: ['chat:write'],
    required: ['channel'],
    args: {
      ...content,
      ...sender,
      channel: 'text',
      current_draft_last_updated_ts: 'text',
      link_names: 'flag',
      mrkdwn: 'flag',
      parse: 'text',
      reply_broadcast: 'flag',
      thread_ts: 'text',
      unfurl_links: 'flag',
      unfurl_media: 'flag',
    },
  },
  'chat.update': {
    scopes: ['chat:write'],
    required: ['channel', 'ts'],
    args: {
      ...content,
      as_user: 'flag',
      unfurled_attachments: 'json',
      channel: 'text',
      link_names: 'flag',
      parse: 'text',
      ts: 'text',
      reply_broadcast: 'flag',
      file_ids: 'json',
    },
  },
  'chat.delete': {
    scopes: ['chat:write'],
    required: ['channel', 'ts'],
    args: { as_user: 'flag', channel: 'text', ts: 'text' },
  },
  'chat.postEphemeral': {
    scopes: ['chat:write'],
    required: ['channel', 'user'],
    args: {
      ...content,
      ...sender,
      channel: 'text',
      link_names: 'flag',
      parse: 'text',
      thread_ts: 'text',
      user: 'text',
    },
  },
  'chat.getPermalink': {
    scopes: [],
    required: ['channel', 'message_ts'],
    args: { channel: 'text', message_ts: 'text' },
  },
  'conversations.info': {
    scopes: reading,
    required: ['channel'],
    args: { channel: 'text', include_locale: 'flag', include_num_members: 'flag' },
  },
  'conversations.list': { scopes: reading, required: [], args: { ...paging, ...types } },
  'conversations.members': { scopes: reading, required: ['channel'], args: { ...paging, channel: 'text' } },
  'conversations.history': {
    scopes: history,
    required: ['channel'],
    args: { ...paging, ...span, channel: 'text' },
  },
  'conversations.replies': {
    scopes: history,
    required: ['channel', 'ts'],
    args: { ...paging, ...span, channel: 'text', ts: 'text' },
  },
  'conversations.open': {
    scopes: ['channels:manage', 'groups:write', 'im:write', 'mpim:write'],
    required: [],
    args: { channel: 'text', return_im: 'flag', users: 'text', prevent_creation: 'flag' },
  },
  'users.info': {
    scopes: ['users:read'],
    required: ['user'],
    args: { include_locale: 'flag', user: 'text' },
  },
  'users.list': {
    scopes: ['users:read'],
    required: [],
    args: { ...paging, include_locale: 'flag', team_id: 'text' },
  },
  'users.conversations': {
    scopes: reading,
    required: [],
    args: { ...paging, ...types, exclude_muted: 'flag', user: 'text' },
  },
  'team.info': { scopes: ['team:read'], required: [], args: { domain: 'text', team: 'text' } },
  'bots.info': { scopes: ['users:read'], required: [], args: { bot: 'text', team_id: 'text' } },
} as const satisfies Record<string, MethodFacts>;

export type Method = keyof typeof methodFacts;

export const isMethod = (name: string): name is Method => Object.hasOwn(methodFacts, name);
