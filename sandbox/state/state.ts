import type { Json } from '../json.ts';

/** A Block Kit block as it travels. `block_id` is always there once the workspace has taken it in. */
export type Block = Json & { type: string; block_id?: string };

/** A person (or bot) with an account that this workspace knows of. */
export type Person = {
  readonly id: string;
  /** The workspace the account belongs to; another one than ours for people met through Slack Connect. */
  readonly teamId: string;
  /** The workspaces of an organisation that the account is in, where it is one for all of them. */
  readonly workspaces?: readonly string[];
  /** The name after the `@`; Slack calls it `name`. */
  readonly handle: string;
  readonly realName: string;
  readonly displayName: string;
  readonly tz: string;
  readonly isAdmin: boolean;
  readonly isOwner: boolean;
  /** A guest of several channels. */
  readonly isRestricted: boolean;
  /** A guest of one channel. */
  readonly isUltraRestricted: boolean;
  readonly isStranger: boolean;
  readonly isBot: boolean;
  readonly isDeleted: boolean;
};

/** What may become of somebody. */
export type PersonChange = Partial<Omit<Person, 'id' | 'teamId'>>;

export type ChannelKind = 'public' | 'private' | 'mpim' | 'im';

/** A conversation: channel, private channel, group message or direct message. */
export type Channel = {
  readonly id: string;
  kind: ChannelKind;
  name: string;
  /** User ids, the app's bot user among them where it was invited. */
  readonly members: Set<string>;
  isArchived: boolean;
  /** Only admins and owners may post; apps get `restricted_action`. */
  isPostingRestricted: boolean;
  /** Nobody posts there, or only in threads, in Slack's words; apps get a refusal. */
  closedAs?: 'is_read_only' | 'is_thread_only' | 'is_frozen';
  /** Shared with another organisation. */
  isExtShared: boolean;
  /** Another organisation was invited and has not accepted yet. */
  isPendingExtShared: boolean;
  isGeneral: boolean;
};

/** A message as it travels, with the channel it is in and, if only one person sees it, who that is. */
export type Message = {
  channel: string;
  ts: string;
  text: string;
  user?: string;
  thread_ts?: string;
  blocks?: Block[];
  metadata?: Json;
  attachments?: unknown[];
  bot_id?: string;
  app_id?: string;
  username?: string;
  subtype?: string;
  client_msg_id?: string;
  edited?: { user: string; ts: string };
  reply_broadcast?: boolean;
  /** Set on ephemeral messages: the only person who sees it. */
  ephemeral_to?: string;
};

/** What stands in the inputs of a view or message: `values[block_id][action_id]`. */
export type Values = Record<string, Record<string, Json>>;

/** A modal or Home tab as one person has it in front of them. */
export type View = {
  readonly id: string;
  readonly type: 'modal' | 'home';
  readonly owner: string;
  readonly rootId: string;
  readonly previousId: string | undefined;
  /** Changes whenever the view is updated; a caller holding an older one gets `hash_conflict`. */
  hash: string;
  /** The view as the app sent it, with block and action ids filled in where it gave none. */
  content: Json & { blocks: Block[] };
  values: Values;
  /** What the app said was wrong, by block id, at the last submission. */
  errors: Record<string, string>;
};

type Trigger = { readonly person: string; readonly at: number; used: boolean };

/** Where an answer of the app is shown, and to whom. */
export type Answerable = {
  readonly person: string;
  readonly channel: string;
  /** The message that was interacted with, for replace_original and delete_original. */
  readonly original?: Message | undefined;
};

/** An address for such an answer; good for half an hour after the interaction, and five times. */
type ResponseUrl = Answerable & { readonly at: number; uses: number };

/** Something Slack told a person did not work, in Slack's own word for it. */
export type Failure = { readonly doing: string; readonly reason: string };

/** Everything the workspace remembers. Read it freely; change it through the functions of the workspace. */
export type State = {
  readonly team: {
    readonly id: string;
    readonly name: string;
    readonly domain: string;
    /** The organisation it is a workspace of, where it is one. */
    readonly enterpriseId?: string | undefined;
  };
  readonly app: {
    readonly id: string;
    readonly botId: string;
    readonly botUserId: string;
    readonly name: string;
  };
  readonly people: Map<string, Person>;
  readonly channels: Map<string, Channel>;
  readonly messages: Message[];
  readonly ephemerals: Message[];
  /** Open modals by person, the one in front last. */
  readonly stacks: Map<string, View[]>;
  readonly homes: Map<string, View>;
  readonly triggers: Map<string, Trigger>;
  readonly responseUrls: Map<string, ResponseUrl>;
  readonly failures: Map<string, Failure>;
};
