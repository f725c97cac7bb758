import type { ModalView } from '@slack/types';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { acme } from '../../../sandbox/demo/acme.ts';
import { pages } from '../../../sandbox/page/routes.ts';
import { startWorkspace, type Workspace } from '../../../sandbox/workspace.ts';
import { hasChromium, launchChromium } from '../../support/chromium.ts';
import { toyApp } from '../../support/toy-bolt-app.ts';

const words = (text: string) => ({ type: 'plain_text' as const, text });
const option = (text: string) => ({ text: words(text), value: text });

/** A modal that changes below what is typed, as the one of the real app does. */
const question = (who: string): ModalView => ({
  type: 'modal',
  callback_id: 'question',
  title: words('A question'),
  submit: words('Save'),
  blocks: [
    {
      type: 'input',
      block_id: 'what',
      label: words('What nearly happened?'),
      element: { type: 'plain_text_input', action_id: 'a', multiline: true, focus_on_load: true },
    },
    {
      type: 'input',
      block_id: 'system',
      optional: true,
      label: words('Which system?'),
      element: { type: 'external_select', action_id: 'system', min_query_length: 0 },
    },
    {
      type: 'input',
      block_id: 'tier',
      dispatch_action: true,
      label: words('Who may see it?'),
      element: {
        type: 'radio_buttons',
        action_id: 'tier',
        options: [option('Anyone'), option('Nobody')],
        initial_option: option('Anyone'),
      },
    },
    { type: 'context', elements: [{ type: 'mrkdwn', text: `${who} can see it.` }] },
  ],
});

/** The smallest app with everything the page has to do for one. */
async function smallApp(workspace: Workspace): Promise<{ submitted: unknown[] }> {
  const app = await toyApp(workspace);
  const submitted: unknown[] = [];
  app.shortcut('share_from_message', async ({ ack, shortcut, client }) => {
    await ack();
    await client.views.open({ trigger_id: shortcut.trigger_id, view: question('Anyone') });
  });
  app.options('system', async ({ ack, options }) => {
    await ack({
      options: [option('Invoices'), option('Phones')].filter((each) => each.value.startsWith(options.value)),
    });
  });
  app.action('tier', async ({ ack, body, client }) => {
    await ack();
    if (body.type === 'block_actions' && body.view)
      await client.views.update({ view_id: body.view.id, view: question('Nobody') });
  });
  app.view('question', async ({ ack, body, view, client }) => {
    const { what, system, tier } = view.state.values;
    if (what?.a?.value?.trim() === '')
      return ack({ response_action: 'errors', errors: { what: 'A few words are enough.' } });
    submitted.push({
      what: what?.a?.value,
      system: system?.system?.selected_option?.value,
      tier: tier?.tier?.selected_option?.value,
    });
    await ack();
    const { id: channel } = workspace.channel('payments-ops');
    await client.chat.postEphemeral({ channel, user: body.user.id, text: 'Thank you. It is saved.' });
    return undefined;
  });
  await app.start();
  onTestFinished(async () => void (await app.stop()));
  return { submitted };
}

