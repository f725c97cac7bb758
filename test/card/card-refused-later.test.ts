import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { toCapture } from '../../src/domain/capture/capture.ts';
import { type Desk, openDesk } from '../support/digest-desk.ts';
import { openSceneWithDigest, type Scene } from '../support/digest-scene.ts';
import { dmOf, expectNoComplaints, placeOf, said, shareAndSkip } from '../support/doing.ts';
import { openOffice } from '../support/office.ts';
import { MONDAY } from '../support/preview-steps.ts';

/** What the app wrote to somebody about a card, in the order it came. */
const aboutCards = ({ workspace }: Pick<Desk, 'workspace'>, who: string) =>
  workspace
    .person(who)
    .dm()
    .map(({ text }) => text)
    .filter((text) => text.includes('card'));

/** Somebody shares something with its card in #payments-ops; the end of the capture was seen. */
async function shareWithCard({ storage, app, workspace, clock }: Desk): Promise<void> {
  const { id, name } = workspace.channel('payments-ops');
  const submission = {
    id: randomUUID(),
    teamId: app.identity.teamId,
    personId: workspace.person('maria').id,
    summary: 'The rates were wrong',
    tier: 'named' as const,
    audience: 'everyone' as const,
    wantsCard: true,
    conversation: { id, name, kind: 'public' as const },
    stewards: [],
  };
  await storage.nearMisses.capture(toCapture(submission, clock.now()), clock.now(), clock.now());
}

const REFUSED =
  'About NM-1. The card could not be posted in #payments-ops: posting is restricted. The near-miss is safe.';

test('after its confirmation said that the card follows, its reporter hears that it does not, once', async () => {
  const desk = await openDesk();
  const toOps = ({ channel }: { channel?: unknown }) => channel === desk.workspace.channel('payments-ops').id;
  const { faults } = desk.workspace;
  faults.on('chat.postMessage', { kind: 'rate_limit', retryAfter: 60 }, { matching: toOps });
  faults.on('chat.postMessage', { kind: 'error', error: 'restricted_action' }, { matching: toOps });
  await shareWithCard(desk);
  await desk.drain();
  expect(aboutCards(desk, 'maria')).toEqual([
    expect.stringContaining('Its card will follow as soon as Slack accepts it.'),
    REFUSED,
  ]);
});

test('while its confirmation is still to come that one says it, and nothing else does', async () => {
  const desk = await openDesk();
  desk.workspace.faults.on('chat.postMessage', { kind: 'error', error: 'restricted_action' });
  await shareWithCard(desk);
  await desk.drain();
  expect(aboutCards(desk, 'maria')).toEqual([
    expect.stringContaining('The card could not be posted in #payments-ops: posting is restricted.'),
  ]);
});

test('of what was withdrawn meanwhile nothing is said', async () => {
  const desk = await openDesk();
  const { faults } = desk.workspace;
  await shareWithCard(desk);
  faults.on('chat.postMessage', { kind: 'drop', when: 'before' });
  faults.on('conversations.history', { kind: 'error', error: 'missing_scope' });
  await desk.drain();
  const near = await desk.storage.nearMisses.byNumber(desk.app.identity.teamId, 1);
  const about = { teamId: desk.app.identity.teamId, nearMissId: near?.id ?? '' };
  await desk.storage.outbox.answerAsked({ ...about, answer: 'post_again', now: desk.clock.now() });
  faults.on('chat.postMessage', { kind: 'error', error: 'restricted_action' });
  while ((await desk.storage.outbox.cardDelivery(about.teamId, about.nearMissId)).state !== 'refused')
    await desk.step();
  await desk.withdraw(near?.id ?? '');
  const before = aboutCards(desk, 'maria');
  await desk.drain();
  expect(aboutCards(desk, 'maria')).toEqual(before);
});

test('*Post it again* and refused: the person who pressed it is told', async () => {
  const office = await openOffice();
  office.workspace.faults.on('chat.postMessage', { kind: 'drop', when: 'before' });
  office.workspace.faults.on('conversations.history', { kind: 'error', error: 'missing_scope' });
  await shareAndSkip(office, 'maria', 'The rates were wrong');
  const question = await dmOf(office, 'maria', 'Is it there?');
  Object.assign(office.workspace.channel('payments-ops'), { isPostingRestricted: true });
  await office.workspace.person('maria').press(placeOf(question), 'post_again');
  expect(said(await dmOf(office, 'maria', 'could not be posted'))).toBe(`${REFUSED}\n${REFUSED}`);
  expectNoComplaints(office);
});

/** Monday comes, and #ledger takes nothing any more. */
async function mondayWithoutLedger(office: Scene): Promise<void> {
  Object.assign(office.workspace.channel('ledger'), { isArchived: true });
  await office.goTo(MONDAY);
}

test('only the stewards: a card promised for Monday and refused on Monday', async () => {
  const office = await openSceneWithDigest();
  await shareAndSkip(office, 'maria', 'a quiet one', {
    channel: 'ledger',
    audience: 'channel',
    tier: 'confidential',
  });
  await mondayWithoutLedger(office);
  const told = await dmOf(office, 'maria', 'could not be posted');
  expect(told.text).toBe(
    'About NM-1. The card could not be posted in #ledger: the channel is archived. The near-miss is safe.',
  );
  expect(office.workspace.person('jon').dm()).toEqual([]);
  expectNoComplaints(office);
});
