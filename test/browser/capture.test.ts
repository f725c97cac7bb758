import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acme } from '../../sandbox/demo/acme.ts';
import { pages } from '../../sandbox/page/routes.ts';
import { botOnTheWire } from '../support/bot-on-the-wire.ts';
import { hasChromium, launchChromium, takePicture } from '../support/chromium.ts';

let browser: Browser;

/** The demo's workspace with the app in it, and a page of it. */
async function openDemo(handle: string): Promise<Page> {
  const { options, tell } = acme();
  const { workspace } = await botOnTheWire({ ...options, pages });
  tell(workspace);
  const page = await browser.newPage({ viewport: { width: 1280, height: 860 }, baseURL: workspace.url });
  await page.goto(`/as/${handle}/c/payments-ops`);
  return page;
}

describe.skipIf(!hasChromium)('in a browser (needs Chromium: set CHROMIUM_PATH if it is not found)', () => {
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  it('somebody shares from a thread, tells both steps, sees the card, and tells more', async () => {
    const page = await openDemo('jon');
    await page.getByRole('link', { name: /replies/ }).click();
    const thread = page.getByRole('complementary', { name: 'Thread' });
    await thread.getByText('⋯').first().click();
    await thread.getByRole('button', { name: 'Share a near-miss' }).first().click();

    const dialog = page.getByRole('dialog');
    const what = dialog.getByLabel('What nearly happened?');
    await what.fill(
      "The invoices had last year's tax rate for one group of customers. We saw it an hour before they went out.",
    );
    await dialog.getByLabel('Which system or process?').fill('Invoices');
    await expect.poll(() => dialog.getByText('with a card in this thread').isVisible()).toBe(true);
    await takePicture(page, 'share.png');
    await dialog.getByRole('button', { name: 'Save' }).click();

    await dialog.getByText('Saved as NM-1.').waitFor();
    await dialog
      .getByLabel('What had to go right')
      .fill(
        'We open ten invoices by hand before every run\nThe person who can stop the send is in this channel',
      );
    await dialog
      .getByLabel('How close was it?')
      .fill('One hour later, 400 customers would have had a wrong invoice.');
    await dialog.getByRole('button', { name: 'Keep and go on' }).click();
    await dialog.getByText('This page and one more').waitFor();
    await dialog.getByRole('button', { name: 'Keep and go on' }).click();
    await dialog.getByText('This is the last page.').waitFor();
    await dialog.getByRole('button', { name: 'Add to the story' }).click();
    await dialog
      .getByLabel('What did Maria Lopez make possible?')
      .fill('Looked at ten by hand when nobody asks');
    await dialog.getByRole('button', { name: 'Add to the story' }).click();
    await dialog.waitFor({ state: 'hidden' });

    await thread.getByText('We open ten invoices by hand before every run').waitFor();
    await thread
      .getByText('Its card is in this thread.')
      .or(page.getByText('Its card is in this thread.'))
      .first()
      .waitFor();
    await thread.getByRole('button', { name: 'Tell more' }).first().click();
    await dialog.getByRole('button', { name: 'What went right' }).click();
    await dialog
      .getByLabel('What had to go right')
      .fill('We open ten invoices by hand before every run\nThe send was planned for 10:00, not overnight');
    await dialog.getByRole('button', { name: 'Add to the story' }).click();
    await dialog.getByRole('button', { name: 'Close' }).first().click();
    await thread.getByText('The send was planned for 10:00, not overnight').waitFor();
    await takePicture(page, 'card.png');
  }, 60_000);
});
