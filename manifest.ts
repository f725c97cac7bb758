import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parse, parseDocument } from 'yaml';

const USAGE = 'Usage: npm run manifest [-- --http https://your.host] [-- --json]';

const HTTP_FORM = '# The Slack app over HTTP, ready to paste at api.slack.com/apps ("From a manifest").\n';

/** Prints `manifest.yml`: for Socket Mode as it stands, for HTTP with the addresses Slack is to call. */
function printed(args: string[]): string {
  const { values } = parseArgs({ args, options: { http: { type: 'string' }, json: { type: 'boolean' } } });
  const socketForm = readFileSync(new URL('manifest.yml', import.meta.url), 'utf8');
  const form = values.http === undefined ? socketForm : httpForm(socketForm, requestUrl(values.http));
  return values.json === true ? `${JSON.stringify(parse(form))}\n` : form;
}

/** Everything arrives at one path, whatever it is. */
function requestUrl(host: string): string {
  const url = URL.canParse(host) ? new URL(host) : undefined;
  if (url?.protocol !== 'https:')
    throw new Error(`Slack only calls https addresses, and this is not one: ${host}`);
  return `${url.origin}/slack/events`;
}

function httpForm(socketForm: string, url: string): string {
  const manifest = parseDocument(socketForm.replace(/^(?:#.*\n)+/, HTTP_FORM));
  manifest.setIn(['features', 'slash_commands', 0, 'url'], url);
  manifest.setIn(['settings', 'event_subscriptions', 'request_url'], url);
  manifest.setIn(['settings', 'interactivity', 'request_url'], url);
  manifest.setIn(['settings', 'interactivity', 'message_menu_options_url'], url);
  manifest.setIn(['settings', 'socket_mode_enabled'], false);
  return manifest.toString({ lineWidth: 112 });
}

try {
  process.stdout.write(printed(process.argv.slice(2)));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}\n`);
  process.exitCode = 1;
}
