import { expect, test } from 'vitest';
import type { Channel } from '../sandbox/state.ts';
import {
  chooseStewards,
  DAY,
  openScene,
  openSceneWithDigest,
  publishNow,
  type Scene,
  setUpDigest,
  tell,
} from './digest-scene.ts';
import {
  cardIn,
  dmOf,
  ephemeralOf,
  expectNoComplaints,
  fillStepOne,
  modalOf,
  openStepOne,
  placeOf,
  shareAndSkip,
  stepOneOf,
  wordsOf,
} from './doing.ts';
import { cards, settled } from './outbox-steps.ts';
import { MONDAY } from './preview-steps.ts';

/*
 * Cards that wait for the digest: what was promised days before, held against what Slack says when they are posted.
 */

const quiet = { channel: 'ledger', audience: 'channel', tier: 'confidential' } as const;

const becomes = ({ workspace }: Scene, name: string, change: Partial<Channel>) =>
  void Object.assign(workspace.channel(name), change);

/** The digest is posted by hand, after the app knew for certain that nobody else was in #ledger. */
async function digestComes(office: Scene, change: Partial<Channel>): Promise<void> {
  await tell(office, 'sam', 'the phones were dead at night');
  await office.goTo(MONDAY - DAY);
  await openStepOne(office, 'maria', 'ledger');
  await stepOneOf(office, 'maria', '#ledger');
  await office.workspace.person('maria').close();
  becomes(office, 'ledger', change);
  await publishNow(office, 'jon');
}

test.each([
  [
    { isExtShared: true },
    'it is shared with another organisation, and as far as the app knows you were not told so when you saved',
  ],
  [
    { isPendingExtShared: true },
    'it is about to be shared with another organisation, and as far as the app knows you were not told so when you saved',
  ],
  [{ kind: 'public' }, 'more people can see it than when the near-miss was saved'],
] as const)(
  'only the stewards: a card is not posted by then (%o), and its reporter hears why',
  async (change, why) => {
    const office = await openSceneWithDigest();
    await shareAndSkip(office, 'maria', 'a quiet one', quiet);
    await digestComes(office, change);
    const told = await dmOf(office, 'maria', 'could not be posted');
    expect(told.text).toBe(
      `About NM-1. The card could not be posted in #ledger: ${why}. The near-miss is safe.`,
    );
    await settled(office);
    expect(cards(office, 'ledger')).toEqual([]);
    expectNoComplaints(office);
  },
);

test('nobody: such a card waits for the stewards, and comes when one tries again after it was mended', async () => {
  const office = await openSceneWithDigest();
  const { workspace } = office;
  await shareAndSkip(office, 'maria', 'a quiet one', { ...quiet, tier: 'unattributed' });
  await digestComes(office, { isExtShared: true });
  const jon = workspace.person('jon');
  const letter = () => wordsOf(jon.home()).split('For stewards\n')[1] ?? '';
  await workspace.until(() => letter().includes('A card'), { what: 'a letter to Jon' });
  expect(letter()).toBe(
    'A card could not be posted in #ledger: it is shared with another organisation.\nTry again\nLet it go',
  );
  expect(letter()).not.toContain('quiet one');
  await jon.press('home', 'try_letter_again');
  await settled(office);
  expect(cards(office, 'ledger')).toEqual([]);
  becomes(office, 'ledger', { isExtShared: false });
  await workspace.until(() => letter().includes('A card'), { what: 'the letter again' });
  await jon.press('home', 'try_letter_again');
  await cardIn(office, 'ledger', 'jon', 'a quiet one');
  expect(workspace.person('maria').dm()).toEqual([]);
  expectNoComplaints(office);
});

test('a card for a channel of which was said that outsiders read there is posted', async () => {
  const office = await openSceneWithDigest();
  await openStepOne(office, 'maria', 'partners', 'nothing posted now');
  await fillStepOne(office, 'maria', 'a quiet one', quiet);
  const words = wordsOf(office.workspace.person('maria').view());
  expect(words).toContain('#partners is shared with another organisation. People there will see the card.');
  expect((await office.workspace.person('maria').submit()).errors).toEqual({});
  await office.workspace.person('maria').close();
  await office.goTo(MONDAY);
  await cardIn(office, 'partners', 'jon', 'a quiet one');
  expectNoComplaints(office);
});

test('a card is not posted for outsiders where Save said that nothing is', async () => {
  const office = await openScene();
  await chooseStewards(office, 'jon', ['jon', 'amira']);
  await openStepOne(office, 'maria', 'partners', 'nothing posted now');
  await fillStepOne(office, 'maria', 'a quiet one', quiet);
  const words = wordsOf(office.workspace.person('maria').view());
  expect(words).toContain('Nothing is posted. People find it in the app.');
  expect((await office.workspace.person('maria').submit()).errors).toEqual({});
  await office.workspace.person('maria').close();
  await setUpDigest(office, 'jon');
  await office.goTo(MONDAY);
  await dmOf(office, 'maria', 'The card could not be posted in #partners: it is shared with another');
  expect(cards(office, 'partners')).toEqual([]);
  expectNoComplaints(office);
});

test('became private, it is posted', async () => {
  const office = await openSceneWithDigest();
  await shareAndSkip(office, 'maria', 'a quiet one', { ...quiet, channel: 'payments-ops' });
  becomes(office, 'payments-ops', { kind: 'private' });
  await office.goTo(MONDAY);
  await cardIn(office, 'payments-ops', 'jon', 'a quiet one');
  expectNoComplaints(office);
});

test.each([
  [{ isExtShared: true }, '#ledger is shared with another organisation'],
  [{ kind: 'public' }, 'more people can see #ledger than when the near-miss was saved'],
] as const)('*Who can see this* promises no card where none will be posted (%o)', async (change, why) => {
  const office = await openSceneWithDigest();
  await shareAndSkip(office, 'maria', 'a quiet one', quiet);
  const told = await ephemeralOf(office, 'maria', 'It first appears in #ledger on Monday 20 October.');
  becomes(office, 'ledger', change);
  await office.restart();
  const maria = office.workspace.person('maria');
  await maria.press(placeOf(told), 'who_can_see');
  const words = wordsOf(await modalOf(office, 'maria', 'Who can see this', '#ledger'));
  expect(words).toContain(`Nothing is posted, because ${why}.`);
  expect(words).not.toMatch(/A card goes|will see the card/);
  expectNoComplaints(office);
});
