import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LONGEST_SYSTEM_NAME, systemKey, systemName } from '../../src/domain/capture/system-name.ts';
import { readSaves } from '../../src/domain/story/answers.ts';
import { saysSomething } from '../../src/domain/text/says-something.ts';
import { shorten } from '../../src/domain/text/shorten.ts';
import { readCommand } from '../../src/slack/commands/commands.ts';
import { escapeText, fit, sentLength } from '../../src/slack/platform/blocks.ts';
import { decodeText } from '../../src/slack/platform/incoming-text.ts';

const FAMILY = '👩‍👩‍👧‍👦';
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const split = (text: string) => [...graphemes.segment(text)].map(({ segment }) => segment);

/** Words, emoji of several parts, letters with many accents, right-to-left text, and what Slack escapes. */
const anyText = fc.array(
  fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 5 }),
    fc.constantFrom(FAMILY, '🇪🇸', '👍🏽', 'e\u0301', 'שלום', '&', '<', '>', ' ', '\n', 'Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢'),
  ),
  { maxLength: 60 },
);
const texts = anyText.map((parts) => parts.join(''));

describe('shorten', () => {
  test.each([
    ['short', 5, 'short'],
    ['longer', 5, 'long…'],
    ['two words', 5, 'two…'],
    [`${FAMILY}${FAMILY}`, 12, `${FAMILY}…`],
    [`${FAMILY}${FAMILY}`, 11, '…'],
    ['e\u0301e\u0301e\u0301', 5, 'e\u0301e\u0301…'],
    ['e\u0301e\u0301e\u0301', 4, 'e\u0301…'],
    ['👍🏽👍🏽', 6, '👍🏽…'],
    ['', 5, ''],
  ])('%j to %d is %j', (text, limit, expected) => {
    expect(shorten(text, limit)).toBe(expected);
  });

  test('is the longest beginning that fits, cut between what people see as letters, with a visible sign', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 80 }), fc.boolean(), (text, limit, isSent) => {
        const lengthOf = isSent ? sentLength : (part: string) => part.length;
        const letters = split(text);
        const beginnings = letters.map((_, at) => letters.slice(0, at).join(''));
        const longest = beginnings.findLast((beginning) => lengthOf(`${beginning}…`) <= limit);
        const expected = lengthOf(text) <= limit ? text : `${longest?.trimEnd()}…`;
        expect(isSent ? fit(text, limit) : shorten(text, limit)).toBe(expected);
      }),
    );
  });

  test('fits however Slack counts: as typed, or as it is sent', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 80 }), (text, limit) => {
        expect(sentLength(text)).toBe(escapeText(text).length);
        expect(escapeText(fit(text, limit)).length).toBeLessThanOrEqual(limit);
      }),
    );
    expect(fit('&'.repeat(3000))).toBe(`${'&'.repeat(599)}…`);
    expect(fit('🦺'.repeat(3000))).toBe(`${'🦺'.repeat(1499)}…`);
  });
});

test.each([
  ['a word', true],
  ['…', true],
  ['🦺', true],
  ['العربية', true],
  ['', false],
  [' \t\n\u00A0\u3000', false],
  ['\u0000\u0007\u009F', false],
  ['\u200B\u200D\uFEFF\u2060\u00AD', false],
  ['\u202E\u2066', false],
  ['\u2800\u3164\uFE0F', false],
])('%j says something: %s', (text, says) => {
  expect(saysSomething(text)).toBe(says);
});

