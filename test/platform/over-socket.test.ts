import { expect, test } from 'vitest';
import type { Workspace } from '../../sandbox/workspace.ts';
import { type BotProcess, envFor, startBotProcess } from '../support/bot-process.ts';
import { openWorkspace } from '../support/workspace.ts';

/** What must stand in no log: people wrote it. */
const WORDS = 'the rates were wrong';

async function started(
  more: Record<string, string> = {},
): Promise<{ workspace: Workspace; app: BotProcess }> {
  const workspace = await openWorkspace();
  const env = await envFor(workspace);
  const app = startBotProcess({ env: { ...env, ...more } });
  await app.says('"msg":"ready"');
  await workspace.until(() => workspace.connections() === 2);
  return { workspace, app };
}

/** None of these is an envelope with something in it. One a line, and a few more. */
const NO_FRAME = [
  '',
  '['.repeat(100_000),
  Buffer.from('null'),
  Buffer.from([0, 255, 3]),
  ...`null
[]
[{"type":"hello"}]
"x"
1
true
{
${WORDS}
"${WORDS}"
{}
{"type":null}
{"type":1}
{"type":{"toString":1}}
{"type":"__proto__"}
{"type":"${WORDS}"}
{"type":"connected"}
{"type":"disconnected"}
{"type":"close"}
{"type":"error"}
{"type":"ws_message"}
{"type":"slack_event"}
{"type":"outgoing_message"}
{"type":"disconnect","reason":{"toString":1}}
{"type":"events_api"}
{"type":"interactive"}
{"type":"slash_commands"}
{"type":"slash_commands","payload":{"command":"/nearmiss","text":"${WORDS}"}}
{"type":"slash_commands","envelope_id":{},"payload":{"command":"/nearmiss","text":"${WORDS}"}}`.split('\n'),
];

const NO_PAYLOAD = `null
[]
[null]
"${WORDS}"
1
{}
{"type":null}
{"type":"${WORDS}"}
{"type":"view_submission"}
{"type":"view_submission","view":null,"user":{}}
{"type":"shortcut"}
{"type":"message_action","user":null}
{"type":"block_actions","actions":[],"user":{}}
{"type":"block_actions","actions":null,"event":{}}
{"type":{"toString":1,"valueOf":1},"actions":null}
{"command":{}}
{"command":"/nearmiss","event":null}
{"event":null}
{"event":[]}
{"event":"${WORDS}"}
{"event":{"type":{"toString":1}}}
{"event":{"type":"x","item":"${WORDS}"}}
{"event":{"type":"x","channel":null}}
{"event":{"type":"x"},"authorizations":[null]}
{"event":{"type":"x","item":null},"type":{"toString":1,"valueOf":1}}`.split('\n');

const KINDS = ['events_api', 'interactive', 'slash_commands'];

/** The client that holds the socket calls what happens to itself by such names, too. */
const ITS_OWN_EVENTS = ['ws_message', 'close', 'disconnected', 'error', 'slack_event'];

test('what is no frame, or has nothing in it, is left out with one line and nobody’s words', async () => {
  const { workspace, app } = await started();
  const frames = [
    ...NO_FRAME,
    ...KINDS.flatMap((type) =>
      NO_PAYLOAD.map((payload) => `{"envelope_id":"e","type":"${type}","payload":${payload}}`),
    ),
    ...ITS_OWN_EVENTS.map(
      (type) => `{"envelope_id":"e","type":"events_api","payload":{"event":{"type":"${type}"}}}`,
    ),
  ];
  for (const frame of frames) workspace.faults.sayOverSocket(frame);
  expect(await workspace.person('maria').command('payments-ops', '/nearmiss help')).toMatchObject({
    acked: true,
  });
  await expect.poll(() => app.out().match(/could not be taken/g)?.length).toBe(frames.length);
  const lines = app.out().trim().split('\n');
  expect(lines.filter((line) => !/could not be taken|"msg":"ready"/.test(line))).toEqual([]);
  expect(app.out()).not.toContain(WORDS.slice(0, 8));
  expect(workspace.connections()).toBe(2);
  expect(await app.status('/readyz')).toBe(200);
  expect(app.err()).toBe('');
  expect(workspace.complaints).toEqual([]);
});

test('given an address that is none to connect to, it asks for another', async () => {
  const { workspace, app } = await started();
  const odd = ['nowhere', 'https://slack.example/#here'].map((url) =>
    workspace.faults.on('apps.connections.open', { kind: 'answer', body: { ok: true, url } }),
  );
  workspace.faults.cutSockets();
  await workspace.until(() => odd.every(({ hits }) => hits === 1) && workspace.connections() === 2, {
    ms: 25_000,
  });
  expect(await workspace.person('maria').command('payments-ops', '/nearmiss help')).toMatchObject({
    acked: true,
  });
  expect(app.err()).toBe('');
});

test('a mistake that is really the app’s own ends it, and says so', async () => {
  // Thrown where no request and no frame has come from.
  const mistaken = 'process.on("SIGUSR2",()=>{throw new Error("not thought of")})';
  const { app } = await started({
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(mistaken)}`,
  });
  app.signal('SIGUSR2');
  expect(await app.ended).toBe(1);
  expect(app.err()).toMatch(
    /^The app stopped because of a mistake in it\. Please report this:\nError: not thought of\n/,
  );
});
