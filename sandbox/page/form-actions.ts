import { type Doer, type Form, keepTyped, placeIn, pressedIn } from './posted-form.ts';

/** What to come back to other than the page it came from: the words that were not sent, to be mended. */
export type After = { readonly unsent?: string };

const value = (form: Form, name: string): string => form.get(name) ?? '';

const letters = (name: string) => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

/** `/invite @app` is Slack's own command, so it is not sent to the app. */
function invitesApp({ workspace }: Doer, typed: string): boolean {
  const [, name = ''] = /^\/invite\s+@?(.+)$/.exec(typed) ?? [];
  return name !== '' && letters(name) === letters(workspace.state.app.name);
}

async function say(doer: Doer, form: Form): Promise<After> {
  const { me } = doer;
  const [channel, threadTs, typed] = [
    value(form, 'channel'),
    value(form, 'thread'),
    value(form, 'text').trim(),
  ];
  const thread = threadTs ? { threadTs } : {};
  if (typed === '') return {};
  if (invitesApp(doer, typed)) me.inviteApp(channel);
  else if (/^\/\w/.test(typed)) {
    const outcome = await me.command(channel, typed.replaceAll('\r\n', '\n'), thread);
    return outcome.sent ? {} : { unsent: typed };
  } else me.say(channel, typed.replaceAll('\r\n', '\n'), thread);
  return {};
}

/** A form of a modal that has since given way to another is of no use any more. */
const isCurrent = ({ me }: Doer, form: Form) =>
  placeIn(form) !== 'view' || value(form, 'view') === (me.view()?.id ?? 'none');

const keep = (doer: Doer, form: Form) => keepTyped(doer, placeIn(form), form);

async function shortcut({ me }: Doer, form: Form): Promise<After> {
  const place = placeIn(form);
  const callbackId = value(form, 'shortcut');
  await (form.has('place') && typeof place !== 'string'
    ? me.messageShortcut(callbackId, place)
    : me.globalShortcut(callbackId));
  return {};
}

const actions: Readonly<Record<string, (doer: Doer, form: Form) => Promise<After>>> = {
  say,
  shortcut,
  async change(doer, form) {
    if (isCurrent(doer, form)) await keep(doer, form);
    return {};
  },
  async press(doer, form) {
    if (!isCurrent(doer, form)) return {};
    await keep(doer, form);
    const { ids, option } = pressedIn(form);
    await doer.me.press(placeIn(form), ids, option);
    return {};
  },
  async submit(doer, form) {
    if (!isCurrent(doer, form)) return {};
    await keep(doer, form);
    await doer.me.submit();
    return {};
  },
  async close(doer, form) {
    if (isCurrent(doer, form)) await doer.me.close({ all: form.has('all') });
    return {};
  },
  async join({ me }, form) {
    await me.join(value(form, 'channel'));
    return {};
  },
  async invite({ me }, form) {
    me.inviteApp(value(form, 'channel'));
    return {};
  },
  // The notice is gone by the time this is called, as with everything a person does.
  dismiss: async () => ({}),
};

/** Does what a form says. Undefined when it says something that nobody can do here. */
export const formAction = (what: string): ((doer: Doer, form: Form) => Promise<After>) | undefined =>
  Object.hasOwn(actions, what) ? actions[what] : undefined;
