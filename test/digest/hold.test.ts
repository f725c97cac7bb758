import { describe, expect, test } from 'vitest';
import type { Message } from '../../sandbox/state/state.ts';
import { DAY } from '../support/bot-on-a-store.ts';
import { expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { holdTheDatabase } from '../support/database.ts';
import { digestIn, repliesTo } from '../support/digest.ts';
import { botWithPreview, gone, MONDAY, press, previewSays, previewThread } from '../support/preview.ts';
import { modalOf, wordsOf } from '../support/screen.ts';

describe('Hold', () => {
  test('asks until when; the others see who holds it; it is posted then', async () => {
    const { bot, toJon, toAmira } = await botWithPreview();
    const { workspace } = bot;
    await press(bot, 'amira', toAmira[0] as Message, 'hold_digest');
    const asked = await modalOf(bot, 'amira', 'Hold the digest', 'until');
    expect(asked.state.values.until?.until).toMatchObject({ selected_date: '2025-10-21' });
    await workspace.person('amira').change('view', 'until', '2025-10-13');
    expect((await workspace.person('amira').submit()).errors).toEqual({
      until: 'Please choose a day that is still to come.',
    });
    await workspace.person('amira').change('view', 'until', '2025-10-22');
    await workspace.person('amira').submit();
    expect(wordsOf(workspace.person('amira').view())).toBe('It is held until Wednesday 22 October.');
    await previewSays(bot, 'jon', 'Amira Haddad holds it until Wednesday 22 October.');
    // A press on what stood there a moment ago.
    await press(bot, 'jon', toJon[0] as Message, 'hold_digest').catch(() => undefined);
    await bot.goTo(MONDAY + DAY);
    expect(workspace.person('jon').messages('learning')).toEqual([]);
    await bot.goTo(MONDAY + 2 * DAY + 60_000);
    await repliesTo(bot, await digestIn(bot), 3);
    await gone(bot, 'jon');
    expectNoComplaints(bot);
  });

  test('that cannot be saved says so, and is held when it is pressed again', async () => {
    const { bot, toJon } = await botWithPreview();
    const jon = bot.workspace.person('jon');
    await press(bot, 'jon', toJon[0] as Message, 'hold_digest');
    await modalOf(bot, 'jon', 'Hold the digest', 'until');
    const release = holdTheDatabase(bot);
    const { errors } = await jon.submit();
    release();
    expect(errors.until).toBe(
      'This could not be saved just now. What you entered is still here. Please press the button again in a moment.',
    );
    await jon.submit();
    expect(wordsOf(jon.view())).toBe('It is held until Tuesday 21 October.');
    expectNoComplaints(bot);
  });

  test('two at once: the second hears whose hold it is', async () => {
    const { bot, toJon, toAmira } = await botWithPreview();
    const { workspace } = bot;
    await press(bot, 'jon', toJon[0] as Message, 'hold_digest');
    await modalOf(bot, 'jon', 'Hold the digest', 'until');
    await press(bot, 'amira', toAmira[0] as Message, 'hold_digest');
    await modalOf(bot, 'amira', 'Hold the digest', 'until');
    await workspace.person('amira').submit();
    await workspace.person('jon').submit();
    expect(wordsOf(workspace.person('jon').view())).toBe('Amira Haddad holds it until Tuesday 21 October.');
    await previewSays(bot, 'jon', 'Amira Haddad holds it until Tuesday 21 October.');
    const [parent] = await previewThread(bot, 'jon', 4);
    await workspace.person('jon').close();
    await press(bot, 'jon', parent as Message, 'publish_digest');
    await digestIn(bot);
    expectNoComplaints(bot);
  });
});
