import { describe, expect, test } from 'vitest';
import { botOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { sayThread, shareFrom, stepOneOf } from '../support/capture.ts';
import { botWithDigest, openDigestSettings } from '../support/digest.ts';
import { wordsOf } from '../support/screen.ts';

const CLOSED = ['is_read_only', 'is_thread_only', 'is_frozen'] as const;

describe.each(CLOSED)('a channel that takes no posts (%s)', (closedAs) => {
  test('is promised no card, and is not said to be without the app', async () => {
    const bot = await botOnTheWire();
    bot.workspace.channel('payments-ops').closedAs = closedAs;
    const maria = bot.workspace.person('maria');
    await maria.command('payments-ops', '/nearmiss');
    expect(wordsOf(await stepOneOf(bot, 'maria', 'Nothing is posted when you save.'))).not.toMatch(
      /A card goes|is not in/,
    );
    await maria.change('view', 'audience', 'channel');
    await maria.change('view', 'tier', 'unattributed');
    await stepOneOf(bot, 'maria', 'Nothing is posted, because #payments-ops takes no posts.');
    expectNoComplaints(bot);
  });

  test('is refused as the channel of the digest', async () => {
    const bot = await botWithDigest();
    const { workspace } = bot;
    workspace.channel('elsewhere').closedAs = closedAs;
    await openDigestSettings(bot, 'jon');
    await workspace.person('jon').change('view', 'channel', workspace.channel('elsewhere').id);
    expect((await workspace.person('jon').submit()).errors).toEqual({
      channel: 'Posting in that channel is restricted. Let the app post there, or choose another one.',
    });
    expectNoComplaints(bot);
  });
});

test('where Slack finds no such thread in a channel the app is in, nobody is told to invite it', async () => {
  const bot = await botOnTheWire();
  const root = sayThread(bot, 5, ['jon']);
  bot.workspace.faults.on('conversations.replies', { kind: 'error', error: 'thread_not_found' });
  const words = wordsOf(await shareFrom(bot, 'maria', root));
  expect(words).toContain('Only the message you picked could be read. Everything else works without it.');
  expect(words).not.toContain('/invite');
  expectNoComplaints(bot);
});
