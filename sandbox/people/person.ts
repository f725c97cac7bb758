import { change, press } from './block-actions.ts';
import { runCommand } from './commands.ts';
import { conversationActions } from './conversations.ts';
import { openHome } from './home-tab.ts';
import { close, submit } from './modals.ts';
import type { PersonActions } from './person-actions.ts';
import { screenOf } from './screen.ts';
import type { Actor } from './send-to-app.ts';
import { runGlobalShortcut, runMessageShortcut } from './shortcuts.ts';
import { suggest } from './suggestions.ts';

/** Everything one person can see and do. */
export const personActions = (actor: Actor): PersonActions => ({
  id: actor.person.id,
  handle: actor.person.handle,
  ...screenOf(actor.core, actor.person),
  ...conversationActions(actor),
  command: (channel, line, options) => runCommand(actor, channel, line, options),
  messageShortcut: (callbackId, message) => runMessageShortcut(actor, callbackId, message),
  globalShortcut: (callbackId) => runGlobalShortcut(actor, callbackId),
  openHome: (tab) => openHome(actor, tab),
  press: (place, pick, optionValue) => press(actor, place, pick, optionValue),
  change: (place, pick, value) => change(actor, place, pick, value),
  suggest: (place, pick, typed) => suggest(actor, place, pick, typed),
  submit: (options) => submit(actor, options),
  close: (options) => close(actor, options),
});