describe.skipIf(!hasChromium)(
  'the page in a browser (needs Chromium: set CHROMIUM_PATH if it is not found)',
  () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launchChromium();
    });
    afterAll(() => browser?.close());

    async function bot(options: BrowserContextOptions = {}) {
      const story = acme();
      const workspace = await startWorkspace({ manifest: 'manifest.yml', ...story.options, pages });
      onTestFinished(() => workspace.stop());
      story.tell(workspace);
      const app = await smallApp(workspace);
      const context = await browser.newContext({ baseURL: workspace.url, ...options });
      onTestFinished(() => context.close());
      const page = await context.newPage();
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(error.message));
      return { ...app, workspace, page, errors };
    }

    async function shareFromThread(page: Page) {
      await page.goto('/as/maria/c/payments-ops');
      await page.getByRole('link', { name: '13 replies' }).click();
      const message = page
        .getByRole('complementary', { name: 'Thread' })
        .getByRole('listitem')
        .filter({ hasText: '11:00' });
      await message.hover();
      await message.getByLabel(/More actions/).click();
      await message.getByRole('button', { name: 'Share a near-miss' }).click();
      await page.getByRole('heading', { name: 'A question' }).waitFor();
    }

    test('from a message to a saved answer, keeping what is typed on the way', async () => {
      const { page, submitted, errors, workspace } = await bot();
      await shareFromThread(page);
      const what = page.getByLabel('What nearly happened?');
      await expect.poll(() => what.evaluate((each) => each === each.ownerDocument.activeElement)).toBe(true);
      await what.fill('   ');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('A few words are enough.').waitFor();
      await what.fill('The rate was last year’s.');
      await page.getByLabel('Which system?').fill('Inv');
      await page.getByLabel('Nobody').check();
      await page.getByText('Nobody can see it.').waitFor();
      expect(await what.inputValue()).toBe('The rate was last year’s.');
      await expect.poll(() => page.getByLabel('Which system?').inputValue()).toBe('Invoices');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Thank you. It is saved.').waitFor();
      expect(submitted).toEqual([{ what: 'The rate was last year’s.', system: 'Invoices', tier: 'Nobody' }]);
      expect(await page.getByRole('dialog').count()).toBe(0);
      expect(workspace.complaints).toEqual([]);
      expect(errors).toEqual([]);
    });

    test('Escape closes the modal and gives the focus back', async () => {
      const { page, workspace } = await bot();
      await shareFromThread(page);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      expect(workspace.person('maria').view()).toBeUndefined();
      const focused = page.locator(':focus');
      await expect.poll(() => focused.getAttribute('aria-label')).toMatch(/More actions for the message/);
    });

    test('what others write appears without losing a half-written answer', async () => {
      const { page, workspace } = await bot();
      await page.goto('/as/maria/c/payments-ops');
      const box = page.getByLabel('Message #payments-ops');
      await box.fill('half a sen');
      workspace.person('jon').say('payments-ops', 'Good morning');
      await page.getByText('Good morning').waitFor();
      expect(await box.inputValue()).toBe('half a sen');
      await box.press('Enter');
      await page.getByRole('listitem').filter({ hasText: 'half a sen' }).waitFor();
      expect(await box.inputValue()).toBe('');
    });

    test('all of it without the script', async () => {
      const { page, submitted } = await bot({ javaScriptEnabled: false });
      await shareFromThread(page);
      await page.getByLabel('What nearly happened?').fill('Slow, and it works.');
      await page.getByLabel('Which system?').fill('Phones');
      await page.getByRole('button', { name: 'Save' }).click();
      expect(await page.getByRole('dialog').count()).toBe(0);
      expect(submitted).toEqual([{ what: 'Slow, and it works.', system: 'Phones', tier: 'Anyone' }]);
      await page.goto('/as/maria/c/payments-ops');
      expect(await page.getByText('Thank you. It is saved.').count()).toBe(1);
    });

    test('at a phone’s width nothing sticks out, and every place leads back', async () => {
      const { page } = await bot({ viewport: { width: 390, height: 844 } });
      const isNarrow = () => page.evaluate('document.documentElement.scrollWidth <= innerWidth');
      await page.goto('/as/priya');
      // Measured when the page is there with its styles, not while the browser is on the way to it.
      await page.getByRole('link', { name: 'phones' }).click();
      await page.waitForURL(/\/c\/phones$/);
      expect(await isNarrow()).toBe(true);
      await page.getByRole('link', { name: '14 replies' }).click();
      await page.waitForURL(/\/c\/phones\/t\//);
      expect(await isNarrow()).toBe(true);
      await page.getByRole('link', { name: 'Back' }).click();
      await page.getByRole('heading', { name: '#phones' }).waitFor();
      await page.getByRole('link', { name: 'Back' }).click();
      await page.getByText('You are').first().waitFor();
    });
  },
);
