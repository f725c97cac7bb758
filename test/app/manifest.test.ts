import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { isMethod, methodFacts } from '../../sandbox/web-api/method-facts.ts';
import { COMMAND, SHORTCUTS } from '../../src/slack/app.ts';

type Manifest = {
  display_information: { name: string; description: string; long_description: string };
  features: {
    app_home: Record<string, boolean>;
    bot_user: { display_name: string };
    shortcuts: { name: string; type: string; callback_id: string }[];
    slash_commands: {
      command: string;
      url?: string;
      description: string;
      usage_hint: string;
      should_escape: boolean;
    }[];
  };
  oauth_config: { scopes: { bot: string[]; bot_optional: string[]; user?: string[] } };
  settings: {
    event_subscriptions: { bot_events: string[]; request_url?: string };
    interactivity: { is_enabled: boolean; request_url?: string; message_menu_options_url?: string };
    socket_mode_enabled: boolean;
  };
};

const file = readFileSync('manifest.yml', 'utf8');
const manifest = parse(file) as Manifest;
const { bot, bot_optional: optional } = manifest.oauth_config.scopes;
const source = globSync('src/**/*.ts')
  .map((path) => readFileSync(path, 'utf8'))
  .join('\n');
const found = (pattern: RegExp) => [...new Set([...source.matchAll(pattern)].map(([, name = '']) => name))];

/** Slack's own description of a manifest, where it lies beside this repository. */
const SCHEMA = '../shared/reference/manifest.schema.json';

describe('the manifest', () => {
  test.skipIf(!existsSync(SCHEMA))(
    'is what Slack describes (skipped where the description of Slack is not at hand)',
    () => {
      const schema = JSON.parse(readFileSync(SCHEMA, 'utf8')) as object;
      const validate = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(schema);
      for (const form of [manifest, parse(printed('--http', 'https://near.example.org')) as Manifest]) {
        validate(form);
        expect(validate.errors ?? []).toEqual([]);
      }
    },
  );

  test('declares every command and shortcut the code answers, and no other, in the words people know', () => {
    expect(found(/bolt\.command\((\w+|'[^']+')/g)).toEqual(['COMMAND']);
    expect(manifest.features.slash_commands).toEqual([
      {
        command: COMMAND,
        description: 'Share something that nearly went wrong, so others can learn from it',
        usage_hint: '[one line about what nearly happened]',
        should_escape: true,
      },
    ]);
    expect(found(/bolt\.shortcut\(\{ callback_id: ([\w.]+)/g)).toEqual([
      'SHORTCUTS.message',
      'SHORTCUTS.global',
    ]);
    expect(manifest.features.shortcuts.map(({ name, type, callback_id: id }) => [name, type, id])).toEqual([
      ['Share a near-miss', 'message', SHORTCUTS.message],
      ['Share a near-miss', 'global', SHORTCUTS.global],
    ]);
  });

  test('subscribes to the events the code hears, and to no other', () => {
    expect(manifest.settings.event_subscriptions.bot_events).toEqual(found(/bolt\.event\('(\w+)'/g));
  });

  test('asks for the scopes of the methods the code calls, and for no other', () => {
    const methods = found(/\bclient\.([a-z]+\.[a-z]\w+)/gi).filter((name) => name !== 'apps.connections');
    expect(methods.filter((name) => !isMethod(name))).toEqual([]);
    const needed = methods.flatMap((name) => (isMethod(name) ? [methodFacts[name].scopes] : []));
    for (const anyOf of needed) {
      expect(anyOf.length === 0 || anyOf.some((scope) => bot.includes(scope))).toBe(true);
    }
    // A command needs its scope by being declared; posting without joining is asked about in the code.
    const asked = new Set<string>([...needed.flat(), ...found(/scopes\.has\('([\w:.]+)'\)/g), 'commands']);
    expect(bot.filter((scope) => !asked.has(scope))).toEqual([]);
    expect(manifest.oauth_config.scopes.user).toBeUndefined();
  });

  test('asks for no more than the app cannot start without, and lets the installer decline the rest', () => {
    const [, required = ''] = source.match(/const REQUIRED = \[([^\]]+)\]/) ?? [];
    expect(bot.filter((scope) => !optional.includes(scope))).toEqual(
      [...required.matchAll(/'([^']+)'/g)].map(([, scope]) => scope),
    );
    expect(optional.filter((scope) => !bot.includes(scope))).toEqual([]);
    expect([...new Set(bot)]).toEqual(bot);
  });

  test('has Home and Messages tabs, interactivity and Socket Mode on, and says at length what it is', () => {
    expect(manifest.features.app_home).toMatchObject({ home_tab_enabled: true, messages_tab_enabled: true });
    expect(manifest.settings).toMatchObject({
      socket_mode_enabled: true,
      interactivity: { is_enabled: true },
    });
    expect(manifest.display_information.long_description.length).toBeGreaterThanOrEqual(175);
    expect(manifest.display_information.long_description.length).toBeLessThanOrEqual(4000);
  });
});

describe('npm run manifest', () => {
  test('prints the file', () => {
    expect(printed()).toBe(file);
  });

  test('over HTTP, turns Socket Mode off and names the four addresses', () => {
    const text = printed('--http', 'https://near.example.org:8443/anything?x=1');
    const url = 'https://near.example.org:8443/slack/events';
    const expected = structuredClone(manifest);
    Object.assign(expected.features.slash_commands[0] ?? {}, { url });
    expected.settings.event_subscriptions.request_url = url;
    Object.assign(expected.settings.interactivity, { request_url: url, message_menu_options_url: url });
    expected.settings.socket_mode_enabled = false;
    expect(parse(text)).toEqual(expected);
    expect(text).not.toContain('Socket Mode form');
  });

  test('prints it as JSON on request', () => {
    expect(JSON.parse(printed('--json'))).toEqual(manifest);
  });

  test.each([['http://near.example.org'], ['near.example.org'], ['']])(
    'says what is wrong with %j, and prints nothing',
    (host) => {
      const { status, stdout, stderr } = spawnSync(process.execPath, ['manifest.ts', '--http', host], {
        encoding: 'utf8',
      });
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(stderr).toContain(`Slack only calls https addresses, and this is not one: ${host}`);
      expect(stderr).not.toContain('    at ');
    },
  );
});

/** As `npm run manifest` does, which the hooks run in full. */
function printed(...args: string[]): string {
  return execFileSync(process.execPath, ['manifest.ts', ...args], { encoding: 'utf8' });
}
