import { describe, expect, test } from 'vitest';
import type { Json } from '../../sandbox/json.ts';
import { botOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { ANSWERS, addSystem, answerHere, goOnTo, openStepOne, PAGES, share } from '../support/capture.ts';
import { cardIn, ephemeralOf, modalOf, questionsOf, said, titleOf, wordsOf } from '../support/screen.ts';
import { callsOf } from '../support/workspace.ts';

describe('text made to ping, link or break', () => {
  const NASTY = [
    '<!channel> <!here> <@U0JON00000> <#C0QUIET000> @channel @jon',
    '*bold* _italic_ ~struck~ `code` ```block```',
    '<https://evil.example|Acme> & &amp; &lt;!channel&gt; "double" \'single\' \\ %_',
    '> quoted :rotating_light: {"json": [1]} ; drop table near_misses; --',
    'مرحبا \u202Eesrever 👩‍👩‍👧‍👦 é\u0301',
  ].join('\n');

  /** Every text in what the app sent that Slack takes apart: mrkdwn, and the text of messages. */
  function formatted(args: unknown): string[] {
    return [...textsOf(args, undefined), ...mrkdwnIn(args)];
  }

  function mrkdwnIn(args: unknown): string[] {
    return textsOf(args, 'mrkdwn');
  }

  function textsOf(value: unknown, wanted: string | undefined): string[] {
    if (Array.isArray(value)) return value.flatMap((each) => textsOf(each, wanted));
    if (typeof value !== 'object' || value === null) return [];
    const { type, text } = value as Json;
    const own = typeof text === 'string' && type === wanted ? [text] : [];
    return [...own, ...Object.values(value).flatMap((each) => textsOf(each, wanted))];
  }

  test('is shown as it was typed on every surface, and pings nobody', async () => {
    const bot = await botOnTheWire();
    const { workspace } = bot;
    const [maria, jon] = [workspace.person('maria'), workspace.person('jon')];
    await openStepOne(bot, 'maria');
    await maria.change('view', 'summary', NASTY);
    await addSystem(bot, 'maria', '<!channel> *A&B* "x"');
    await maria.submit();
    for (const page of PAGES) {
      await goOnTo(bot, 'maria', page);
      await answerHere(bot, 'maria', Object.fromEntries(Object.keys(ANSWERS).map((box) => [box, NASTY])));
    }
    await maria.change('view', 'key_players', ['jon']);
    await maria.submit();
    await modalOf(bot, 'maria', 'What did they do?');
    await maria.change('view', jon.id, NASTY);
    await maria.submit();
    await ephemeralOf(bot, 'maria', 'Thank you.');
    const card = await cardIn(bot, 'payments-ops', 'jon', 'esrever');
    expect(wordsOf(card)).toContain(NASTY);
    expect(wordsOf(card)).toContain('NM-1 · <!channel> *A&B* "x"');

    await jon.command('payments-ops', '/nearmiss show 1');
    expect(said(await ephemeralOf(bot, 'jon', 'NM-1'))).toContain(NASTY);
    await jon.press({ channel: card.channel, ts: card.ts }, 'tell_more');
    await modalOf(bot, 'jon', 'Tell more', 'answered');
    await jon.press('view', { block_id: 'users' });
    expect(wordsOf(await modalOf(bot, 'jon', 'Who we were protecting', 'protecting'))).toContain(NASTY);
    await jon.close({ all: true });
    for (const person of [maria, jon]) {
      await person.openHome();
      await workspace.until(() => wordsOf(person.home()).includes('<!channel> <!here>'));
    }
    await maria.command('payments-ops', '/nearmiss list mine');
    await ephemeralOf(bot, 'maria', 'Yours');
    await maria.press('home', 'read_all');
    await modalOf(bot, 'maria', 'NM-1', NASTY);

    const sent = workspace.calls.map(({ args }) => args);
    expect(formatted(sent).filter((text) => /<[!@#h]/.test(text))).toEqual([]);
    expect(mrkdwnIn(sent).filter((text) => /\*bold|`code`|esrever/.test(text))).toEqual([]);
    const elements =
      JSON.stringify(sent).match(/"type":"(user|usergroup|channel|broadcast|link|emoji)"/g) ?? [];
    expect(elements).toEqual([]);
    for (const { args } of callsOf(bot, 'chat.postMessage')) {
      expect(args).toMatchObject({ parse: 'none' });
      expect(String(args.link_names)).toBe('false');
    }
    expectNoComplaints(bot);
  });

  test('of any length Slack takes, in every box', async () => {
    const bot = await botOnTheWire();
    const maria = bot.workspace.person('maria');
    const long = '&<>'.repeat(1000);
    await share(bot, 'maria', long, { system: '&'.repeat(60) });
    for (const page of PAGES) {
      const view = await goOnTo(bot, 'maria', page);
      const boxes = view?.blocks.flatMap(({ element, block_id: id }) =>
        (element as { type?: string } | undefined)?.type === 'plain_text_input' ? [id ?? ''] : [],
      );
      for (const box of boxes ?? []) await maria.change('view', box, long);
    }
    await maria.change('view', 'key_players', ['jon', 'amira', 'gus']);
    expect((await maria.submit()).errors).toEqual({});
    expect(questionsOf(maria.view())).toHaveLength(3);
    for (const who of ['jon', 'amira', 'gus']) {
      await maria.change('view', bot.workspace.person(who).id, long);
    }
    expect((await maria.submit()).errors).toEqual({});
    expect(titleOf(maria.view())).toBe('');
    await cardIn(bot, 'payments-ops', 'jon', '&<>&<>');
    await maria.command('payments-ops', '/nearmiss show 1');
    await ephemeralOf(bot, 'maria', 'Shared by');
    await maria.openHome();
    await bot.workspace.until(() => maria.home());
    expectNoComplaints(bot);
  });
});
