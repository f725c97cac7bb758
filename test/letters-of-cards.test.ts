import { describe, expect, test } from 'vitest';
import { toCapture } from '../src/domain/capture.ts';
import { changeWhoCanSee, openChange } from './change-steps.ts';
import { type Desk, digestsIn, HOUR, openDesk } from './digest-desk.ts';
import { chooseStewards, openScene, openSceneWithDigest, type Scene } from './digest-scene.ts';
import { cardIn, dmOf, expectNoComplaints, modalOf, rows, shareAndSkip, wordsOf } from './doing.ts';
import type { Office } from './office.ts';
import { MONDAY } from './preview-steps.ts';
import { becomesUnheard, GUEST, MINUTE } from './steward-steps.ts';

const WAITS =
  "A card could not be posted, or one that was taken back could not be removed. It waits on the app's Home, where you can try again or let it go.";

/** What waits for stewards, on somebody's Home, once it says so. */
function letterTo({ workspace }: Office, who: string, has: string): Promise<string> {
  const letters = () => wordsOf(workspace.person(who).home()).split('For stewards\n')[1];
  return workspace.until(() => (letters()?.includes(has) === true ? letters() : undefined), {
    what: `a letter to ${who} with ${has}`,
  });
}

const nothingWaits = ({ workspace }: Office, who: string) =>
  workspace.until(() => !wordsOf(workspace.person(who).home()).includes('For stewards'));

const press = ({ workspace }: Office, who: string, action: 'try_letter_again' | 'let_letter_go') =>
  workspace.person(who).press('home', action);

const isArchived = ({ workspace }: Office, channel: string, is: boolean) =>
  void Object.assign(workspace.channel(channel), { isArchived: is });

describe('a card without a reporter', () => {
  /** Jon is in #ledger, amira is not. */
  async function refusedOnMonday(): Promise<Scene> {
    const office = await openSceneWithDigest();
    await shareAndSkip(office, 'sam', 'a quiet one', {
      channel: 'ledger',
      audience: 'channel',
      tier: 'unattributed',
    });
    isArchived(office, 'ledger', true);
    await office.goTo(MONDAY);
    return office;
  }

  test('that Slack refuses waits for the stewards, without its words, and a private channel has its name only for its members', async () => {
    const office = await refusedOnMonday();
    expect((await dmOf(office, 'jon', 'A card')).text).toBe(WAITS);
    expect((await dmOf(office, 'amira', 'A card')).text).toBe(WAITS);
    expect(await letterTo(office, 'jon', 'A card')).toBe(
      'A card could not be posted in #ledger: the channel is archived.\nTry again\nLet it go',
    );
    expect(await letterTo(office, 'amira', 'A card')).toBe(
      'A card could not be posted in a channel: the channel is archived.\nTry again\nLet it go',
    );
    expect(office.workspace.person('sam').dm()).toEqual([]);
    expectNoComplaints(office);
  });

  test('is posted when a steward tries again', async () => {
    const office = await refusedOnMonday();
    await letterTo(office, 'amira', 'A card');
    isArchived(office, 'ledger', false);
    await press(office, 'amira', 'try_letter_again');
    await cardIn(office, 'ledger', 'jon', 'a quiet one');
    await nothingWaits(office, 'amira');
    expectNoComplaints(office);
  });

  test('is not for somebody who is a guest by now, though it still stands on their Home', async () => {
    const office = await refusedOnMonday();
    await letterTo(office, 'amira', 'A card');
    becomesUnheard(office, 'amira', GUEST);
    office.letPass(5 * MINUTE);
    await press(office, 'amira', 'let_letter_go');
    await modalOf(office, 'amira', 'For stewards', 'Only the steward, Jon Park, can decide this.');
    expect(rows(office, "select kind from outbox where state = 'refused'")).toEqual([{ kind: 'card' }]);
    expectNoComplaints(office);
  });

  test('goes from the Home of somebody as soon as they are a guest, and only the other is told of it', async () => {
    const office = await openSceneWithDigest();
    await shareAndSkip(office, 'sam', 'a quiet one', {
      channel: 'ledger',
      audience: 'channel',
      tier: 'unattributed',
    });
    isArchived(office, 'ledger', true);
    await office.workspace.changePerson('amira', GUEST);
    await office.goTo(MONDAY);
    await dmOf(office, 'jon', 'A card');
    await letterTo(office, 'jon', 'A card');
    expect(office.workspace.person('amira').dm()).toEqual([]);
    expect(wordsOf(office.workspace.person('amira').home())).not.toContain('A card');
    await office.workspace.changePerson('jon', GUEST);
    await nothingWaits(office, 'jon');
    expectNoComplaints(office);
  });

  test('is let go, and is not posted', async () => {
    const office = await refusedOnMonday();
    await letterTo(office, 'jon', 'A card');
    isArchived(office, 'ledger', false);
    await press(office, 'jon', 'let_letter_go');
    await nothingWaits(office, 'jon');
    expect(office.workspace.person('jon').messages('ledger')).toEqual([]);
    expectNoComplaints(office);
  });

  test('that nobody can look for is asked about', async () => {
    const office = await openSceneWithDigest();
    await shareAndSkip(office, 'sam', 'a quiet one', {
      channel: 'ledger',
      audience: 'channel',
      tier: 'unattributed',
    });
    office.workspace.faults.on('chat.postMessage', { kind: 'drop', when: 'before' });
    office.workspace.faults.on('conversations.history', { kind: 'error', error: 'missing_scope' });
    await office.goTo(MONDAY);
    expect(await letterTo(office, 'jon', 'whether a card')).toBe(
      'Slack did not say whether a card was posted in #ledger, and the app cannot look. If it is not there, try again; if it is, let it go.\nTry again\nLet it go',
    );
    await press(office, 'jon', 'try_letter_again');
    await cardIn(office, 'ledger', 'jon', 'a quiet one');
    await nothingWaits(office, 'jon');
    expectNoComplaints(office);
  });
});

