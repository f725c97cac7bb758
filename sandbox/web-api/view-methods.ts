import { type Json, optionalText } from '../json.ts';
import type { Core } from '../state/core.ts';
import { Refusal } from '../state/refusal.ts';
import type { View } from '../state/state.ts';
import { useTrigger } from '../state/triggers.ts';
import {
  acceptedView,
  findByExternalId,
  findView,
  openView,
  publishHome,
  pushView,
  updateView,
  wireView,
} from '../state/views.ts';

// The view is looked at before the trigger is used up, so that a mistake in it can be mended and tried again.
export function viewsOpen(core: Core, args: Json): Json {
  const content = acceptedView(core, args.view, 'modal');
  return { view: wireView(core, openView(core, useTrigger(core, args.trigger_id), content)) };
}

export function viewsPush(core: Core, args: Json): Json {
  const content = acceptedView(core, args.view, 'modal');
  return { view: wireView(core, pushView(core, useTrigger(core, args.trigger_id), content)) };
}

function named(core: Core, args: Json): View {
  const id = optionalText(args.view_id);
  const externalId = optionalText(args.external_id);
  const view = id ? findView(core, id) : externalId ? findByExternalId(core, externalId) : undefined;
  if (!view) throw new Refusal('not_found');
  return view;
}

function requireHash(view: View | undefined, hash: unknown): void {
  if (view && optionalText(hash) && hash !== view.hash) throw new Refusal('hash_conflict');
}

export function viewsUpdate(core: Core, args: Json): Json {
  const view = named(core, args);
  const content = acceptedView(core, args.view, view.type);
  requireHash(view, args.hash);
  updateView(core, view, content);
  return { view: wireView(core, view) };
}

export function viewsPublish(core: Core, args: Json): Json {
  if (!core.installation.homeTab) throw new Refusal('not_enabled');
  const person = core.state.people.get(String(args.user_id));
  if (!person || person.isDeleted || person.isStranger) throw new Refusal('invalid_arguments', noSuchUser);
  const content = acceptedView(core, args.view, 'home');
  requireHash(core.state.homes.get(person.id), args.hash);
  return { view: wireView(core, publishHome(core, person.id, content)) };
}

const noSuchUser = {
  response_metadata: { messages: ['[ERROR] user_id is not a valid user [json-pointer:/user_id]'] },
};