describe('the name of a system', () => {
  test.each([
    ['Invoices', 'Invoices'],
    ['  the   invoice\n export ', 'the invoice export'],
    ['pay\u0000roll', 'pay roll'],
    ['Cafe\u0301', 'Café'],
    ['x'.repeat(60), 'x'.repeat(60)],
    ['x'.repeat(61), `${'x'.repeat(59)}…`],
    ['   ', undefined],
    ['\u200B', undefined],
    ['', undefined],
  ])('%j reads %j', (typed, name) => {
    expect(systemName(typed)).toBe(name);
  });

  test.each([
    ['Invoices', 'invoices'],
    ['invoice export', 'InvoiceExport'],
    ['INVOICE  EXPORT', 'invoice export'],
    ['Ｐａｙｒｏｌｌ', 'payroll'],
    ['Café', 'cafe\u0301'],
  ])('%j and %j are the same system', (one, other) => {
    expect(systemKey(one)).toBe(systemKey(other));
  });

  test.each([
    ['invoices', 'invoice'],
    ['R&D', 'RD'],
    ['café', 'cafe'],
    ['phones 1', 'phones 2'],
  ])('%j and %j are not', (one, other) => {
    expect(systemKey(one)).not.toBe(systemKey(other));
  });

  test('is one line of at most sixty, is the same when read again, and names the same system', () => {
    fc.assert(
      fc.property(texts, (typed) => {
        const name = systemName(typed);
        if (name === undefined) return !saysSomething(typed);
        expect(name.length).toBeLessThanOrEqual(LONGEST_SYSTEM_NAME);
        expect(name).not.toMatch(/\p{Cc}|^\s|\s$|\s\s/u);
        expect(systemName(name)).toBe(name);
        return systemKey(name) === systemKey(` ${name.replaceAll(' ', '  ')}`);
      }),
    );
  });
});

describe('what went right, one thing a line', () => {
  test.each([
    ['one', ['one']],
    ['one\ntwo\r\nthree\rfour', ['one', 'two', 'three', 'four']],
    ['  one  \n\n   \n two', ['one', 'two']],
    ['\n\n', []],
    ['\u200B\n\u0007', []],
    ['', []],
  ])('%j', (text, lines) => {
    expect(readSaves(text)).toEqual(lines);
  });

  test('what was read and is shown again reads the same', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const lines = readSaves(text);
        expect(readSaves(lines.join('\n'))).toEqual(lines);
        expect(lines.every((line) => line === line.trim() && saysSomething(line))).toBe(true);
      }),
    );
  });
});

describe('text as its writer saw it', () => {
  const names = (id: string) => (id === 'U1' ? 'Ana Ruiz' : undefined);
  test.each([
    ['plain words', 'plain words'],
    ['a &lt;b&gt; &amp; c', 'a <b> & c'],
    ['&amp;lt; stays as it was typed', '&lt; stays as it was typed'],
    ['&lt;@U1&gt; was typed by hand', '<@U1> was typed by hand'],
    ['&lt;!channel&gt;', '<!channel>'],
    ['&quot; &nbsp; are not Slack’s', '&quot; &nbsp; are not Slack’s'],
    ['<@U1>', '@Ana Ruiz'],
    ['<@U2>', '@someone'],
    ['<@U2|ana>', '@ana'],
    ['<@U2|>', '@someone'],
    ['<@U2|U2>', '@someone'],
    ['<@W2|jon &amp; co>', '@jon & co'],
    ['<#C1|ops>', '#ops'],
    ['<#C1>', '#a channel'],
    ['<#C1|>', '#a channel'],
    ['<!here>', '@here'],
    ['<!here|here>', '@here'],
    ['<!channel|@channel>', '@channel'],
    ['<!subteam^S1|@devs>', '@devs'],
    ['<!subteam^S1|devs>', '@devs'],
    ['<!subteam^S1>', '@a group'],
    ['<!date^1392734382^{date}|Tuesday>', 'Tuesday'],
    ['<https://acme.test/a?b=1&amp;c=2>', 'https://acme.test/a?b=1&c=2'],
    ['<https://acme.test|https://acme.test>', 'https://acme.test'],
    ['<http://acme.test|acme.test>', 'acme.test'],
    ['<https://acme.test/runbook|the runbook>', 'the runbook (https://acme.test/runbook)'],
    ['<mailto:a@acme.test|a@acme.test>', 'a@acme.test'],
    ['<tel:+34600|+34600>', '+34600'],
    ['<@U1> and <@U2|jon> in <#C1|ops>', '@Ana Ruiz and @jon in #ops'],
    ['less < than, more', 'less < than, more'],
    ['a <5 and > b', 'a <5 and > b'],
    ['<>', '<>'],
    ['<@U2', '<@U2'],
    ['<<@U2>>', '<@someone>'],
    ['<https://x.test|<@U2>>', '<https://x.test|@someone>'],
  ])('%j reads %j', (sent, read) => {
    expect(decodeText(sent, names)).toBe(read);
  });

  test('what Slack escaped comes back as it was typed', () => {
    fc.assert(
      fc.property(texts, (typed) => {
        expect(decodeText(escapeText(typed))).toBe(typed);
      }),
    );
  });

  test('the id in a mention never survives, whatever stands around it', () => {
    const label = fc.constantFrom('', '|', '|ana', '|#ops', '|a &amp; b', '|U0SECRET');
    const mention = fc.tuple(fc.constantFrom('@', '#', '!subteam^'), label).map(([kind, words]) => {
      return `<${kind}U0SECRET${kind === '!subteam^' && words === '|U0SECRET' ? '|@devs' : words}>`;
    });
    const around = texts.map(escapeText);
    fc.assert(
      fc.property(fc.array(fc.oneof(around, mention)), (parts) => {
        expect(decodeText(parts.join(''))).not.toContain('U0SECRET');
      }),
    );
  });
});

