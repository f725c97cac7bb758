import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Json } from '../sandbox/state.ts';
import { DAY, type Desk, DIGEST_CHANNELS, DIGEST_PEOPLE, digestsIn, HOUR, openDesk } from './digest-desk.ts';
import { chooseStewards } from './digest-scene.ts';
import { setUpDigest } from './digest-set-up.ts';
import {
  callsOf,
  cardIn,
  dmOf,
  ephemeralOf,
  expectNoComplaints,
  rows,
  shareAndSkip,
  wordsOf,
} from './doing.ts';
import { type Office, openOffice, temporaryFolder } from './office.ts';

/** The whole app, with a digest that is due when it starts. */
async function openWithDigestDue(
  before: (workspace: Office['workspace']) => void,
  stories = STORIES,
): Promise<Office> {
  const databasePath = join(temporaryFolder(), 'nearmiss.db');
  const office = await openOffice({ people: DIGEST_PEOPLE, channels: DIGEST_CHANNELS, databasePath });
  await office.bot.stop();
  before(office.workspace);
  await setUpDigest(office.workspace, databasePath, stories);
  await office.restart();
  return office;
}

const STORIES = ['The rates were wrong', 'The line was down', 'The list was old'];

const learningOf = ({ workspace }: Pick<Office, 'workspace'>) => workspace.channel('learning').id;

it('a 429 in the middle of a digest delays no modal and no other channel', async () => {
  let limited: ReturnType<Office['workspace']['faults']['on']> | undefined;
  const office = await openWithDigestDue((workspace) => {
    limited = workspace.faults.on(
      'chat.postMessage',
      { kind: 'rate_limit', retryAfter: 600 },
      { nth: 3, matching: ({ channel }) => channel === learningOf({ workspace }) },
    );
  });
  await limited?.struck;
  await shareAndSkip(office, 'jon', 'Something else meanwhile', { card: true });
  await cardIn(office, 'payments-ops', 'jon', 'Something else meanwhile');
  expect(digestsIn(office)[0]?.replies).toHaveLength(1);
  expectNoComplaints(office);
});

it('a steward who publishes a preview hears when its channel takes nothing, and it waits', async () => {
  const databasePath = join(temporaryFolder(), 'nearmiss.db');
  const office = await openOffice({ people: DIGEST_PEOPLE, channels: DIGEST_CHANNELS, databasePath });
  await office.bot.stop();
  await setUpDigest(office.workspace, databasePath, STORIES, { dueIn: 10 * 60_000, previewMinutes: 60 });
  await office.restart();
  const preview = await dmOf(office, 'amira', 'if nobody does anything');
  Object.assign(office.workspace.channel('learning'), { isArchived: true });
  await office.workspace.person('amira').press(preview, 'publish_digest');
  await ephemeralOf(office, 'amira', 'Slack does not let the app post there just now');
  Object.assign(office.workspace.channel('learning'), { isArchived: false });
  await office.workspace.person('amira').press(preview, 'publish_digest');
  await office.workspace.until(() => digestsIn(office)[0]?.replies.length === 4);
  await office.workspace.until(
    () => !JSON.stringify(office.workspace.person('amira').dm()).includes('Preview'),
  );
  expectNoComplaints(office);
});

