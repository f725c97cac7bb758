import type { BlockAction, ViewOutput } from '@slack/bolt';
import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import { mayRead } from '../../domain/access/gate.ts';
import { actions, button, context } from '../platform/blocks.ts';
import type { ButtonArgs } from '../platform/listener.ts';
import { sayingModal } from '../platform/modal.ts';
import { drawOld } from '../platform/old-modal.ts';
import { openDrawn, updateIfOpen } from '../platform/open-modal.ts';
import { metadata } from '../platform/view-metadata.ts';
import { isSteward } from '../stewards/may-as-steward.ts';
import { notFoundWords } from '../story/story-view.ts';
import { peopleNamed } from '../story/whole-story.ts';
import type { Workspace } from '../workspace.ts';
import { DIGEST_ACTIONS, NOBODY_PRESSED, PRESSES, storyToPress } from './digest-story.ts';
import { previewOfStory } from './preview-message.ts';

export const morePlace = z.strictObject({ digestId: z.string(), page: z.number() });

/** Where somebody is behind *More*: the page of which digest. */
type MorePlace = z.infer<typeof morePlace>;
export const MORE_PLACE = metadata(morePlace);

const STORIES_A_PAGE = 5;
const MORE = 'more_of_a_digest';
const TITLE = 'In this digest';

/** *More*: the stories that are in this digest and have no message of their own, page by page. */
export async function onMoreStories(workspace: Workspace, { body, action, ack }: ButtonArgs) {
  await ack();
  const [digestId = '', page = '0'] = (action.value ?? '').split(':');
  const draw = () => pageAt(workspace, body.user.id, { digestId, page: Number(page) });
  if (body.view?.type === 'modal') return updateIfOpen(workspace.client, body.view.id, await draw());
  await openDrawn(workspace, body.trigger_id, TITLE, draw);
}

/** The page a button was pressed on; undefined where that was no such page. */
export function placeIn(
  view: Pick<ViewOutput, 'callback_id' | 'private_metadata'> | undefined,
): MorePlace | undefined {
  return view?.callback_id === MORE ? MORE_PLACE.read(view) : undefined;
}

/** After something was pressed on such a page: it says the new numbers. */
export async function drawMoreAgain(workspace: Workspace, { view, user }: BlockAction): Promise<void> {
  if (view?.callback_id !== MORE) return;
  const place = MORE_PLACE.read(view);
  if (place === undefined) return drawOld(workspace, view);
  await updateIfOpen(workspace.client, view.id, await pageAt(workspace, user.id, place));
}

/** The same once a modal that stands over such a page is answered. */
export async function drawMoreBelow(
  workspace: Workspace,
  { user, view }: { user: { id: string }; view: Pick<ViewOutput, 'previous_view_id'> },
  more: MorePlace | undefined,
): Promise<void> {
  if (more !== undefined && view.previous_view_id !== null)
    await updateIfOpen(workspace.client, view.previous_view_id, await pageAt(workspace, user.id, more));
}

/** These stand in front of nobody, so that each passes the gate for whoever asks. */
async function pageAt(
  workspace: Workspace,
  personId: string,
  { digestId, page: asked }: MorePlace,
): Promise<ModalView> {
  const { storage, now } = workspace.app;
  const { identity, people } = workspace;
  const digest = await storage.digests.byId(identity.teamId, digestId);
  const behind = digest === undefined ? [] : storage.digests.behindMore(digest);
  const [rest, viewer] = await Promise.all([behind, people.viewer(personId)]);
  if (viewer.standing === 'guest' || viewer.standing === 'external')
    return sayingModal(TITLE, `The rest of this digest is for the members of ${identity.workspace}.`);
  // Stewards see a digest before anybody else does.
  const isPreview = digest?.state !== 'published' && (await isSteward(workspace, personId));
  const readable = rest.filter((story) => isPreview || mayRead(viewer, story, now()));
  if (digest === undefined || readable.length === 0)
    return sayingModal(TITLE, notFoundWords('The rest of this digest'));
  // The last of a page may have been left out or taken back since.
  const page = Math.min(asked, Math.ceil(readable.length / STORIES_A_PAGE) - 1);
  const from = page * STORIES_A_PAGE;
  const shown = readable.slice(from, from + STORIES_A_PAGE);
  const names = await people.names(shown.flatMap(peopleNamed));
  const counts = await Promise.all(shown.map((story) => storage.presses.counts(story.teamId, story.id)));
  const drawn = shown.map((story, at) => ({
    id: story.id,
    blocks: storyToPress(story, digest.zone, names, counts[at] ?? NOBODY_PRESSED, now()),
  }));
  return moreView(drawn, { digestId, page }, { isPreview, hasMore: readable.length > from + STORIES_A_PAGE });
}

/** A page: each story as its reply would be, with the buttons of one. */
export function moreView(
  stories: { id: string; blocks: KnownBlock[] }[],
  place: MorePlace,
  { isPreview, hasMore }: { isPreview: boolean; hasMore: boolean },
): ModalView {
  const { digestId, page } = place;
  return {
    ...sayingModal(TITLE),
    callback_id: MORE,
    private_metadata: MORE_PLACE.write(place),
    blocks: [
      ...stories.flatMap(({ id, blocks }) => (isPreview ? previewOfStory(blocks, digestId, id) : blocks)),
      ...(isPreview ? [] : [context(PRESSES)]),
      ...(hasMore ? [actions(button(DIGEST_ACTIONS.more, 'More', `${digestId}:${page + 1}`))] : []),
    ],
  };
}
