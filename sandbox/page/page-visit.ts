import type { PersonActions } from '../people/person-actions.ts';
import type { Channel } from '../state/state.ts';
import type { Workspace } from '../workspace.ts';
import { base } from './addresses.ts';
import type { Frame } from './blocks/frame.ts';
import { directWithApp, type Reader } from './names.ts';

/** Which part of the workspace is in front of the person. */
export type Where =
  | { readonly at: 'overview' }
  | { readonly at: 'home' }
  | { readonly at: 'dm' }
  | { readonly at: 'channel'; readonly channel: Channel; readonly thread?: string };

/** One person looking at one part of the workspace: everything a page is drawn from. */
export type Visit = {
  readonly workspace: Workspace;
  readonly reader: Reader;
  readonly me: PersonActions;
  readonly where: Where;
  /** The address of this page, to come back to. */
  readonly here: string;
  /** What the composers of the channel and of the thread start with. */
  readonly drafts: { readonly channel: string; readonly thread: string };
  /** How many messages are new since this person last looked. */
  readonly unread: (channel: Channel) => number;
};

/** The conversation in front of the person, if it is one. */
export function openChannel({ where, reader }: Visit): Channel | undefined {
  if (where.at === 'channel') return where.channel;
  return where.at === 'dm' ? directWithApp(reader) : undefined;
}

/** A frame for something this person sees. */
export const frameFor = (visit: Visit, rest: Omit<Frame, 'reader' | 'actions'>): Frame => ({
  reader: visit.reader,
  actions: `${base(visit)}/do`,
  ...rest,
});
