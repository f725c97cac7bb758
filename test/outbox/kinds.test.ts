import { expect, test } from 'vitest';
import type { Wider } from '../../src/domain/access/promised-place.ts';
import { fitOneMessage, NOTICES, type Notice, type Says } from '../../src/domain/outbox/notices.ts';
import { cardRefused } from '../../src/slack/capture/confirmation.ts';
import { cardStands, cardWithheld, PLACE_UNKNOWN } from '../../src/slack/card/card-notices.ts';
import { question } from '../../src/slack/card/card-question.ts';
import {
  channelRefused,
  leftOut,
  partRefused,
  wordingProposed,
} from '../../src/slack/digest/digest-notices.ts';
import { SAY } from '../../src/slack/outbox/send-notice.ts';
import { SEND } from '../../src/slack/outbox/send-row.ts';
import { type Message, sayingMessage } from '../../src/slack/platform/message.ts';
import { inParts } from '../../src/slack/platform/message-parts.ts';
import { cardWaits } from '../../src/slack/stewards/undelivered.ts';
import { fullOf, NASTY } from '../support/any-words.ts';
import { problemsOf, sentText } from '../support/screen-texts.ts';
import { NOW, openStore } from '../support/store.ts';

test('a kind without a handler does not compile, nor does a notice without its words', () => {
  // @ts-expect-error
  const silent: typeof SEND = { ...SEND, notice: undefined };
  // @ts-expect-error
  const wordless: typeof SAY = { ...SAY, wording: undefined };
  expect([silent.notice, wordless.wording]).toEqual([undefined, undefined]);
});

test.each(
  [
    ['of a kind nobody knows', "'telegram', 'person:U1', 'U1', null"],
    ['a notice that says nothing anybody knows', "'notice', 'person:U1', 'U1', 'telegram'"],
    ['a notice that lacks what it is about', "'notice', 'person:U1', 'U1', 'card_asked'"],
    ['a Home of nobody', "'home', 'home:', null, null"],
  ].flatMap(([what, columns]) => ['pending', 'sending'].map((state) => [what, state, columns])),
)(
  'a row that is %s and %s is refused and named in an error, and the next one goes',
  async (_what, state, columns) => {
    const { storage, outside } = await openStore();
    outside().exec(
      `insert into outbox (part_id, team_id, kind, lane, person_id, says, state, due_at, created_at) values ('p', 'T1', ${columns}, '${state}', 1, 1)`,
    );
    await storage.outbox.refreshHome('T1', 'U2', NOW);
    const claim = () => storage.outbox.claim({ owner: 'me', now: NOW, leaseUntil: NOW + 1, betweenMs: 0 });
    await expect(claim()).rejects.toThrow('Row 1 of the outbox');
    expect(outside().prepare('select state from outbox where seq = 1').get()).toEqual({ state: 'refused' });
    expect(await claim()).toMatchObject({ kind: 'home', personId: 'U2' });
  },
);

const WIDER: Wider[] = ['outside_soon', 'shared_outside', 'outside_unsaid', 'more_readers'];

/** Each notice at its longest, with these words wherever somebody's words are. */
function drawn(says: Says, words: string): Message[] {
  const nearMiss = fullOf(words);
  const named = words.slice(0, 80).toWellFormed();
  switch (says) {
    case 'card_refused':
      return WIDER.map((why) => cardRefused(nearMiss, why));
    case 'card_asked':
      return [question(nearMiss)];
    case 'card_stands':
      return [cardStands(nearMiss, PLACE_UNKNOWN), cardStands(nearMiss, 'is_archived')];
    case 'card_withheld':
      return WIDER.map((why) => cardWithheld(nearMiss, why));
    case 'left_out':
      return [
        sayingMessage(leftOut(nearMiss, named, { line: words.slice(0, 500).toWellFormed(), forGood: false })),
      ];
    case 'wording':
      return [wordingProposed(nearMiss, named, words)];
    case 'channel_refused':
      return [sayingMessage(channelRefused(named))];
    case 'part_refused':
      return (['parent', 'part', 'change'] as const).map((about) =>
        sayingMessage(partRefused(named, { about, state: 'asked' })),
      );
    case 'card_waits':
      return [cardWaits()];
  }
}

const EVERY = Object.keys(NOTICES) as Says[];

test.each(EVERY)('%s is at most as long as the table says, whatever people write and are called', (says) => {
  for (const { text, blocks } of NASTY.flatMap((words) => drawn(says, words)))
    expect(sentText(blocks) + text.length).toBeLessThanOrEqual(NOTICES[says].longest);
});

test.each(EVERY)('as many of %s as go into one message are within what Slack takes', (says) => {
  const many = Array.from({ length: 20 }, () => ({ says }) as Notice);
  for (const words of NASTY) {
    const [longest] = drawn(says, words);
    if (longest === undefined) throw new Error('It says nothing.');
    expect(problemsOf(inParts(many.slice(0, fitOneMessage(many)).map(() => longest)))).toEqual([]);
  }
});
