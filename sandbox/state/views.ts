import { viewProblems } from '../block-kit/problems.ts';
import { type Json, object, optionalText, text } from '../json.ts';
import { type Core, changed, newId } from './core.ts';
import { valuesFor } from './input-values.ts';
import { withIds } from './messages.ts';
import { Refusal, refusalFor } from './refusal.ts';
import type { Block, Values, View } from './state.ts';

/** A view as Slack describes it to the app. */
type WireView = Json & {
  readonly id: string;
  readonly type: 'modal' | 'home';
  readonly callback_id: string;
  readonly private_metadata: string;
  readonly hash: string;
  readonly blocks: Block[];
  readonly state: { readonly values: Values };
  readonly root_view_id: string;
  readonly previous_view_id: string | null;
};

/** The view in front of somebody, with the errors shown under its inputs. */
export type ShownView = WireView & { readonly errors: Readonly<Record<string, string>> };

const deepest = 3;

/** The view an app sent, checked and with ids filled in; refuses what Slack refuses. */
export function acceptedView(core: Core, sent: unknown, surface: 'modal' | 'home'): View['content'] {
  const problems = viewProblems(sent, surface);
  if (problems.length > 0) throw refusalFor(problems, 'invalid_arguments', '/view');
  const content = structuredClone(object(sent));
  return { ...content, blocks: withIds(core, content.blocks) };
}

const newHash = (core: Core): string => `${Math.floor(core.clock.now() / 1000)}.${newId(core, 'h')}`;

function newView(core: Core, owner: string, content: View['content'], below: View | undefined): View {
  const id = newId(core, 'V');
  return {
    id,
    type: content.type === 'home' ? 'home' : 'modal',
    owner,
    rootId: below?.rootId ?? id,
    previousId: below?.id,
    hash: newHash(core),
    content,
    values: valuesFor(content.blocks),
    errors: {},
  };
}

export const stackOf = (core: Core, person: string): View[] => core.state.stacks.get(person) ?? [];

function showStack(core: Core, person: string, stack: View[]): void {
  core.state.stacks.set(person, stack);
  changed(core, { what: 'view', person });
}

const allViews = (core: Core): View[] => [
  ...[...core.state.stacks.values()].flat(),
  ...core.state.homes.values(),
];

export const findView = (core: Core, id: string): View | undefined =>
  allViews(core).find((each) => each.id === id);

export const findByExternalId = (core: Core, externalId: string): View | undefined =>
  allViews(core).find((each) => each.content.external_id === externalId);

function requireFreeExternalId(core: Core, content: Json, except?: View): void {
  const wanted = optionalText(content.external_id);
  const holder = wanted && findByExternalId(core, wanted);
  if (holder && holder !== except) throw new Refusal('duplicate_external_id');
}

/** Opens a modal on its own; whatever stack was open gives way to it. */
export function openView(core: Core, person: string, content: View['content']): View {
  requireFreeExternalId(core, content);
  const view = newView(core, person, content, undefined);
  showStack(core, person, [view]);
  return view;
}

/** Puts a modal on top of the one in front, three deep at most. */
export function pushView(core: Core, person: string, content: View['content']): View {
  const stack = stackOf(core, person);
  if (stack.length === 0) throw new Refusal('not_found');
  if (stack.length >= deepest) throw new Refusal('push_limit_reached');
  requireFreeExternalId(core, content);
  const view = newView(core, person, content, stack.at(-1));
  showStack(core, person, [...stack, view]);
  return view;
}

/** Replaces what a view shows. What stands under the same block and action ids stays as it is. */
export function updateView(core: Core, view: View, content: View['content']): void {
  requireFreeExternalId(core, content, view);
  view.content = content;
  view.values = valuesFor(content.blocks, view.values);
  view.errors = {};
  view.hash = newHash(core);
  changed(core, { what: view.type === 'home' ? 'home' : 'view', person: view.owner });
}

export function showErrors(core: Core, view: View, errors: Record<string, string>): void {
  view.errors = errors;
  changed(core, { what: 'view', person: view.owner });
}

/** Takes a modal away. With `all`, every modal the person has open. */
export function takeAway(core: Core, view: View, all = false): View[] {
  const stack = stackOf(core, view.owner);
  const gone = all ? stack : stack.filter((each) => each === view);
  showStack(
    core,
    view.owner,
    stack.filter((each) => !gone.includes(each)),
  );
  return gone;
}

export function publishHome(core: Core, person: string, content: View['content']): View {
  const before = core.state.homes.get(person);
  if (before) {
    updateView(core, before, content);
    return before;
  }
  const view = newView(core, person, content, undefined);
  core.state.homes.set(person, view);
  changed(core, { what: 'home', person });
  return view;
}

/** A view as Slack describes it to the app. */
export function wireView(core: Core, view: View): WireView {
  const { content } = view;
  return {
    id: view.id,
    team_id: core.state.team.id,
    type: view.type,
    blocks: content.blocks,
    private_metadata: text(content.private_metadata),
    callback_id: text(content.callback_id),
    external_id: text(content.external_id),
    state: { values: structuredClone(view.values) },
    hash: view.hash,
    title: content.title ?? null,
    submit: content.submit ?? null,
    close: content.close ?? null,
    clear_on_close: content.clear_on_close === true,
    notify_on_close: content.notify_on_close === true,
    previous_view_id: view.previousId ?? null,
    root_view_id: view.rootId,
    app_id: core.state.app.id,
    bot_id: core.state.app.botId,
    app_installed_team_id: core.state.team.id,
  };
}

/** A view as its owner sees it. */
export const shownView = (core: Core, view: View): ShownView => ({
  ...wireView(core, view),
  errors: { ...view.errors },
});
