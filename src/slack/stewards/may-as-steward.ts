import type { ViewOutput } from '@slack/bolt';
import type { Outcome } from '../../domain/outbox/delivery.ts';
import { ableOf, areAllFormer } from '../../domain/stewards/standing.ts';
import { listed } from '../../domain/text/names-in-words.ts';
import { sayingModal } from '../platform/modal.ts';
import { NOT_CHECKED } from '../platform/say-what-failed.ts';
import { hasInputs, staysOpen } from '../platform/submission.ts';
import type { Workspace } from '../workspace.ts';
import { type ForStewards, notYours } from './steward-settings-view.ts';
import { standingNow, stewardsNow } from './stewards-now.ts';

/**
 * May this person do what stewards do now? Whatever a steward does, or is sent, asks here: one who is a guest, left
 * or was deactivated is none. `unsaid`: they were chosen, and Slack does not say what they are by now.
 */
export async function mayAsSteward(workspace: Workspace, personId: string): Promise<'yes' | 'no' | 'unsaid'> {
  const { app, identity } = workspace;
  const { stewards } = await app.storage.workspaces.settings(identity.teamId);
  if (!stewards.includes(personId)) return 'no';
  const standing = await standingNow(workspace, personId);
  if (standing === undefined) return 'unsaid';
  return standing === 'member' ? 'yes' : 'no';
}

/** What becomes of a message to somebody of whom nobody knows now whether it is for them. */
export const STEWARD_UNSAID: Outcome = { kind: 'later', why: 'Slack did not say whether they are a steward' };

/** What nobody could find out counts as no. */
export async function isSteward(workspace: Workspace, personId: string): Promise<boolean> {
  return (await mayAsSteward(workspace, personId)) === 'yes';
}

/** Why somebody may not do what is for stewards, in words for them; undefined where they may. */
export async function whyNotSteward(
  workspace: Workspace,
  personId: string,
  what: ForStewards = 'change this',
): Promise<string | undefined> {
  const may = await mayAsSteward(workspace, personId);
  if (may === 'yes') return undefined;
  return may === 'unsaid' ? NOT_CHECKED : notForYou(workspace, what);
}

/** What somebody hears who may not do what stewards do: who may. */
async function notForYou(workspace: Workspace, what: ForStewards): Promise<string> {
  const chosen = await stewardsNow(workspace);
  const able = ableOf(chosen);
  // Whether there is anybody is not known.
  if (able.length === 0 && !areAllFormer(chosen)) return NOT_CHECKED;
  const names = listed([...(await workspace.people.names(able)).values()]);
  return notYours(what, names, { count: able.length, wasAnybody: chosen.length > 0 });
}

/** The same as an answer to a modal: what was entered stays there where Slack may say it in a moment. */
export function refusedIn(view: ViewOutput, title: string, refused: string) {
  return refused === NOT_CHECKED && hasInputs(view)
    ? staysOpen(view, refused)
    : { response_action: 'update' as const, view: sayingModal(title, refused) };
}
