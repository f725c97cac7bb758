import { describe, expect, it } from 'vitest';
import type { Json } from '../../sandbox/json.ts';
import { type BotOnAStore, botOnAStore, DAY, HOUR } from '../support/bot-on-a-store.ts';
import { type BotOnTheWire, botOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { shareAndSkip } from '../support/capture.ts';
import { rows } from '../support/database.ts';
import { digestsIn, putDigestInFile } from '../support/digest.ts';
import { cardIn, dmOf, ephemeralOf, wordsOf } from '../support/screen.ts';
import { chooseStewards } from '../support/stewards.ts';
import { callsOf } from '../support/workspace.ts';

/** The whole app, with a digest that is due when it starts. */
async function openWithDigestDue(
  before: (workspace: BotOnTheWire['workspace']) => void,
  stories = STORIES,
): Promise<BotOnTheWire> {
  const bot = await botOnTheWire();
  await bot.stop();
  before(bot.workspace);
  await putDigestInFile(bot, stories, { now: bot.now() });
  await bot.restart();
  return bot;
}

const STORIES = ['The rates were wrong', 'The line was down', 'The list was old'];

const learningOf = ({ workspace }: Pick<BotOnTheWire, 'workspace'>) => workspace.channel('learning').id;

it('a 429 in the middle of a digest delays no modal and no other channel', async () => {
  let limited: ReturnType<BotOnTheWire['workspace']['faults']['on']> | undefined;
  const bot = await openWithDigestDue((workspace) => {
    limited = workspace.faults.on(
      'chat.postMessage',
      { kind: 'rate_limit', retryAfter: 600 },
      { nth: 3, matching: ({ channel }) => channel === learningOf({ workspace }) },
    );
  });
  await limited?.struck;
  await shareAndSkip(bot, 'jon', 'Something else meanwhile', { card: true });
  await cardIn(bot, 'payments-ops', 'jon', 'Something else meanwhile');
  expect(digestsIn(bot)[0]?.replies).toHaveLength(1);
  expectNoComplaints(bot);
});

it('a steward who publishes a preview hears when its channel takes nothing, and it waits', async () => {
  const bot = await botOnTheWire();
  await bot.stop();
  await putDigestInFile(bot, STORIES, { now: bot.now(), dueIn: 10 * 60_000, previewMinutes: 60 });
  await bot.restart();
  const preview = await dmOf(bot, 'amira', 'if nobody does anything');
  Object.assign(bot.workspace.channel('learning'), { isArchived: true });
  await bot.workspace.person('amira').press(preview, 'publish_digest');
  await ephemeralOf(bot, 'amira', 'Slack does not let the app post there just now');
  Object.assign(bot.workspace.channel('learning'), { isArchived: false });
  await bot.workspace.person('amira').press(preview, 'publish_digest');
  await bot.workspace.until(() => digestsIn(bot)[0]?.replies.length === 4);
  await bot.workspace.until(() => !JSON.stringify(bot.workspace.person('amira').dm()).includes('Preview'));
  expectNoComplaints(bot);
});

describe('what could not be posted waits on the Home of the stewards', () => {
  /** Slack says nothing of it beforehand; where it does, nothing is tried. */
  const restrict = ({ workspace }: Pick<BotOnTheWire, 'workspace'>, is: boolean) => {
    const toLearning = { times: 99, matching: (args: Json) => args.channel === learningOf({ workspace }) };
    if (is)
      workspace.faults.on('chat.postMessage', { kind: 'error', error: 'restricted_action' }, toLearning);
    else workspace.faults.clear();
  };
  const homeOf = ({ workspace }: BotOnTheWire) => wordsOf(workspace.person('amira').home());

  async function refused(): Promise<BotOnTheWire> {
    const bot = await openWithDigestDue((workspace) => restrict({ workspace }, true));
    await dmOf(bot, 'amira', 'The digest could not be posted in #learning');
    await bot.workspace.until(() => homeOf(bot).includes('Try again'));
    expect(bot.workspace.person('amira').dm(), 'told once').toHaveLength(1);
    expect(homeOf(bot)).toContain('The digest could not be posted: ');
    for (const words of STORIES) expect(homeOf(bot).split('For stewards')[1]).not.toContain(words);
    return bot;
  }

  it('Try again posts it, where digests go by then, with all that follows', async () => {
    const bot = await refused();
    restrict(bot, false);
    const part = () => rows(bot, "select part_id from outbox where kind = 'digest_part' and position = 0");
    const before = part();
    await bot.workspace.person('amira').press('home', 'try_letter_again');
    await bot.workspace.until(() => digestsIn(bot)[0]?.replies.length === 4);
    await bot.workspace.until(() => !homeOf(bot).includes('Try again'));
    expect(digestsIn(bot)).toHaveLength(1);
    // What was refused may be there all the same: a look for the new one must not find it.
    expect(part()).not.toEqual(before);
    expectNoComplaints(bot);
  });

  it('Let it go takes it from there, and nothing is posted', async () => {
    const bot = await refused();
    restrict(bot, false);
    await bot.workspace.person('amira').press('home', 'let_letter_go');
    await bot.workspace.until(() => !homeOf(bot).includes('Try again'));
    expect(digestsIn(bot)).toEqual([]);
    expectNoComplaints(bot);
  });

  it.each(['try_letter_again', 'let_letter_go'])(
    'somebody who is a steward no longer changes nothing with %s, while their Home shows it still',
    async (action) => {
      const bot = await refused();
      const amira = bot.workspace.person('amira');
      bot.workspace.faults.on(
        'views.publish',
        { kind: 'http', status: 503 },
        { times: Number.POSITIVE_INFINITY, matching: ({ user_id: personId }) => personId === amira.id },
      );
      await chooseStewards(bot, 'amira', ['jon']);
      const standing = () => rows(bot, "select seq, part_id, state from outbox where state = 'refused'");
      const before = standing();
      await amira.press('home', action);
      // Everything that was pressed is done when it has stopped.
      await bot.stop();
      expect(standing()).toEqual(before);
      expectNoComplaints(bot);
    },
  );

  it('one press tries everything again that was refused of one digest', async () => {
    const bot = await openWithDigestDue((workspace) => {
      workspace.faults.on(
        'chat.postMessage',
        { kind: 'error', error: 'restricted_action' },
        { nth: 2, times: 3, matching: (args) => args.channel === learningOf({ workspace }) },
      );
    });
    await bot.workspace.until(() => homeOf(bot).split('could not be posted').length === 4);
    await bot.workspace.until(() => digestsIn(bot)[0]?.replies.length === 1);
    const amira = bot.workspace.person('amira');
    const first = amira.home()?.blocks.find((block) => JSON.stringify(block).includes('try_letter_again'));
    await amira.press('home', { block_id: first?.block_id ?? '', action_id: 'try_letter_again' });
    await bot.workspace.until(() => digestsIn(bot)[0]?.replies.length === 4);
    await bot.workspace.until(() => !homeOf(bot).includes('Try again'));
    expect(bot.workspace.person('amira').dm(), 'told once').toHaveLength(1);
    expectNoComplaints(bot);
  });
});

describe('where Slack takes no charts', () => {
  const chartIn = (bot: BotOnAStore, at: number) => {
    const chart = digestsIn(bot)[at]?.replies.find(({ text }) => text.startsWith('How these were noticed'));
    return { text: chart?.text, blocks: chart?.blocks?.map(({ type }) => type) };
  };
  const attempts = (bot: BotOnAStore, type: string) =>
    callsOf(bot, 'chat.postMessage').filter(({ args }) =>
      JSON.stringify(args.blocks ?? '').includes(`"${type}"`),
    ).length;
  const noticed = { signal: { kind: 'alert' as const } };

  async function weekOf(bot: BotOnAStore): Promise<void> {
    await bot.share('Noticed by an alert', noticed);
    bot.clock.advance(7 * DAY);
    await bot.tend();
    await bot.drain();
  }

  it.each([
    ['a table', ['data_visualization'], ['rich_text', 'table']],
    ['words', ['data_visualization', 'table'], ['rich_text']],
  ])(
    'the same numbers come as %s, and the chart is not tried again for a week',
    async (_what, taken, blocks) => {
      const bot = await botOnAStore();
      for (const type of taken)
        bot.workspace.faults.on(
          'chat.postMessage',
          { kind: 'error', error: 'invalid_blocks' },
          { times: 9, matching: (args) => JSON.stringify(args.blocks ?? '').includes(`"${type}"`) },
        );
      await weekOf(bot);
      expect(chartIn(bot, 0)).toEqual({ text: 'How these were noticed: An alert or alarm 1', blocks });
      expect(attempts(bot, 'data_visualization')).toBe(1);
      const { chartRefusedAt: refusedAt = 0 } = await bot.storage.workspaces.settings(
        bot.app.identity.teamId,
      );
      expect(refusedAt).toBeGreaterThan(0);
      await bot.share('Another', noticed);
      bot.clock.advance(refusedAt + 7 * DAY - HOUR - bot.clock.now());
      bot.settings.weekday = new Date(bot.clock.now()).getUTCDay() || 7;
      bot.settings.minutes = 1;
      await bot.storage.workspaces.change(bot.app.identity.teamId, { digest: bot.settings });
      await bot.tend();
      await bot.drain();
      expect(digestsIn(bot)).toHaveLength(2);
      expect(attempts(bot, 'data_visualization'), 'within the week').toBe(1);
      await weekOf(bot);
      expect(attempts(bot, 'data_visualization'), 'after the week').toBe(2);
    },
  );
});
