import { describe, expect, test } from 'vitest';
import { afterSave, confirmed, type Saved } from '../../src/domain/capture/after-save.ts';
import type { Capture } from '../../src/domain/capture/capture.ts';
import type { Kept } from '../../src/domain/near-miss.ts';

const DAY = Date.UTC(2026, 9, 14);
const NOON = DAY + 43_200_000;
const NOW = NOON + 5;
/** When that day is over. */
const OVER = DAY + 28 * 3_600_000;

const named: Capture = {
  id: 'nm',
  teamId: 'T1',
  summary: 'The rates were wrong',
  tier: 'named',
  audience: 'everyone',
  reporterId: 'U_MARIA',
  stewardsThen: [],
  conversation: { id: 'C_OPS', name: 'ops', kind: 'public' },
  card: { channelId: 'C_OPS', threadTs: '1.2' },
  capturedAt: NOON,
};
const { reporterId: _, card: __, ...nobody } = named;
const unattributed: Capture = { ...nobody, tier: 'unattributed', capturedAt: DAY };
const confidential: Capture = {
  ...nobody,
  tier: 'confidential',
  reporterId: 'U_MARIA',
  stewardsThen: ['U_NEW'],
};

const kept = (capture: Capture, changes: Partial<Kept> = {}): Kept => ({
  ...capture,
  card: capture.card && { ...capture.card, ts: '3.4' },
  number: 7,
  ...changes,
});

const CARD = { kind: 'card', nearMissId: 'nm', channelId: 'C_OPS' };
const CARD_CHANGE = { ...CARD, kind: 'card_change' };
const CARD_REMOVAL = { kind: 'card_removal', channelId: 'C_OPS', ts: '3.4' };
const HOME = { kind: 'home', personId: 'U_MARIA' };
const REDRAW = { do: 'redraw_digests' };
const TAKE_BACK = { do: 'take_back_card', threadTs: '1.2' };
const FORGET = [
  { do: 'forget_announcements', personId: 'U_MARIA' },
  { do: 'forget_key_players' },
  { do: 'forget_looks' },
];
const announce = (announcement: object) => ({ do: 'announce', announcement });

type Row = [what: string, capture: Capture, before: Kept | undefined, effects: object[]];

test.each<Row>([
  ['the first, with a card', named, undefined, [announce(CARD), announce(HOME)]],
  ['the first, without one', confidential, undefined, [announce(HOME)]],
  ['the first, without a name: nothing, what is sent is in order', unattributed, undefined, []],
  ['the same again', named, kept(named), [REDRAW, announce(CARD), announce(CARD_CHANGE), announce(HOME)]],
  [
    'the card is not wanted any more: it goes, and says nothing of the near-miss',
    confidential,
    kept(named),
    [TAKE_BACK, announce(CARD_REMOVAL), REDRAW, announce(HOME)],
  ],
  [
    'the card is not wanted any more and nobody knows yet where it is: it is to be found',
    confidential,
    kept(named, { card: named.card }),
    [TAKE_BACK, REDRAW, announce(HOME)],
  ],
  [
    'the name is taken back: the card goes, and nothing is left of the people',
    unattributed,
    kept(named),
    [TAKE_BACK, announce(CARD_REMOVAL), ...FORGET, REDRAW],
  ],
  ['the name is taken back where there was no card', unattributed, kept(confidential), [...FORGET, REDRAW]],
  ['nobody is known, as before', unattributed, kept(unattributed, { number: undefined }), [REDRAW]],
])('a Save brings about: %s', (_what, capture, before, effects) => {
  expect(afterSave(capture, before, NOW).effects).toEqual(effects);
});

describe('what a Save leaves of an earlier one', () => {
  const again = (capture: Capture, before?: Kept, now = NOW): Saved => afterSave(capture, before, now);

  test('its number, where everybody sees the name or it appeared with it; a first one is given the next', () => {
    expect(again(named).number).toBe('next');
    expect(again(named, kept(named)).number).toBe(7);
    expect(again(named, kept(unattributed, { number: undefined })).number).toBe('next');
    expect(again(unattributed).number).toBeUndefined();
    expect(again(unattributed, kept(named)).number).toBeUndefined();
    expect(again(confidential).number).toBeUndefined();
    expect(again(confidential, kept(named)).number).toBeUndefined();
    expect(again(confidential, kept(confidential)).number).toBe(7);
    expect(again(named, kept(confidential)).number).toBe(7);
    expect(again(unattributed, kept(confidential)).number).toBeUndefined();
  });

  test('a number that others take, where nobody can know it by that number yet', () => {
    expect(again(named, kept(named)).givesBack).toBeUndefined();
    for (const quiet of [confidential, unattributed]) {
      expect(again(quiet, kept(named)).givesBack).toBe(7);
      expect(again(quiet, kept(named), OVER - 1).givesBack).toBe(7);
      expect(again(quiet, kept(named), OVER).givesBack).toBeUndefined();
      expect(again(quiet, kept(named, { number: undefined })).givesBack).toBeUndefined();
    }
    expect(again(confidential, kept(confidential)).givesBack).toBeUndefined();
  });

  test('whom somebody trusted then, for as long as they trust stewards', () => {
    const before = kept(confidential, { stewardsThen: ['U_OLD', 'U_NEW'] });
    expect(again(confidential, before).stewardsThen).toEqual(['U_NEW']);
    expect(again(confidential, kept(confidential, { stewardsThen: ['U_OLD'] })).stewardsThen).toEqual([]);
    expect(again(confidential, kept(named)).stewardsThen).toEqual(['U_NEW']);
    expect(again(named, before).stewardsThen).toEqual([]);
  });

  test('where its card stands, if it is wanted there', () => {
    expect(again(named, kept(named)).cardTs).toBe('3.4');
    expect(again(confidential, kept(named)).cardTs).toBeUndefined();
    const elsewhere = { ...named, card: { channelId: 'C_OTHER' } };
    expect(again(elsewhere, kept(named)).cardTs).toBeUndefined();
  });

  test('when its draft ended, to the day where nobody is kept', () => {
    expect(again(named, kept(named, { toldAt: NOON })).toldAt).toBe(NOON);
    expect(again(unattributed, kept(named, { toldAt: NOON })).toldAt).toBe(DAY);
    expect(again(named, kept(named)).toldAt).toBeUndefined();
  });
});

test('a capture is confirmed to whoever is kept, when it ends or at the latest then', () => {
  const confirmation = { kind: 'confirmation', nearMissId: 'nm', personId: 'U_MARIA' };
  expect(confirmed(named, NOON)).toEqual([{ ...announce(confirmation), dueAt: NOON }]);
  expect(confirmed(unattributed, NOON)).toEqual([]);
});
