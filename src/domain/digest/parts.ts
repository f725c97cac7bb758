import type { NearMiss } from '../near-miss.ts';
import { type Adoption, howNoticed } from './digest.ts';

/** One message of a digest: what it is about. Its words are drawn when it is sent. */
export type Part = {
  kind: 'parent' | 'chart' | 'story' | 'more' | 'borrowed' | 'archive';
  nearMissId?: string | undefined;
};

/** The messages that are about more than one story: they are drawn again when any of the stories changes. */
export const ABOUT_SEVERAL: Part['kind'][] = ['parent', 'chart', 'more', 'borrowed'];

/** What a digest has to tell, in its order. `archived` is a story of an earlier digest, for a week with nothing new. */
export type Contents = {
  stories: NearMiss[];
  borrowed: Adoption[];
  archived?: Pick<NearMiss, 'id'> | undefined;
};

/**
 * The messages of a digest, in order: the parent, how things were noticed, the stories, the way to those that have
 * no message of their own, what was borrowed. None where there is nothing to tell.
 * @param replies so many stories have a message of their own.
 */
export function partsOf({ stories, borrowed, archived }: Contents, replies: number): Part[] {
  if (stories.length === 0)
    return archived === undefined ? [] : [{ kind: 'archive', nearMissId: archived.id }];
  return [
    { kind: 'parent' },
    ...only('chart', howNoticed(stories).length > 0),
    ...stories.slice(0, replies).map(({ id }): Part => ({ kind: 'story', nearMissId: id })),
    ...only('more', stories.length > replies),
    ...only('borrowed', borrowed.length > 0),
  ];
}

function only(kind: Part['kind'], isThere: boolean): Part[] {
  return isThere ? [{ kind }] : [];
}
