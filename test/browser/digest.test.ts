import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acme } from '../../sandbox/demo/acme.ts';
import { pages } from '../../sandbox/page/routes.ts';
import { type BotOnTheWire, botOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { hasChromium, launchChromium, takePicture } from '../support/chromium.ts';
import { lend, tell } from '../support/story.ts';

let browser: Browser;

/** The demo's workspace in which three people shared something. */
async function openDemo(): Promise<BotOnTheWire> {
  // A Tuesday, so that no preview is due by itself whenever this runs.
  const began = Date.now();
  const now = () => Date.UTC(2025, 9, 14, 14, 0) + (Date.now() - began);
  const { options, tell: tellStories } = acme(now);
  const bot = await botOnTheWire({ ...options, pages, world: { now } });
  tellStories(bot.workspace);
  await tell(
    bot,
    'maria',
    "The invoices had last year's tax rate for one group of customers. We saw it an hour before they went out.",
    {
      saves:
        'We open ten invoices by hand before every run\nThe person who can stop the send is in the same channel',
      closeness: 'One hour later, 412 customers would have had a wrong invoice.',
      signal_kind: 'routine_check',
      noticed: "the total looked low next to last month's",
      expected: 'The job was green.',
      instead: 'It checks that the invoices exist, not that they are right.',
      protecting: 'Customers, and the colleagues who answer their calls.',
    },
    { system: 'Invoices' },
  );
  await tell(
    bot,
    'tom',
    'The main number was dead at night and back before opening.',
    { saves: 'The desk lines come from another supplier', signal_kind: 'alert' },
    { system: 'Phones' },
  );
  await tell(
    bot,
    'jon',
    'The refunds export read the same old row. It had not run since Monday.',
    { signal_kind: 'colleague' },
    { system: 'Refunds' },
  );
  await lend(
    bot,
    'maria',
    'NM-1',
    'Before a large send, open ten items by hand and compare one number you know.',
  );
  await lend(bot, 'tom', 'NM-2', 'Keep one phone line on a second supplier for the first hour of the day.');
  return bot;
}

describe.skipIf(!hasChromium)(
  'the digest in a browser (needs Chromium: set CHROMIUM_PATH if it is not found)',
  () => {
    beforeAll(async () => {
      browser = await launchChromium();
    });
    afterAll(() => browser.close());

    it('somebody chooses stewards, sets it up, previews it, leaves one out, publishes it and presses its buttons', async () => {
      const bot = await openDemo();
      const page = await browser.newPage({
        viewport: { width: 1280, height: 1120 },
        baseURL: bot.workspace.url,
      });
      const dialog = page.getByRole('dialog');
      const say = async (line: string) => {
        const box = page.locator('textarea[data-enter-sends]').first();
        await box.fill(line);
        await box.press('Enter');
      };
      page.setDefaultTimeout(5000);
      const close = async () => {
        await dialog.getByRole('button', { name: 'Close' }).first().click();
        await dialog.waitFor({ state: 'hidden' });
      };
      await page.goto('/as/amira/c/learning');

      await say('/nearmiss settings');
      await dialog.getByLabel('Amira Haddad').check();
      await dialog.getByLabel('Jon Park').check();
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.getByText('Amira Haddad and Jon Park look after near-misses from now on.').waitFor();
      await close();

      await say('/nearmiss digest settings');
      await dialog.getByLabel('In which channel?').selectOption({ label: '#learning' });
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.getByText('Saved. The next digest is in #learning on Monday').waitFor();
      await close();

      await say('/nearmiss digest preview');
      await page.getByText('The preview is in the messages of all stewards.').waitFor();
      await page.goto('/as/amira/dm');
      await page.getByRole('link', { name: /replies/ }).click();
      const thread = page.getByRole('complementary', { name: 'Thread' });
      const refunds = thread.getByRole('listitem').filter({ hasText: 'NM-3 · Refunds' });
      await refunds.getByRole('button', { name: 'Leave this out' }).click();
      await dialog.getByLabel('A line to the person who shared it').fill('We wait for what Tom finds.');
      await dialog.getByRole('button', { name: 'Leave it out' }).click();
      await thread.getByText('Left out of this digest by Amira Haddad.').waitFor();
      await page.getByRole('button', { name: 'Publish now' }).first().click();

      await page.goto('/as/priya/c/learning');
      await page.getByText('What we learned from near-misses').first().waitFor();
      await page.getByRole('link', { name: /replies/ }).click();
      await thread.getByRole('button', { name: 'I learned something' }).first().click();
      await thread.getByText('I learned something (1)').waitFor();
      await thread.getByRole('button', { name: 'We could use this' }).first().click();
      await dialog.getByLabel('Which team?').fill('Support');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await thread.getByText('We could use this (1)').waitFor();
      expect(await page.getByText('NM-3').count()).toBe(0);
      await thread.getByText('The number of presses is shown').first().scrollIntoViewIfNeeded();
      await takePicture(page, 'digest.png');
      expect(bot.fatal).toEqual([]);
      expectNoComplaints(bot);
    }, 60_000);
  },
);
