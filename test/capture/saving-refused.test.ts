import { describe, expect, test } from 'vitest';
import { botOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { answerAll, beginToShare, goOnTo, share } from '../support/capture.ts';
import { holdTheDatabase, refuseToStore, rows } from '../support/database.ts';
import { typedIn } from '../support/screen.ts';

describe('when nothing can be written', () => {
  test('step 1 says so, keeps every word, and Save works a moment later', async () => {
    const bot = await botOnTheWire();
    const maria = bot.workspace.person('maria');
    await beginToShare(bot, 'maria', 'words I would hate to lose', { system: 'Payroll' });
    const letGo = holdTheDatabase(bot);
    const failed = await maria.submit();
    expect(failed.failure).toBeUndefined();
    expect(failed.errors).toEqual({
      summary:
        'This could not be saved just now. Your words are still here. Please press Save again in a moment.',
    });
    expect(typedIn(maria.view(), 'summary')).toBe('words I would hate to lose');
    letGo();
    expect((await maria.submit()).errors).toEqual({});
    expect(rows(bot, 'select number from near_misses')).toEqual([{ number: 1 }]);
    expectNoComplaints(bot);
  });

  test('step 2 says so, and that the near-miss itself is safe', async () => {
    const bot = await botOnTheWire();
    const maria = bot.workspace.person('maria');
    await share(bot, 'maria', 'safe already');
    await answerAll(bot, 'maria');
    const letGo = refuseToStore(bot);
    expect((await maria.submit()).errors).toEqual({
      protecting:
        'These answers could not be saved just now. They are still here. Please press the button again in a moment. The near-miss itself is safe.',
    });
    letGo();
    expect((await maria.submit()).errors).toEqual({});
    expect(rows(bot, 'select text from answers')).toHaveLength(4);
    expectNoComplaints(bot);
  });

  test('so does what each made possible', async () => {
    const bot = await botOnTheWire();
    const { workspace } = bot;
    const maria = workspace.person('maria');
    await share(bot, 'maria', 'took Jon');
    await goOnTo(bot, 'maria', 'Who did it take?');
    await maria.change('view', 'key_players', ['jon']);
    await maria.submit();
    await maria.change('view', workspace.person('jon').id, 'could stop the send');
    const letGo = refuseToStore(bot);
    expect(Object.keys((await maria.submit()).errors)).toEqual([workspace.person('jon').id]);
    letGo();
    await maria.submit();
    expect(rows(bot, 'select made_possible from key_players')).toEqual([
      { made_possible: 'could stop the send' },
    ]);
    expectNoComplaints(bot);
  });
});
