import type { ViewResponseAction, ViewSubmitAction } from '@slack/bolt';
import { listed } from '../domain/names-in-words.ts';
import type { FormerSteward, Standing } from '../domain/stewards.ts';
import { NOT_CHECKED, sayingModal } from './near-miss-view.ts';
import { firstInput } from './saving.ts';
import { type ForStewards, notYours } from './steward-settings.ts';
import type { Surroundings } from './surroundings.ts';
import { whenOver } from './thread.ts';

type App = Pick<Surroundings, 'storage' | 'identity' | 'people'>;

/** Whoever waits has a trigger that lives three seconds, and something is still to be drawn. */
const ASK_MS = 1000;

/** Somebody who was chosen as a steward; undefined where nobody could find out what they are by now. */
type Chosen = { id: string; standing: Standing | undefined };

/**
 * May this person do what stewards do now? Whatever a steward does, or is sent, asks here: one who is a guest, left
 * or was deactivated is none. `unsaid`: they were chosen, and Slack does not say what they are by now.
 */
export async function mayAsSteward(app: App, personId: string): Promise<'yes' | 'no' | 'unsaid'> {
  const { stewards } = await app.storage.workspaces.settings(app.identity.teamId);
  if (!stewards.includes(personId)) return 'no';
  const standing = await standingNow(app, personId);
  if (standing === undefined) return 'unsaid';
  return standing === 'member' ? 'yes' : 'no';
}

/** What nobody could find out counts as no. */
export async function isSteward(app: App, personId: string): Promise<boolean> {
  return (await mayAsSteward(app, personId)) === 'yes';
}

/** Why somebody may not do what is for stewards, in words for them; undefined where they may. */
export async function whyNotSteward(
  app: App,
  personId: string,
  what: ForStewards = 'change this',
): Promise<string | undefined> {
  const may = await mayAsSteward(app, personId);
  if (may === 'yes') return undefined;
  return may === 'unsaid' ? NOT_CHECKED : notForYou(app, what);
}

/** The same as an answer to a modal: what was entered stays there where Slack may say it in a moment. */
export function refusedIn(
  view: ViewSubmitAction['view'],
  title: string,
  refused: string,
): ViewResponseAction {
  const input = firstInput(view);
  return refused === NOT_CHECKED && input !== ''
    ? { response_action: 'errors', errors: { [input]: refused } }
    : { response_action: 'update', view: sayingModal(title, refused) };
}

/** What somebody hears who may not do what stewards do: who may. */
export async function notForYou(app: App, what: ForStewards = 'change this'): Promise<string> {
  const chosen = await stewardsNow(app);
  const able = ableOf(chosen);
  // Whether there is anybody is not known.
  if (able.length === 0 && !areAllFormer(chosen)) return NOT_CHECKED;
  const names = listed([...(await app.people.names(able)).values()]);
  return notYours(what, names, { count: able.length, wasAnybody: chosen.length > 0 });
}

/** Those who were chosen, and what they are by now. */
export async function stewardsNow(app: App): Promise<Chosen[]> {
  const { stewards } = await app.storage.workspaces.settings(app.identity.teamId);
  return Promise.all(stewards.map(async (id) => ({ id, standing: await standingNow(app, id) })));
}

/** Notes who of them is none any more: the others hear of it on their Homes. */
export async function noteFormerStewards(app: App & Pick<Surroundings, 'now' | 'wakeOutbox'>): Promise<void> {
  const { teamId } = app.identity;
  const { formerStewards: before = [] } = await app.storage.workspaces.settings(teamId);
  const said = await stewardsSaid(app);
  // Of whom Slack says nothing now, what it said stands: that is no news.
  const silent = said.filter(({ standing }) => standing === undefined).map(({ id }) => id);
  const former = [...formerOf(said), ...before.filter(({ id }) => silent.includes(id))];
  if (await app.storage.stewards.noteFormer({ teamId, former, now: app.now() })) app.wakeOutbox();
}

/** The same as far as it is known; never waits for Slack. */
export async function stewardsSaid({ storage, identity, people }: App): Promise<Chosen[]> {
  const { stewards } = await storage.workspaces.settings(identity.teamId);
  return stewards.map((id) => ({ id, standing: people.standingSaid(id) }));
}

async function standingNow({ people }: App, personId: string): Promise<Standing | undefined> {
  return people.standingSaid(personId) ?? Promise.race([people.standing(personId), late()]);
}

function late(): Promise<undefined> {
  return whenOver(AbortSignal.timeout(ASK_MS));
}

/** Those of them who are stewards now, by id. */
export function ableOf(chosen: Chosen[]): string[] {
  return chosen.filter(({ standing }) => standing === 'member').map(({ id }) => id);
}

/** Those who surely are none any more. */
export function formerOf(chosen: Chosen[]): FormerSteward[] {
  return chosen.flatMap(({ id, standing }) =>
    standing === undefined || standing === 'member' ? [] : [{ id, standing }],
  );
}

/** Is nobody left, or was nobody chosen? Then an admin chooses. */
export function areAllFormer(chosen: Chosen[]): boolean {
  return formerOf(chosen).length === chosen.length;
}
