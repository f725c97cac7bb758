import type { BlockAction, ViewOutput } from '@slack/bolt';
import type { KnownBlock, ModalView } from '@slack/types';
import { mayRead } from '../domain/reading.ts';
import { button, context } from './blocks.ts';
import { actions } from './card.ts';
import { DIGEST_ACTIONS, NOBODY_PRESSED, PRESSES, storyToPress } from './digest-story.ts';
import { notFoundWords, sayingModal } from './near-miss-view.ts';
import { previewOfStory } from './preview.ts';
import { type ButtonArgs, openDrawn, updateIfOpen } from './reading.ts';
import { isSteward } from './stewards.ts';
import { peopleNamed } from './story.ts';
import type { Surroundings } from './surroundings.ts';

/** Where somebody is behind *More*: the page of which digest. */
export type MorePlace = { digestId: string; page: number };

const STORIES_A_PAGE = 5;
const MORE = 'more_of_a_digest';
const TITLE = 'In this digest';

/** *More*: the stories that are in this digest and have no message of their own, page by page. */
export function onMoreStories(app: Surroundings) {
  return async ({ body, action, ack }: ButtonArgs) => {
    await ack();
    const [digestId = '', page = '0'] = (action.value ?? '').split(':');
    const draw = () => pageAt(app, body.user.id, { digestId, page: Number(page) });
    if (body.view?.type === 'modal') return updateIfOpen(app.client, body.view.id, await draw());
    await openDrawn(app, body.trigger_id, TITLE, draw);
  };
}

/** The page a button was pressed on; undefined where that was no such page. */
export function placeIn(
  view: Pick<ViewOutput, 'callback_id' | 'private_metadata'> | undefined,
): MorePlace | undefined {
  return view?.callback_id === MORE ? (JSON.parse(view.private_metadata) as MorePlace) : undefined;
}

/** After something was pressed on such a page: it says the new numbers. */
export async function drawMoreAgain(app: Surroundings, { view, user }: BlockAction): Promise<void> {
  const place = placeIn(view);
  if (view !== undefined && place !== undefined)
    await updateIfOpen(app.client, view.id, await pageAt(app, user.id, place));
}

/** The same once a modal that was opened from such a page is answered. */
export async function drawMoreBelow(app: Surroundings, personId: string, view: ViewOutput): Promise<void> {
  const { more } = JSON.parse(view.private_metadata) as { more?: MorePlace };
  if (more !== undefined && view.previous_view_id !== null)
    await updateIfOpen(app.client, view.previous_view_id, await pageAt(app, personId, more));
}

/** These stand in front of nobody, so that each passes the gate for whoever asks. */
async function pageAt(
  app: Surroundings,
  personId: string,
  { digestId, page: asked }: MorePlace,
): Promise<ModalView> {
  const { storage, identity, people, now } = app;
  const digest = await storage.digests.byId(identity.teamId, digestId);
  const behind = digest === undefined ? [] : storage.digests.behindMore(digest);
  const [rest, viewer] = await Promise.all([behind, people.viewer(personId)]);
  if (viewer.standing === 'guest' || viewer.standing === 'external')
    return sayingModal(TITLE, `The rest of this digest is for the members of ${identity.workspace}.`);
  // Stewards see a digest before anybody else does.
  const isPreview = digest?.state !== 'published' && (await isSteward(app, personId));
  const readable = rest.filter((story) => isPreview || mayRead(viewer, story, now()));
  if (digest === undefined || readable.length === 0)
    return sayingModal(TITLE, notFoundWords('The rest of this digest'));
  // The last of a page may have been left out or taken back since.
  const page = Math.min(asked, Math.ceil(readable.length / STORIES_A_PAGE) - 1);
  const from = page * STORIES_A_PAGE;
  const shown = readable.slice(from, from + STORIES_A_PAGE);
  const names = await people.names(shown.flatMap(peopleNamed));
  const counts = await Promise.all(shown.map((story) => storage.presses.counts(story.id)));
  const drawn = shown.map((story, at) => ({
    id: story.id,
    blocks: storyToPress(story, digest.zone, names, counts[at] ?? NOBODY_PRESSED),
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
    private_metadata: JSON.stringify(place),
    blocks: [
      ...stories.flatMap(({ id, blocks }) => (isPreview ? previewOfStory(blocks, digestId, id) : blocks)),
      ...(isPreview ? [] : [context(PRESSES)]),
      ...(hasMore ? [actions(button(DIGEST_ACTIONS.more, 'More', `${digestId}:${page + 1}`))] : []),
    ],
  };
}
