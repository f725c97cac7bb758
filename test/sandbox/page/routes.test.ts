import { request } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { acme } from '../../../sandbox/demo/acme.ts';
import { meant } from '../../../sandbox/page/offered-options.ts';
import { pages } from '../../../sandbox/page/routes.ts';
import { startWorkspace, type Workspace } from '../../../sandbox/workspace.ts';

/** Acme with its two stories and its page; no app is connected. */
async function office(): Promise<Workspace> {
  const story = acme();
  const workspace = await startWorkspace({ manifest: 'manifest.yml', ...story.options, pages });
  onTestFinished(() => workspace.stop());
  story.tell(workspace);
  return workspace;
}

type Sent = { method?: string; headers?: Record<string, string>; body?: string };
type Got = { status: number; headers: Record<string, unknown>; text: string };

/** Asks over plain HTTP, so that a test can say any Host and Origin it likes, as a stranger could. */
function ask(workspace: Workspace, path: string, { method = 'GET', headers = {}, body = '' }: Sent = {}) {
  return new Promise<Got>((resolve, reject) => {
    const asked = request(new URL(path, workspace.url), { method, headers }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () => {
        const text = Buffer.concat(parts).toString();
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text });
      });
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

function post(workspace: Workspace, path: string, fields: Record<string, string>, origin = workspace.url) {
  const headers = { origin, 'content-type': 'application/x-www-form-urlencoded', 'x-page-script': 'yes' };
  return ask(workspace, path, { method: 'POST', headers, body: new URLSearchParams(fields).toString() });
}

describe('what a person finds', () => {
  test('everybody to choose from, and that this is not Slack', async () => {
    const workspace = await office();
    const { text } = await ask(workspace, '/');
    expect(text).toContain('This is not Slack.');
    for (const name of ['Maria Lopez', 'Jon Park', 'Priya Nair']) expect(text).toContain(name);
    expect(text).not.toContain('Slackbot');
  });

  test('both stories, with their threads', async () => {
    const workspace = await office();
    const channel = await ask(workspace, '/as/maria/c/payments-ops');
    expect(channel.text).toContain('The run goes out at 11:00, please hold it.');
    const thread = /href="(\/as\/maria\/c\/payments-ops\/t\/[\d.]+)">13 replies/.exec(channel.text)?.[1];
    const answers = await ask(workspace, thread ?? '');
    expect(answers.text).toContain('Not that the rate is this year&#39;s.');
    const phones = await ask(workspace, '/as/priya/c/phones');
    expect(phones.text).toMatch(/Line monitor.*<span class="badge">App<\/span>/);
    expect(phones.text).toContain('14 replies');
  });

  test('private channels only when in them', async () => {
    const workspace = await office();
    expect((await ask(workspace, '/as/maria/c/finance-leads')).status).toBe(200);
    const sam = await ask(workspace, '/as/sam/c/finance-leads');
    expect(sam.status).toBe(404);
    expect(sam.text).toContain('You see no such conversation.');
    expect((await ask(workspace, '/as/sam')).text).not.toContain('finance-leads');
    expect((await ask(workspace, '/as/lena')).text).not.toContain('payments-ops');
  });

  test('nobody of another name', async () => {
    const workspace = await office();
    expect((await ask(workspace, '/as/nobody')).status).toBe(404);
    expect((await ask(workspace, '/as/slackbot')).status).toBe(404);
  });
});

describe('what a person does', () => {
  const ops = (workspace: Workspace) => ({
    channel: workspace.channel('payments-ops').id,
    back: '/as/maria/c/payments-ops',
  });

  test('writes, and comes back to where they were', async () => {
    const workspace = await office();
    const text = 'All good <script>alert(1)</script>';
    const sent = await post(workspace, '/as/maria/do/say', { ...ops(workspace), text });
    expect(sent.status).toBe(303);
    expect(sent.headers.location).toBe('/as/maria/c/payments-ops');
    const page = await ask(workspace, '/as/maria/c/payments-ops');
    expect(page.text).toContain('All good &lt;script&gt;alert(1)&lt;/script&gt;');
  });

  test('hears that the app is not there', async () => {
    const workspace = await office();
    await post(workspace, '/as/maria/do/say', { ...ops(workspace), text: '/nearmiss a line' });
    const { text } = await ask(workspace, '/as/maria/c/payments-ops');
    expect(text).toContain('The app could not be reached.');
    expect((await ask(workspace, '/as/jon/c/payments-ops')).text).not.toContain('could not be reached');
    await post(workspace, '/as/maria/do/dismiss', { back: '/as/maria' });
    expect((await ask(workspace, '/as/maria')).text).not.toContain('could not be reached');
  });

  test('keeps the words of a command that threads do not take', async () => {
    const workspace = await office();
    const thread = workspace.person('maria').messages('payments-ops')[0]?.ts ?? '';
    const back = `/as/maria/c/payments-ops/t/${thread}`;
    const fields = { ...ops(workspace), back, thread, text: '/nearmiss a line' };
    const sent = await post(workspace, '/as/maria/do/say', fields);
    const page = await ask(workspace, String(sent.headers.location));
    expect(page.text).toContain('Commands do not run in threads');
    expect(page.text).toMatch(/data-enter-sends[^>]*>\s*\/nearmiss a line<\/textarea>/);
  });

  test('invites the app as Slack does', async () => {
    const workspace = await office();
    const channel = workspace.channel('finance-leads');
    const fields = { channel: channel.id, back: '/as/maria/c/finance-leads', text: '/invite @nearmiss' };
    await post(workspace, '/as/maria/do/say', fields);
    expect(channel.members).toContain(workspace.state.app.botUserId);
  });

  test('is told when what they pressed is gone, and never sent elsewhere', async () => {
    const workspace = await office();
    const fields = { place: 'C0NONE 1.2', press: 'a/b/', back: 'https://elsewhere.example/' };
    const sent = await post(workspace, '/as/maria/do/press', fields);
    expect(sent.headers.location).toBe('/as/maria');
    expect((await ask(workspace, '/as/maria')).text).toContain('That did not work here');
  });
});

describe('who is let in', () => {
  test('only this machine by its own names', async () => {
    const workspace = await office();
    const { port } = new URL(workspace.url);
    expect((await ask(workspace, '/as/maria', { headers: { host: `localhost:${port}` } })).status).toBe(200);
    const rebound = await ask(workspace, '/as/maria', { headers: { host: 'evil.example' } });
    expect(rebound.status).toBe(403);
    expect(rebound.text).not.toContain('Maria');
  });

  test('only forms of the page itself', async () => {
    const workspace = await office();
    const before = workspace.state.messages.length;
    const fields = { channel: workspace.channel('general').id, text: 'forged' };
    for (const origin of ['https://evil.example', 'null', 'http://127.0.0.1:1'])
      expect((await post(workspace, '/as/maria/do/say', fields, origin)).status).toBe(403);
    expect((await ask(workspace, '/as/maria/do/say', { method: 'POST' })).status).toBe(403);
    expect(workspace.state.messages).toHaveLength(before);
  });

  test('only scripts and styles that are files', async () => {
    const workspace = await office();
    const { headers, text } = await ask(workspace, '/as/maria/c/payments-ops');
    expect(headers['content-security-policy']).toContain("script-src 'self'");
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(text).not.toMatch(/<[^>]+\son\w+=|\sstyle=/);
    for (const name of ['tone.css', 'phone.css', 'page.js', 'redraw.js', 'icon.svg'])
      expect((await ask(workspace, `/page/${name}`)).status).toBe(200);
  });
});

describe('what is meant by what is written into a menu that asks the app', () => {
  const options = ['Invoices', 'Invoice printing', 'Add "pensions"'].map((each) => ({
    text: { type: 'plain_text', text: each },
    value: each,
  }));

  test.each([
    ['invoices', 'Invoices'],
    ['pensions', 'Add "pensions"'],
    ['invoice', undefined],
    ['phones', undefined],
  ])('%j means %j', (typed, expected) => {
    expect(meant(options, typed)?.value).toBe(expected);
  });
});
