import type { HomeView, KnownBlock } from '@slack/types';
import type { Listed } from '../../domain/home/near-miss-lists.ts';
import { CARD_ACTIONS } from '../card/card.ts';
import { actions, button, escapeText, formattedContext, header, section, typed } from '../platform/blocks.ts';
import type { Message } from '../platform/message.ts';
import { type ForStewards, stewardBlocks } from '../stewards/undelivered.ts';
import { listLine } from '../story/whole-story.ts';

export const HOME_ACTIONS = { share: 'share_from_home' } as const;

/** How many of each list a Home shows, and the answer to a command. Who asks for one more knows whether there are more. */
export const LONGEST = { home: 10, answer: 30 } as const;

export type HomeLists = {
  mine: Listed[];
  others: Listed[];
  /** Who looked up that it was them, in words. */
  looks?: string[];
  /** For those who look after near-misses. */
  stewarding?: ForStewards | undefined;
};

/** App Home: share, what is one's own, what others shared. */
export function home({ mine, others, looks = [], stewarding }: HomeLists): HomeView {
  const forStewards = stewarding === undefined ? [] : stewardBlocks(stewarding);
  const isNew = mine.length === 0 && others.length === 0;
  return {
    type: 'home',
    blocks: isNew
      ? [...nothingYet(), ...forStewards]
      : [
          actions(shareButton()),
          ...(mine.length === 0
            ? [header('Yours'), section(NOTHING_OF_YOURS)]
            : list('Yours, and what came of them', mine, '/nearmiss list mine')),
          ...(looks.length === 0 ? [] : [header('Who looked up your name'), ...looks.map(typed)]),
          ...list('From others', others),
          ...forStewards,
        ],
  };
}

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

/** @param command what lists more of them. */
function list(title: string, nearMisses: Listed[], command?: string): KnownBlock[] {
  if (nearMisses.length === 0) return [];
  const newest = `These are the newest ${LONGEST.home}.`;
  const words = command === undefined ? newest : `${newest} More with \`${command}\`.`;
  const end = nearMisses.length > LONGEST.home ? [formattedContext(words)] : [];
  return [header(title), ...rows(nearMisses.slice(0, LONGEST.home)), ...end];
}

function rows(nearMisses: Listed[]): KnownBlock[] {
  return nearMisses.map((nearMiss) => ({ ...typed(listLine(nearMiss)), accessory: openButton(nearMiss.id) }));
}

const MORE_THAN_LISTED = `These are the newest ${LONGEST.answer}. There are more: \`/nearmiss show NM-12\` opens any of them by its number.`;

/** The answer to `/nearmiss list mine`. */
export function listMessage(title: string, empty: string, nearMisses: Listed[]): Message {
  if (nearMisses.length === 0)
    return { text: escapeText([title, empty].join('\n')), blocks: [section(empty)] };
  const shown = nearMisses.slice(0, LONGEST.answer);
  const end = nearMisses.length > shown.length ? [MORE_THAN_LISTED] : [];
  return {
    text: escapeText([title, ...shown.map(listLine), ...end].join('\n')),
    blocks: [header(title), ...rows(shown), ...end.map(formattedContext)],
  };
}
