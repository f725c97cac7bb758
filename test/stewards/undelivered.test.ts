import { describe, expect, test } from 'vitest';
import { toCapture } from '../../src/domain/capture/capture.ts';
import { type BotOnAStore, botOnAStore, HOUR, MINUTE } from '../support/bot-on-a-store.ts';
import { type BotOnTheWire, botOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { shareAndSkip } from '../support/capture.ts';
import { rows } from '../support/database.ts';
import { botWithDigest, digestsIn } from '../support/digest.ts';
import { MONDAY } from '../support/preview.ts';
import { cardIn, dmOf, modalOf, wordsOf } from '../support/screen.ts';
import { becomesUnheard, chooseStewards, GUEST } from '../support/stewards.ts';
import { changeWhoCanSee, openChange } from '../support/story.ts';

const WAITS =
  "A card could not be posted, or one that was taken back could not be removed. It waits on the app's Home, where you can try again or let it go.";

/** What waits for stewards, on somebody's Home, once it says so. */
function waitsFor({ workspace }: BotOnTheWire, who: string, has: string): Promise<string> {
  const undelivered = () => wordsOf(workspace.person(who).home()).split('For stewards\n')[1];
  return workspace.until(() => (undelivered()?.includes(has) === true ? undelivered() : undefined), {
    what: `what waits for ${who} with ${has}`,
  });
}

const nothingWaits = ({ workspace }: BotOnTheWire, who: string) =>
  workspace.until(() => !wordsOf(workspace.person(who).home()).includes('For stewards'));

const press = ({ workspace }: BotOnTheWire, who: string, action: 'try_letter_again' | 'let_letter_go') =>
  workspace.person(who).press('home', action);

const isArchived = ({ workspace }: BotOnTheWire, channel: string, is: boolean) =>
  void Object.assign(workspace.channel(channel), { isArchived: is });

describe('a card without a reporter', () => {
  /** Jon is in #ledger, amira is not. */
  async function refusedOnMonday(): Promise<BotOnTheWire> {
    const bot = await botWithDigest();
    await shareAndSkip(bot, 'sam', 'a quiet one', {
      channel: 'ledger',
      audience: 'channel',
      tier: 'unattributed',
    });
    isArchived(bot, 'ledger', true);
    await bot.goTo(MONDAY);
    return bot;
  }

  test('that Slack refuses waits for the stewards, without its words, and a private channel has its name only for its members', async () => {
    const bot = await refusedOnMonday();
    expect((await dmOf(bot, 'jon', 'A card')).text).toBe(WAITS);
    expect((await dmOf(bot, 'amira', 'A card')).text).toBe(WAITS);
    expect(await waitsFor(bot, 'jon', 'A card')).toBe(
      'A card could not be posted in #ledger: the channel is archived.\nTry again\nLet it go',
    );
    expect(await waitsFor(bot, 'amira', 'A card')).toBe(
      'A card could not be posted in a channel: the channel is archived.\nTry again\nLet it go',
    );
    expect(bot.workspace.person('sam').dm()).toEqual([]);
    expectNoComplaints(bot);
  });

  test('is not for somebody who is a guest by now, though it still stands on their Home', async () => {
    const bot = await refusedOnMonday();
    await waitsFor(bot, 'amira', 'A card');
    becomesUnheard(bot, 'amira', GUEST);
    bot.advance(5 * MINUTE);
    await press(bot, 'amira', 'let_letter_go');
    await modalOf(bot, 'amira', 'For stewards', 'Only the steward, Jon Park, can decide this.');
    expect(rows(bot, "select kind from outbox where state = 'refused'")).toEqual([{ kind: 'card' }]);
    expectNoComplaints(bot);
  });

  test('goes from the Home of somebody as soon as they are a guest, and only the other is told of it', async () => {
    const bot = await botWithDigest();
    await shareAndSkip(bot, 'sam', 'a quiet one', {
      channel: 'ledger',
      audience: 'channel',
      tier: 'unattributed',
    });
    isArchived(bot, 'ledger', true);
    await bot.workspace.changePerson('amira', GUEST);
    await bot.goTo(MONDAY);
    await dmOf(bot, 'jon', 'A card');
    await waitsFor(bot, 'jon', 'A card');
    expect(bot.workspace.person('amira').dm()).toEqual([]);
    expect(wordsOf(bot.workspace.person('amira').home())).not.toContain('A card');
    await bot.workspace.changePerson('jon', GUEST);
    await nothingWaits(bot, 'jon');
    expectNoComplaints(bot);
  });

  test('is posted when a steward tries again', async () => {
    const bot = await refusedOnMonday();
    await waitsFor(bot, 'amira', 'A card');
    isArchived(bot, 'ledger', false);
    await press(bot, 'amira', 'try_letter_again');
    await cardIn(bot, 'ledger', 'jon', 'a quiet one');
    await nothingWaits(bot, 'amira');
    expectNoComplaints(bot);
  });

  test('is let go, and is not posted', async () => {
    const bot = await refusedOnMonday();
    await waitsFor(bot, 'jon', 'A card');
    isArchived(bot, 'ledger', false);
    await press(bot, 'jon', 'let_letter_go');
    await nothingWaits(bot, 'jon');
    expect(bot.workspace.person('jon').messages('ledger')).toEqual([]);
    expectNoComplaints(bot);
  });

  test('that nobody can look for is asked about', async () => {
    const bot = await botWithDigest();
    await shareAndSkip(bot, 'sam', 'a quiet one', {
      channel: 'ledger',
      audience: 'channel',
      tier: 'unattributed',
    });
    bot.workspace.faults.on('chat.postMessage', { kind: 'drop', when: 'before' });
    bot.workspace.faults.on('conversations.history', { kind: 'error', error: 'missing_scope' });
    await bot.goTo(MONDAY);
    expect(await waitsFor(bot, 'jon', 'whether a card')).toBe(
      'Slack did not say whether a card was posted in #ledger, and the app cannot look. If it is not there, try again; if it is, let it go.\nTry again\nLet it go',
    );
    await press(bot, 'jon', 'try_letter_again');
    await cardIn(bot, 'ledger', 'jon', 'a quiet one');
    await nothingWaits(bot, 'jon');
    expectNoComplaints(bot);
  });
});

describe('a card that was taken back', () => {
  async function stands(bot: BotOnTheWire): Promise<void> {
    await chooseStewards(bot, 'jon', ['jon', 'amira']);
    bot.workspace.faults.on('chat.delete', { kind: 'error', error: 'cant_delete_message' });
    await shareAndSkip(bot, 'maria', 'The rates were wrong');
    await openChange(bot, 'maria');
    expect((await changeWhoCanSee(bot, 'maria', { tier: 'unattributed' })).errors).toEqual({});
  }

  test('and that Slack does not remove waits for the stewards, and goes when one tries again', async () => {
    const bot = await botOnTheWire();
    await stands(bot);
    expect(await waitsFor(bot, 'amira', 'A card')).toContain(
      'A card that was taken back could not be removed from #payments-ops: Slack refused it. A workspace admin can delete it.\nTry again\nLet it go',
    );
    expect((await dmOf(bot, 'amira', 'A card')).text).toBe(WAITS);
    expect(bot.workspace.person('maria').dm()).toEqual([]);
    await press(bot, 'amira', 'try_letter_again');
    await bot.workspace.until(() => bot.workspace.person('jon').messages('payments-ops').length === 0);
    await expect.poll(() => rows(bot, "select * from outbox where kind = 'card_removal'")).toEqual([]);
    expectNoComplaints(bot);
  });

  test('is let go, and nothing of it is kept', async () => {
    const bot = await botOnTheWire();
    await stands(bot);
    await waitsFor(bot, 'jon', 'A card');
    await press(bot, 'jon', 'let_letter_go');
    await bot.workspace.until(() => !wordsOf(bot.workspace.person('jon').home()).includes('A card'));
    expect(rows(bot, "select * from outbox where kind in ('card', 'card_removal')")).toEqual([]);
    expectNoComplaints(bot);
  });
});

describe('on the desk', () => {
  const conversationOf = ({ workspace }: BotOnAStore) => {
    const { id, name } = workspace.channel('payments-ops');
    return { id, name, kind: 'public' as const };
  };
  const captureOf = (bot: BotOnAStore, tier: 'named' | 'unattributed') =>
    toCapture(
      {
        id: 'near-miss',
        teamId: bot.app.identity.teamId,
        personId: bot.workspace.person('maria').id,
        summary: 'The rates were wrong',
        tier,
        audience: 'everyone',
        wantsCard: true,
        conversation: conversationOf(bot),
        stewards: [],
      },
      bot.clock.now(),
    );
  const cannotLook = ({ workspace }: BotOnAStore) =>
    workspace.faults.on(
      'conversations.history',
      { kind: 'error', error: 'missing_scope' },
      { times: Number.POSITIVE_INFINITY },
    );
  const undeliveredOf = ({ storage, app }: BotOnAStore) => storage.outbox.undelivered(app.identity.teamId);
  const cardsIn = ({ workspace }: BotOnAStore) => workspace.person('jon').messages('payments-ops');

  /** Saved again under Nobody, while nobody knows whether its card is there: it is, and the app cannot look. */
  async function takenBackUnseen(bot: BotOnAStore, after: 'unsure' | 'asked'): Promise<void> {
    const { storage, clock, workspace } = bot;
    workspace.faults.on('chat.postMessage', { kind: 'drop', when: 'after' });
    const silent = cannotLook(bot);
    await storage.nearMisses.capture(captureOf(bot, 'named'), clock.now(), clock.now() + HOUR);
    const wanted = after === 'asked' ? 'asked' : 'waiting';
    while (await bot.step());
    if (after === 'asked') clock.advance(30_000);
    while (await bot.step());
    expect((await storage.outbox.cardDelivery(bot.app.identity.teamId, 'near-miss')).state).toBe(wanted);
    await storage.nearMisses.capture(captureOf(bot, 'unattributed'), clock.now(), clock.now());
    await bot.drain();
    expect(cardsIn(bot)).toHaveLength(1);
    silent.remove();
  }

  test.each(['unsure', 'asked'] as const)(
    'a card taken back while it is %s, where nobody can look, may still stand, and is looked for when a steward tries again',
    async (after) => {
      const bot = await botOnAStore();
      await takenBackUnseen(bot, after);
      const amira = bot.workspace.person('amira');
      expect(wordsOf(amira.home())).toContain(
        'A card that was taken back may still stand in #payments-ops, and the app cannot look. A workspace admin can delete it.',
      );
      const [waiting, ...others] = await undeliveredOf(bot);
      expect([waiting?.about, others]).toEqual(['search', []]);
      const { teamId } = bot.app.identity;
      const answer = { teamId, seq: waiting?.seq ?? 0, answer: 'try_again' as const, now: bot.clock.now() };
      await bot.storage.outbox.answerUndelivered(answer);
      await bot.drain();
      expect(cardsIn(bot)).toEqual([]);
      expect(await undeliveredOf(bot)).toEqual([]);
    },
  );

  test('a preview that Slack does not take away waits for nobody', async () => {
    const bot = await botOnAStore({ digest: { previewMinutes: 60 } });
    await bot.share('Alpha words');
    bot.clock.advance(20.5 * HOUR);
    await bot.tend();
    await bot.drain();
    const refused = { kind: 'error', error: 'cant_delete_message' } as const;
    bot.workspace.faults.on('chat.delete', refused, { times: 9 });
    bot.clock.advance(HOUR);
    await bot.tend();
    await bot.drain();
    expect(digestsIn(bot)).toHaveLength(1);
    expect(await undeliveredOf(bot)).toEqual([]);
  });
});