describe('a card that was taken back', () => {
  async function stands(office: Scene): Promise<void> {
    await chooseStewards(office, 'jon', ['jon', 'amira']);
    office.workspace.faults.on('chat.delete', { kind: 'error', error: 'cant_delete_message' });
    await shareAndSkip(office, 'maria', 'The rates were wrong');
    await openChange(office, 'maria');
    expect((await changeWhoCanSee(office, 'maria', { tier: 'unattributed' })).errors).toEqual({});
  }

  test('and that Slack does not remove waits for the stewards, and goes when one tries again', async () => {
    const office = await openScene();
    await stands(office);
    expect(await letterTo(office, 'amira', 'A card')).toContain(
      'A card that was taken back could not be removed from #payments-ops: Slack refused it. A workspace admin can delete it.\nTry again\nLet it go',
    );
    expect((await dmOf(office, 'amira', 'A card')).text).toBe(WAITS);
    expect(office.workspace.person('maria').dm()).toEqual([]);
    await press(office, 'amira', 'try_letter_again');
    await office.workspace.until(() => office.workspace.person('jon').messages('payments-ops').length === 0);
    await expect.poll(() => rows(office, "select * from outbox where kind = 'card_removal'")).toEqual([]);
    expectNoComplaints(office);
  });

  test('is let go, and nothing of it is kept', async () => {
    const office = await openScene();
    await stands(office);
    await letterTo(office, 'jon', 'A card');
    await press(office, 'jon', 'let_letter_go');
    await office.workspace.until(() => !wordsOf(office.workspace.person('jon').home()).includes('A card'));
    expect(rows(office, "select * from outbox where kind in ('card', 'card_removal')")).toEqual([]);
    expectNoComplaints(office);
  });
});

describe('on the desk', () => {
  const conversationOf = ({ workspace }: Desk) => {
    const { id, name } = workspace.channel('payments-ops');
    return { id, name, kind: 'public' as const };
  };
  const captureOf = (desk: Desk, tier: 'named' | 'unattributed') =>
    toCapture(
      {
        id: 'near-miss',
        teamId: desk.app.identity.teamId,
        personId: desk.workspace.person('maria').id,
        summary: 'The rates were wrong',
        tier,
        audience: 'everyone',
        wantsCard: true,
        conversation: conversationOf(desk),
        stewards: [],
      },
      desk.clock.now(),
    );
  const cannotLook = ({ workspace }: Desk) =>
    workspace.faults.on(
      'conversations.history',
      { kind: 'error', error: 'missing_scope' },
      { times: Number.POSITIVE_INFINITY },
    );
  const lettersOf = ({ storage, app }: Desk) => storage.outbox.deadLetters(app.identity.teamId);
  const cardsIn = ({ workspace }: Desk) => workspace.person('jon').messages('payments-ops');

  /** Saved again under Nobody, while nobody knows whether its card is there: it is, and the app cannot look. */
  async function takenBackUnseen(desk: Desk, after: 'unsure' | 'asked'): Promise<void> {
    const { storage, clock, workspace } = desk;
    workspace.faults.on('chat.postMessage', { kind: 'drop', when: 'after' });
    const silent = cannotLook(desk);
    await storage.nearMisses.capture(captureOf(desk, 'named'), clock.now(), clock.now() + HOUR);
    const wanted = after === 'asked' ? 'asked' : 'waiting';
    while (await desk.step());
    if (after === 'asked') clock.advance(30_000);
    while (await desk.step());
    expect((await storage.outbox.cardDelivery('near-miss')).state).toBe(wanted);
    await storage.nearMisses.capture(captureOf(desk, 'unattributed'), clock.now(), clock.now());
    await desk.drain();
    expect(cardsIn(desk)).toHaveLength(1);
    silent.remove();
  }

  test.each(['unsure', 'asked'] as const)(
    'a card taken back while it is %s, where nobody can look, may still stand, and is looked for when a steward tries again',
    async (after) => {
      const desk = await openDesk();
      await takenBackUnseen(desk, after);
      const amira = desk.workspace.person('amira');
      expect(wordsOf(amira.home())).toContain(
        'A card that was taken back may still stand in #payments-ops, and the app cannot look. A workspace admin can delete it.',
      );
      const [letter, ...others] = await lettersOf(desk);
      expect([letter?.about, others]).toEqual(['search', []]);
      const { teamId } = desk.app.identity;
      const answer = { teamId, seq: letter?.seq ?? 0, answer: 'try_again' as const, now: desk.clock.now() };
      await desk.storage.outbox.answerLetter(answer);
      await desk.drain();
      expect(cardsIn(desk)).toEqual([]);
      expect(await lettersOf(desk)).toEqual([]);
    },
  );

  test('a preview that Slack does not take away is no letter', async () => {
    const desk = await openDesk({ digest: { previewMinutes: 60 } });
    await desk.share('Alpha words');
    desk.clock.advance(20.5 * HOUR);
    await desk.tend();
    await desk.drain();
    const refused = { kind: 'error', error: 'cant_delete_message' } as const;
    desk.workspace.faults.on('chat.delete', refused, { times: 9 });
    desk.clock.advance(HOUR);
    await desk.tend();
    await desk.drain();
    expect(digestsIn(desk)).toHaveLength(1);
    expect(await lettersOf(desk)).toEqual([]);
  });
});