describe('what could not be posted waits on the Home of the stewards', () => {
  /** Slack says nothing of it beforehand; where it does, nothing is tried. */
  const restrict = ({ workspace }: Pick<Office, 'workspace'>, is: boolean) => {
    const toLearning = { times: 99, matching: (args: Json) => args.channel === learningOf({ workspace }) };
    if (is)
      workspace.faults.on('chat.postMessage', { kind: 'error', error: 'restricted_action' }, toLearning);
    else workspace.faults.clear();
  };
  const homeOf = ({ workspace }: Office) => wordsOf(workspace.person('amira').home());

  async function refused(): Promise<Office> {
    const office = await openWithDigestDue((workspace) => restrict({ workspace }, true));
    await dmOf(office, 'amira', 'The digest could not be posted in #learning');
    await office.workspace.until(() => homeOf(office).includes('Try again'));
    expect(office.workspace.person('amira').dm(), 'told once').toHaveLength(1);
    expect(homeOf(office)).toContain('The digest could not be posted: ');
    for (const words of STORIES) expect(homeOf(office).split('For stewards')[1]).not.toContain(words);
    return office;
  }

  it('Try again posts it, where digests go by then, with all that follows', async () => {
    const office = await refused();
    restrict(office, false);
    const part = () => rows(office, "select part_id from outbox where kind = 'digest_part' and position = 0");
    const before = part();
    await office.workspace.person('amira').press('home', 'try_letter_again');
    await office.workspace.until(() => digestsIn(office)[0]?.replies.length === 4);
    await office.workspace.until(() => !homeOf(office).includes('Try again'));
    expect(digestsIn(office)).toHaveLength(1);
    // What was refused may be there all the same: a look for the new one must not find it.
    expect(part()).not.toEqual(before);
    expectNoComplaints(office);
  });

  it('Let it go takes it from there, and nothing is posted', async () => {
    const office = await refused();
    restrict(office, false);
    await office.workspace.person('amira').press('home', 'let_letter_go');
    await office.workspace.until(() => !homeOf(office).includes('Try again'));
    expect(digestsIn(office)).toEqual([]);
    expectNoComplaints(office);
  });

  it.each(['try_letter_again', 'let_letter_go'])(
    'somebody who is a steward no longer changes nothing with %s, while their Home shows it still',
    async (action) => {
      const office = await refused();
      const amira = office.workspace.person('amira');
      office.workspace.faults.on(
        'views.publish',
        { kind: 'http', status: 503 },
        { times: Number.POSITIVE_INFINITY, matching: ({ user_id: personId }) => personId === amira.id },
      );
      await chooseStewards(office, 'amira', ['jon']);
      const letters = () => rows(office, "select seq, part_id, state from outbox where state = 'refused'");
      const before = letters();
      await amira.press('home', action);
      // Everything that was pressed is done when it has stopped.
      await office.bot.stop();
      expect(letters()).toEqual(before);
      expectNoComplaints(office);
    },
  );

  it('one press tries everything again that was refused of one digest', async () => {
    const office = await openWithDigestDue((workspace) => {
      workspace.faults.on(
        'chat.postMessage',
        { kind: 'error', error: 'restricted_action' },
        { nth: 2, times: 3, matching: (args) => args.channel === learningOf({ workspace }) },
      );
    });
    await office.workspace.until(() => homeOf(office).split('could not be posted').length === 4);
    await office.workspace.until(() => digestsIn(office)[0]?.replies.length === 1);
    const amira = office.workspace.person('amira');
    const first = amira.home()?.blocks.find((block) => JSON.stringify(block).includes('try_letter_again'));
    await amira.press('home', { block_id: first?.block_id ?? '', action_id: 'try_letter_again' });
    await office.workspace.until(() => digestsIn(office)[0]?.replies.length === 4);
    await office.workspace.until(() => !homeOf(office).includes('Try again'));
    expect(office.workspace.person('amira').dm(), 'told once').toHaveLength(1);
    expectNoComplaints(office);
  });
});

describe('where Slack takes no charts', () => {
  const chartIn = (desk: Desk, at: number) => {
    const chart = digestsIn(desk)[at]?.replies.find(({ text }) => text.startsWith('How these were noticed'));
    return { text: chart?.text, blocks: chart?.blocks?.map(({ type }) => type) };
  };
  const attempts = (desk: Desk, type: string) =>
    callsOf(desk, 'chat.postMessage').filter(({ args }) =>
      JSON.stringify(args.blocks ?? '').includes(`"${type}"`),
    ).length;
  const noticed = { signal: { kind: 'alert' as const } };

  async function weekOf(desk: Desk): Promise<void> {
    await desk.share('Noticed by an alert', noticed);
    desk.clock.advance(7 * DAY);
    await desk.tend();
    await desk.drain();
  }

  it.each([
    ['a table', ['data_visualization'], ['rich_text', 'table']],
    ['words', ['data_visualization', 'table'], ['rich_text']],
  ])(
    'the same numbers come as %s, and the chart is not tried again for a week',
    async (_what, taken, blocks) => {
      const desk = await openDesk();
      for (const type of taken)
        desk.workspace.faults.on(
          'chat.postMessage',
          { kind: 'error', error: 'invalid_blocks' },
          { times: 9, matching: (args) => JSON.stringify(args.blocks ?? '').includes(`"${type}"`) },
        );
      await weekOf(desk);
      expect(chartIn(desk, 0)).toEqual({ text: 'How these were noticed: An alert or alarm 1', blocks });
      expect(attempts(desk, 'data_visualization')).toBe(1);
      const { chartRefusedAt: refusedAt = 0 } = await desk.storage.workspaces.settings(
        desk.app.identity.teamId,
      );
      expect(refusedAt).toBeGreaterThan(0);
      await desk.share('Another', noticed);
      desk.clock.advance(refusedAt + 7 * DAY - HOUR - desk.clock.now());
      desk.settings.weekday = new Date(desk.clock.now()).getUTCDay() || 7;
      desk.settings.minutes = 1;
      await desk.storage.workspaces.change(desk.app.identity.teamId, { digest: desk.settings });
      await desk.tend();
      await desk.drain();
      expect(digestsIn(desk)).toHaveLength(2);
      expect(attempts(desk, 'data_visualization'), 'within the week').toBe(1);
      await weekOf(desk);
      expect(attempts(desk, 'data_visualization'), 'after the week').toBe(2);
    },
  );
});
