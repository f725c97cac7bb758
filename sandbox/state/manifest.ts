import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { type Json, object, objects, text, texts, truthy } from '../json.ts';

/** What an installed app may do and has, after the installer has had a say. */
export type Installation = {
  readonly scopes: ReadonlySet<string>;
  readonly events: ReadonlySet<string>;
  /** `hint` is shown to people; `escapes` says whether mentions reach the app as ids. */
  readonly commands: readonly {
    readonly command: string;
    readonly hint: string;
    readonly escapes: boolean;
  }[];
  readonly shortcuts: readonly {
    readonly name: string;
    readonly type: string;
    readonly callbackId: string;
  }[];
  readonly appName: string;
  readonly botName: string;
  readonly homeTab: boolean;
  readonly messagesTab: boolean;
  readonly messagesReadOnly: boolean;
};

/** Reads the manifest as Slack would and installs the app, without the optional scopes that are declined. */
export function install(manifest: string | Json, decline: readonly string[]): Installation {
  const said = object(typeof manifest === 'string' ? parse(readFileSync(manifest, 'utf8')) : manifest);
  const features = object(said.features);
  const settings = object(said.settings);
  const home = object(features.app_home);
  return {
    scopes: grantedScopes(object(object(said.oauth_config).scopes), decline),
    events: new Set(texts(object(settings.event_subscriptions).bot_events)),
    commands: objects(features.slash_commands).map((each) => ({
      command: text(each.command),
      hint: text(each.usage_hint),
      escapes: truthy(each.should_escape),
    })),
    shortcuts: objects(features.shortcuts).map((each) => ({
      name: text(each.name),
      type: text(each.type),
      callbackId: text(each.callback_id),
    })),
    appName: text(object(said.display_information).name) || 'App',
    botName: text(object(features.bot_user).display_name) || 'app',
    homeTab: truthy(home.home_tab_enabled),
    messagesTab: truthy(home.messages_tab_enabled),
    messagesReadOnly: truthy(home.messages_tab_read_only_enabled),
  };
}

function grantedScopes(scopes: Json, decline: readonly string[]): Set<string> {
  const optional = new Set(texts(scopes.bot_optional));
  const stubborn = decline.find((scope) => !optional.has(scope));
  if (stubborn) throw new Error(`${stubborn} is not optional in the manifest, so it cannot be declined`);
  return new Set(texts(scopes.bot).filter((scope) => !decline.includes(scope)));
}
