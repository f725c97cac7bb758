import { describe, expect, test } from 'vitest';
import { card } from '../../src/slack/card/card.ts';
import { help } from '../../src/slack/commands/commands.ts';
import { listMessage } from '../../src/slack/home/home-view.ts';
import { nearMissMessage, notFoundWords } from '../../src/slack/story/story-view.ts';
import { names, toldInPart } from '../support/example-near-misses.ts';
import { transcript } from '../support/transcript.ts';

/* Each of these was read against the words that were agreed on, sentence by sentence. */

describe('answers only the asker sees', () => {
  test('help', () => {
    expect(transcript(help({ stewards: [], isSteward: false }))).toMatchInlineSnapshot(`
      "
      (Near-misses: things that nearly went wrong and did not
      An invoice error seen before sending. Phones down at night and back before opening. There is a lot to learn from how it stayed a near-miss. You do not have to be sure that it counts.
      Share one, in under a minute
      • In a thread: open the menu of a message (on a phone, hold it) and choose Share a near-miss
      • Anywhere else: /nearmiss or /nearmiss the export had last month's rates
      You choose who may read it and who may see that it was you, before you save.
      Look
      • /nearmiss show NM-12 one near-miss
      • /nearmiss list mine what you shared
      • /nearmiss help this page
      In a thread use the message menu; commands may not run there.)
      ~ *Near-misses: things that nearly went wrong and did not*
      An invoice error seen before sending. Phones down at night and back before opening. There is a lot to learn from how it stayed a near-miss. You do not have to be sure that it counts.
      ~ *Share one*, in under a minute
      • In a thread: open the menu of a message (on a phone, hold it) and choose *Share a near-miss*
      • Anywhere else: \`/nearmiss\` or \`/nearmiss the export had last month's rates\`
      You choose who may read it and who may see that it was you, before you save.
      ~ *Look*
      • \`/nearmiss show NM-12\` one near-miss
      • \`/nearmiss list mine\` what you shared
      • \`/nearmiss help\` this page
      ~ In a thread use the message menu; commands may not run there.
      "
    `);
  });

  test('in help the name of a steward neither pings nor links', () => {
    const { blocks } = help({ stewards: ['<!channel>', 'R&D'], isSteward: false });
    expect(JSON.stringify(blocks)).toContain('Looked after by &lt;!channel&gt; and R&amp;D.');
  });

  test('help names no command that does not exist', () => {
    expect(transcript(help({ stewards: [], isSteward: false }))).not.toMatch(
      /search|practices|who payroll|signals|reply|stats/,
    );
  });

  test('one near-miss, and one that was withdrawn', () => {
    // Like its card, which stands above, with more room in it.
    const roomier = transcript(card(toldInPart, names)).replace(
      '\n*How close it was*',
      '\n\n*How close it was*',
    );
    expect(transcript(nearMissMessage(toldInPart, names, 0))).toBe(roomier);
    const withdrawn = { ...toldInPart, withdrawnAt: 3 };
    expect(transcript(nearMissMessage(withdrawn, names, 0))).toBe(transcript(card(withdrawn, names)));
  });

  test('what one may not read is answered as what does not exist', () => {
    expect(notFoundWords('NM-12')).toBe(
      'NM-12 could not be found. It may not exist, or it may be for other people.',
    );
  });

  test('lists', () => {
    const nothing =
      'Nothing yet. What you share is listed here, unless you choose that nobody may see it was you.';
    expect(transcript(listMessage('Yours', nothing, []))).toMatchInlineSnapshot(`
      "
      (Yours
      Nothing yet. What you share is listed here, unless you choose that nobody may see it was you.)
      ~ Nothing yet. What you share is listed here, unless you choose that nobody may see it was you.
      "
    `);
    expect(transcript(listMessage('Yours', nothing, [toldInPart]))).toMatchInlineSnapshot(`
      "
      (Yours
      NM-12 · Invoices: The invoices had last year's tax rate for one group of customers. We saw it an hour before they went out.)
      ## Yours
      NM-12 · Invoices: The invoices had last year's tax rate for one group of customers. We saw it an hour before they went out.
      [Read]
      "
    `);
  });
});
