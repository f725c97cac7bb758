import { describe, expect, test } from 'vitest';
import type { Json } from '../../sandbox/json.ts';
import {
  addSystem,
  callsOf,
  cardIn,
  ephemeralOf,
  expectNoComplaints,
  modalOf,
  openStepOne,
  questionsOf,
  said,
  share,
  titleOf,
  wordsOf,
} from '../support/doing.ts';
import { openOffice } from '../support/office.ts';

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
    const office = await openOffice();
    const { workspace } = office;
    const [maria, jon] = [workspace.person('maria'), workspace.person('jon')];
    await openStepOne(office, 'maria');
    await maria.change('view', 'summary', NASTY);
    await addSystem(office, 'maria', '<!channel> *A&B* "x"');
    await maria.submit();
    for (const box of ['saves', 'closeness', 'noticed', 'expected', 'instead', 'protecting']) {
      await maria.change('view', box, NASTY);
    }
    await maria.change('view', 'key_players', ['jon']);
    await maria.submit();
    await modalOf(office, 'maria', 'Who did it take?');
    await maria.change('view', jon.id, NASTY);
    await maria.submit();
    await ephemeralOf(office, 'maria', 'Thank you.');
    const card = await cardIn(office, 'payments-ops', 'jon', 'esrever');
    expect(wordsOf(card)).toContain(NASTY);
    expect(wordsOf(card)).toContain('NM-1 · <!channel> *A&B* "x"');

    await jon.command('payments-ops', '/nearmiss show 1');
    expect(said(await ephemeralOf(office, 'jon', 'NM-1'))).toContain(NASTY);
    await jon.press({ channel: card.channel, ts: card.ts }, 'tell_more');
    await modalOf(office, 'jon', 'Tell more', 'answered');
    await jon.press('view', { block_id: 'users' });
    expect(wordsOf(await modalOf(office, 'jon', 'Who we were protecting', 'protecting'))).toContain(NASTY);
    await jon.close({ all: true });
    for (const person of [maria, jon]) {
      await person.openHome();
      await workspace.until(() => wordsOf(person.home()).includes('<!channel> <!here>'));
    }
    await maria.command('payments-ops', '/nearmiss list mine');
    await ephemeralOf(office, 'maria', 'Yours');
    await maria.press('home', 'read_all');
    await modalOf(office, 'maria', 'NM-1', NASTY);

    const sent = workspace.calls.map(({ args }) => args);
    expect(formatted(sent).filter((text) => /<[!@#h]/.test(text))).toEqual([]);
    expect(mrkdwnIn(sent).filter((text) => /\*bold|`code`|esrever/.test(text))).toEqual([]);
    const elements =
      JSON.stringify(sent).match(/"type":"(user|usergroup|channel|broadcast|link|emoji)"/g) ?? [];
    expect(elements).toEqual([]);
    for (const { args } of callsOf(office, 'chat.postMessage')) {
      expect(args).toMatchObject({ parse: 'none' });
      expect(String(args.link_names)).toBe('false');
    }
    expectNoComplaints(office);
  });

  test('of any length Slack takes, in every box', async () => {
    const office = await openOffice();
    const maria = office.workspace.person('maria');
    const long = '&<>'.repeat(1000);
    await share(office, 'maria', long, { system: '&'.repeat(60) });
    const boxes = maria
      .view()
      ?.blocks.flatMap(({ element, block_id: id }) =>
        (element as { type?: string } | undefined)?.type === 'plain_text_input' ? [id ?? ''] : [],
      );
    for (const box of boxes ?? []) await maria.change('view', box, long);
    await maria.change('view', 'key_players', ['jon', 'amira', 'gus']);
    expect((await maria.submit()).errors).toEqual({});
    expect(questionsOf(maria.view())).toHaveLength(3);
    for (const who of ['jon', 'amira', 'gus']) {
      await maria.change('view', office.workspace.person(who).id, long);
    }
    expect((await maria.submit()).errors).toEqual({});
    expect(titleOf(maria.view())).toBe('');
    await cardIn(office, 'payments-ops', 'jon', '&<>&<>');
    await maria.command('payments-ops', '/nearmiss show 1');
    await ephemeralOf(office, 'maria', 'Shared by');
    await maria.openHome();
    await office.workspace.until(() => maria.home());
    expectNoComplaints(office);
  });
});