describe('what stands after /nearmiss', () => {
  test.each([
    ['', { kind: 'share', text: '' }],
    ['   ', { kind: 'share', text: '' }],
    ['help', { kind: 'help' }],
    [' HELP ', { kind: 'help' }],
    ['help us with payroll', { kind: 'share', text: 'help us with payroll' }],
    ['list mine', { kind: 'list_mine' }],
    ['List  Mine', { kind: 'list_mine' }],
    ['list mine please', { kind: 'share', text: 'list mine please', meant: '/nearmiss list mine' }],
    ['list drafts', { kind: 'share', text: 'list drafts', meant: '/nearmiss list mine' }],
    ['list', { kind: 'share', text: 'list', meant: '/nearmiss list mine' }],
    ['list of prices was old on the site', { kind: 'share', text: 'list of prices was old on the site' }],
    ['show NM-12', { kind: 'show', number: 12 }],
    ['show nm-12', { kind: 'show', number: 12 }],
    ['show 12', { kind: 'show', number: 12 }],
    ['show NM-12 to the auditors', { kind: 'share', text: 'show NM-12 to the auditors' }],
    ['show', { kind: 'share', text: 'show', meant: '/nearmiss show NM-12' }],
    ['show NM-', { kind: 'share', text: 'show NM-', meant: '/nearmiss show NM-12' }],
    ['show NM-9999999999', { kind: 'share', text: 'show NM-9999999999', meant: '/nearmiss show NM-12' }],
    ['payroll export caught before the run', { kind: 'share', text: 'payroll export caught before the run' }],
    ['digest now', { kind: 'digest_now' }],
    ['digest now and then', { kind: 'share', text: 'digest now and then' }],
    ['Digest  Preview', { kind: 'digest_preview' }],
    ['digest settings', { kind: 'digest_settings' }],
    ['digest settings were wrong', { kind: 'share', text: 'digest settings were wrong' }],
    ['settings', { kind: 'settings' }],
    ['settings page showed old prices', { kind: 'share', text: 'settings page showed old prices' }],
    ['rates &lt; 1 &amp; <@U1|ana> saw it', { kind: 'share', text: 'rates < 1 & @ana saw it' }],
  ])('%j', (sent, command) => {
    expect(readCommand(sent)).toEqual(command);
  });
});
