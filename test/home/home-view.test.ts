import { describe, expect, test } from 'vitest';
import { home } from '../../src/slack/home/home-view.ts';
import { shared, told } from '../support/example-near-misses.ts';
import { transcript } from '../support/transcript.ts';

/* Each of these was read against the words that were agreed on, sentence by sentence. */

describe('App Home', () => {
  test('with nothing yet', () => {
    expect(transcript(home({ mine: [], others: [] }))).toMatchInlineSnapshot(`
      "
      ## Learn from what nearly happened
      ~ A near-miss is something that could have reached people and did not, because someone noticed or something held. You do not have to be sure that it counts. One line is enough.
      [Share a near-miss]
      ## What one looks like (made up)
      ~ _The invoices had last year's tax rate. We saw it an hour before they went out._
      What went right: ten invoices are opened by hand before every run.
      Worth borrowing: before a large send, open ten items by hand and compare one number you know.
      ## What happens with it
      ~ You choose who may read it and who may see that it was you. Colleagues can add to the story in their own words.
      ## Yours
      ~ Nothing yet. What you share is listed here, unless you choose that nobody may see it was you.
      ## From others
      ~ Nothing yet. The first one starts it.
      "
    `);
  });

  test('with some', () => {
    const other = { ...told, id: 'other', number: 14, system: 'Phones', summary: 'x'.repeat(200) };
    expect(transcript(home({ mine: [told], others: [other] }))).toMatchInlineSnapshot(`
      "
      [Share a near-miss]
      ## Yours, and what came of them
      NM-12 · Invoices: The invoices had last year's tax rate for one group of customers. We saw it an hour before they went out.
      [Read]
      ## From others
      NM-14 · Phones: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…
      [Read]
      "
    `);
  });

  test('a list that is cut says so, and how to see more', () => {
    const many = (count: number) => Array.from({ length: count }, (_, at) => ({ ...told, number: at + 1 }));
    const cut = transcript(home({ mine: many(11), others: many(11) }));
    expect(cut.match(/<small>.*/g)).toEqual([
      '<small> ~ These are the newest 10. More with `/nearmiss list mine`.',
      '<small> ~ These are the newest 10.',
    ]);
    expect(cut.match(/NM-11/g)).toBeNull();
    const whole = transcript(home({ mine: many(10), others: many(10) }));
    expect(whole).not.toContain('newest');
  });

  test('Yours is always there, the others only when there is something', () => {
    const lists = transcript(home({ mine: [], others: [told] }));
    expect(lists).toMatch(/## Yours\n.*Nothing yet\. What you share is listed here/);
    expect(transcript(home({ mine: [shared], others: [] }))).not.toContain('From others');
  });
});
