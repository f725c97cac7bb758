import type { PersonActions } from '../people/person-actions.ts';
import type { Failure } from '../state/state.ts';
import { base } from './addresses.ts';
import { hidden, html, type Markup, nothing, version } from './markup.ts';
import type { Visit } from './page-visit.ts';

const words: Readonly<Record<string, string>> = {
  operation_timeout:
    'The app did not answer within three seconds. Slack would show this too; please try again.',
  dispatch_failed: 'The app could not be reached. It may not be running.',
  not_a_command: 'There is no such command here.',
  no_such_shortcut: 'The app no longer has this shortcut.',
  not_allowed_in_threads:
    'Commands do not run in threads, as in Slack. Use the menu of a message here instead, or the command in the channel.',
};

// What is missing is said under the inputs themselves.
const saidElsewhere = new Set(['incomplete']);

/** What a failure means to the person who met it. */
const failureWords = ({ doing, reason }: Failure): string =>
  words[reason] ?? `“${doing}” did not work: Slack would refuse what the app answered (${reason}).`;

/** What each person was told did not work and has not put away yet. */
export type Notices = {
  of(me: PersonActions): string | undefined;
  say(me: PersonActions, what: string): void;
  /** Forgets what there is to say; called before each new thing a person does. */
  clear(me: PersonActions): void;
};

export function noticeBoard(): Notices {
  const said = new Map<string, string>();
  const seen = new WeakSet<Failure>();
  return {
    of(me) {
      const failure = me.failure();
      const fresh = failure && !seen.has(failure) && !saidElsewhere.has(failure.reason);
      return said.get(me.id) ?? (fresh ? failureWords(failure) : undefined);
    },
    say: (me, what) => void said.set(me.id, what),
    clear(me) {
      said.delete(me.id);
      const failure = me.failure();
      if (failure) seen.add(failure);
    },
  };
}

/** A notice. While a modal is open it stands in it, since nothing behind a modal can be read. */
export function drawNotice(visit: Visit, what: string | undefined, id = 'notice'): Markup {
  const inside = what
    ? html`<form class="notice" id="${id}" method="post" action="${base(visit)}/do/dismiss" data-version="${version(what)}"><p>${what}</p>${hidden(
        'back',
        visit.here,
      )}<button class="button quiet">Dismiss</button></form>`
    : nothing;
  return html`<div id="${id}s" role="status" data-keyed>${inside}</div>`;
}
