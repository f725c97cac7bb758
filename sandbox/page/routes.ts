import type { Context, Hono } from 'hono';
import { text } from '../json.ts';
import type { PersonActions } from '../people/person-actions.ts';
import type { Workspace } from '../workspace.ts';
import { fileNamed, files } from './assets.ts';
import { changesFor } from './events.ts';
import { type Notices, noticeBoard } from './failure-notices.ts';
import { formAction } from './form-actions.ts';
import { guarded } from './guard.ts';
import { chooser, notFound, page } from './layout.ts';
import { peopleOf } from './names.ts';
import { type Offered, offeredWords, offersFor } from './offered-options.ts';
import { openChannel, type Visit, type Where } from './page-visit.ts';
import { placeIn } from './posted-form.ts';
import { type Unread, unreadMarks } from './unread-counts.ts';
import { untilQuiet } from './until-quiet.ts';

/** What the page itself remembers between requests. */
type Desk = {
  readonly workspace: Workspace;
  readonly offered: Offered;
  readonly notices: Notices;
  readonly unread: Unread;
  readonly now: () => number;
};

/** Is it the script that asks? It looks again by itself and does not count as opening anything. */
const fromScript = (context: Context) => context.req.header('x-page-script') === 'yes';

function person(desk: Desk, handle: string): PersonActions | undefined {
  const known = peopleOf(desk.workspace.state).some((each) => each.handle === handle);
  return known ? desk.workspace.person(handle) : undefined;
}

function whereIs(me: PersonActions, name: string | undefined, thread: string | undefined): Where | undefined {
  const channel = me.channels().find((each) => each.name === name || each.id === name);
  return channel && { at: 'channel', channel, ...(thread ? { thread } : {}) };
}

function visitOf(desk: Desk, context: Context, me: PersonActions, where: Where): Visit {
  const { state } = desk.workspace;
  const account = state.people.get(me.id);
  if (!account) throw new Error(`${me.handle} has no account`);
  const url = new URL(context.req.url);
  return {
    workspace: desk.workspace,
    reader: { state, person: account, now: desk.now() },
    me,
    where,
    here: url.pathname + url.search,
    drafts: { channel: context.req.query('draft') ?? '', thread: context.req.query('reply') ?? '' },
    unread: (channel) => desk.unread.count(me, channel),
  };
}

function show(desk: Desk, context: Context, where: (me: PersonActions) => Where | undefined) {
  const me = person(desk, context.req.param('who') ?? '');
  if (!me) return context.html(notFound('There is nobody of this name here.', '/'), 404);
  const found = where(me);
  if (!found)
    return context.html(
      notFound('You see no such conversation.', `/as/${encodeURIComponent(me.handle)}`),
      404,
    );
  const visit = visitOf(desk, context, me, found);
  const channel = openChannel(visit);
  if (channel) desk.unread.read(me, channel);
  return context.html(page(visit, desk.notices.of(me)));
}

/** Opening the Home or Messages tab tells the app; it may take a moment to draw itself. */
async function open(desk: Desk, context: Context, tab: 'home' | 'messages') {
  const me = person(desk, context.req.param('who') ?? '');
  if (me && !fromScript(context)) {
    me.openHome(tab).catch(() => desk.notices.say(me, 'The app could not be told that its Home was opened.'));
    await untilQuiet(desk.workspace);
  }
  return show(desk, context, () => ({ at: tab === 'home' ? 'home' : 'dm' }));
}

/** Only a person's own pages are come back to. */
function backFrom(form: URLSearchParams, me: PersonActions): string {
  const back = form.get('back') ?? '';
  const own = `/as/${encodeURIComponent(me.handle)}`;
  return back === own || back.startsWith(`${own}/`) ? back : own;
}

async function act(desk: Desk, context: Context) {
  const me = person(desk, context.req.param('who') ?? '');
  const run = formAction(context.req.param('what') ?? '');
  if (!me || !run) return context.html(notFound('There is nothing to do here.', '/'), 404);
  const form = new URLSearchParams(await context.req.text());
  const back = backFrom(form, me);
  desk.notices.clear(me);
  try {
    const { unsent } = await run({ workspace: desk.workspace, me, offered: desk.offered }, form);
    if (!fromScript(context)) await untilQuiet(desk.workspace);
    const words =
      unsent && new URLSearchParams({ [form.has('thread') ? 'reply' : 'draft']: unsent }).toString();
    return context.redirect(words ? `${back}?${words}` : back, 303);
  } catch (error) {
    // What was on the screen may be gone, or not be this person's to use; the workspace says which.
    desk.notices.say(me, `That did not work here: ${error instanceof Error ? error.message : String(error)}`);
    return context.redirect(back, 303);
  }
}

async function suggest(desk: Desk, context: Context) {
  const me = person(desk, context.req.param('who') ?? '');
  if (!me) return context.json([], 404);
  const asked = new URL(context.req.url).searchParams;
  const ids = { block_id: text(asked.get('block')), action_id: text(asked.get('action')) };
  try {
    const options = await offersFor(
      { me, offered: desk.offered },
      placeIn(asked),
      ids,
      text(asked.get('typed')),
    );
    return context.json(offeredWords(options));
  } catch {
    return context.json([]);
  }
}

function drawnPages(routes: Hono, desk: Desk): void {
  const { state } = desk.workspace;
  routes.get('/', (context) => context.html(chooser(state)));
  routes.get('/as/:who', (context) => show(desk, context, () => ({ at: 'overview' })));
  routes.get('/as/:who/home', (context) => open(desk, context, 'home'));
  routes.get('/as/:who/dm', (context) => open(desk, context, 'messages'));
  routes.get('/as/:who/c/:channel', (context) =>
    show(desk, context, (me) => whereIs(me, context.req.param('channel'), undefined)),
  );
  routes.get('/as/:who/c/:channel/t/:ts', (context) =>
    show(desk, context, (me) => whereIs(me, context.req.param('channel'), context.req.param('ts'))),
  );
}

/** Adds the page of the workspace to its server, for `startWorkspace({ pages })`. */
export function pages(routes: Hono, workspace: Workspace): void {
  const now = Date.now;
  const desk: Desk = {
    workspace,
    offered: new Map(),
    notices: noticeBoard(),
    unread: unreadMarks(workspace.state, now),
    now,
  };
  for (const path of ['/', '/page/*', '/as/*']) routes.use(path, guarded);
  for (const [name, type] of files)
    routes.get(`/page/${name}`, (context) => context.body(fileNamed(name), 200, { 'content-type': type }));
  drawnPages(routes, desk);
  routes.get('/as/:who/events', (context) => {
    const me = person(desk, context.req.param('who') ?? '');
    return me ? changesFor(context, workspace, me) : context.notFound();
  });
  routes.get('/as/:who/suggest', (context) => suggest(desk, context));
  routes.post('/as/:who/do/:what', (context) => act(desk, context));
}
