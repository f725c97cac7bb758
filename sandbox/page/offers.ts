import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { type Json, object, objects, text, truthy } from '../json.ts';

/** What the app puts into people's menus. */
export type Offers = {
  readonly commands: readonly { readonly command: string; readonly hint: string; readonly about: string }[];
  readonly shortcuts: readonly {
    readonly name: string;
    readonly type: 'message' | 'global';
    readonly callbackId: string;
  }[];
  /** Whether people may not write to the app directly. */
  readonly messagesReadOnly: boolean;
};

/** The manifest of the app in this repository. */
export const ownManifest = (): Json =>
  object(parse(readFileSync(new URL('../../manifest.yml', import.meta.url), 'utf8')));

/** Reads from a manifest what a person finds in the composer and in the menu of a message. */
export function offersOf(manifest: Json): Offers {
  const features = object(manifest.features);
  return {
    commands: objects(features.slash_commands).map((each) => ({
      command: text(each.command),
      hint: text(each.usage_hint),
      about: text(each.description),
    })),
    shortcuts: objects(features.shortcuts).map((each) => ({
      name: text(each.name),
      type: each.type === 'message' ? 'message' : 'global',
      callbackId: text(each.callback_id),
    })),
    messagesReadOnly: truthy(object(features.app_home).messages_tab_read_only_enabled),
  };
}
