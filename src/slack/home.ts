import type { HomeView, KnownBlock } from '@slack/types';
import type { Listed } from '../domain/lists.ts';
import { button, escapeText, header, section, typed } from './blocks.ts';
import { actions, CARD_ACTIONS, type Message } from './card.ts';
import { type PlacedLetter, stewardBlocks } from './letters.ts';
import { listLine } from './story.ts';

export const HOME_ACTIONS = { share: 'share_from_home', goOn: 'go_on' } as const;

/** How many of each list a Home shows. */
export const HOME_LISTS = 10;

export type HomeLists = {
  drafts: Listed[];
  mine: Listed[];
  others: Listed[];
  /** For those who look after near-misses. */
  stewarding?: { hasDigest: boolean; letters: PlacedLetter[] } | undefined;
};

/** App Home: share, what was started, what is one's own, what others shared (`copy.md` §10). */
export function home({ drafts, mine, others, stewarding }: HomeLists): HomeView {
  const forStewards = stewarding === undefined ? [] : stewardBlocks(stewarding);
  const finished = mine.filter(({ id }) => drafts.every((draft) => draft.id !== id));
  const isNew = mine.length === 0 && others.length === 0;
  return {
    type: 'home',
    blocks: isNew
      ? [...nothingYet(), ...forStewards]
      : [
          actions(shareButton()),
          ...list('Started, not finished', drafts, (id) => button(HOME_ACTIONS.goOn, 'Go on', id)),
          ...(finished.length === 0
            ? [header('Yours'), section(drafts.length === 0 ? NOTHING_OF_YOURS : NOTHING_FINISHED)]
            : list('Yours, and what came of them', finished, openButton)),
          ...list('From others', others, openButton),
          ...forStewards,
        ],
  };
}

const NOTHING_FINISHED = 'What you started is above. What you finish is listed here.';

/** Said wherever what is one's own is listed. */
export const NOTHING_OF_YOURS =
  'Nothing yet. What you share is listed here, unless you choose that nobody may see it was you.';

function nothingYet(): KnownBlock[] {
  return [
    header('Learn from what nearly happened'),
    section(
      'A near-miss is something that could have reached people and did not, because someone noticed or something held. You do not have to be sure that it counts. One line is enough.',
    ),
    actions(shareButton()),
    header('What one looks like (made up)'),
    section(
      "_The invoices had last year's tax rate. We saw it an hour before they went out._\nWhat went right: ten invoices are opened by hand before every run.\nWorth borrowing: before a large send, open ten items by hand and compare one number you know.",
    ),
    header('What happens with it'),
    section(
      'You choose who may read it and who may see that it was you. Colleagues can add to the story in their own words.',
    ),
    header('Yours'),
    section(NOTHING_OF_YOURS),
    header('From others'),
    section('Nothing yet. The first one starts it.'),
  ];
}

function shareButton() {
  return { ...button(HOME_ACTIONS.share, 'Share a near-miss'), style: 'primary' as const };
}

const openButton = (id: string) => button(CARD_ACTIONS.readAll, 'Read', id);

function list(
  title: string,
  nearMisses: Listed[],
  accessory: (id: string) => ReturnType<typeof button>,
): KnownBlock[] {
  if (nearMisses.length === 0) return [];
  return [header(title), ...rows(nearMisses, accessory)];
}

function rows(nearMisses: Listed[], accessory: (id: string) => ReturnType<typeof button>): KnownBlock[] {
  return nearMisses.map((nearMiss) => ({ ...typed(listLine(nearMiss)), accessory: accessory(nearMiss.id) }));
}

/** The answer to `/nearmiss list mine` and `list drafts`. */
export function listMessage(
  title: string,
  empty: string,
  nearMisses: Listed[],
  kind: 'mine' | 'drafts',
): Message {
  const accessory = kind === 'drafts' ? (id: string) => button(HOME_ACTIONS.goOn, 'Go on', id) : openButton;
  return {
    text: escapeText([title, ...(nearMisses.length === 0 ? [empty] : nearMisses.map(listLine))].join('\n')),
    blocks: nearMisses.length === 0 ? [section(empty)] : [header(title), ...rows(nearMisses, accessory)],
  };
}
