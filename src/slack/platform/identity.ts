import { setTimeout as wait } from 'node:timers/promises';
import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { isPassing, isTokenRefused, whyOf } from './slack-errors.ts';

/** What Slack says the app is, and where (`auth.test`). `scopes` are those the installer granted. */
export type Identity = {
  teamId: string;
  /** The organisation the workspace belongs to, where it does to one. */
  enterpriseId?: string | undefined;
  workspace: string;
  /** The app's name as people mention it. */
  app: string;
  botUserId: string;
  botId: string;
  scopes: ReadonlySet<string>;
};

/** Slack does not let the app in, and why in one sentence for whoever runs it. */
export class SlackRefused extends Error {}

/** Without these there is no app; the others each make one thing better (`manifest.yml`). */
const REQUIRED = ['commands', 'chat:write', 'users:read', 'channels:read', 'im:write'];

const FOR_AN_ORGANISATION =
  'This token is for a whole organisation, and the app works in single workspaces so far. Please install it in the workspace where it is to be used, and put the token of that into SLACK_BOT_TOKEN.';

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;

/**
 * Asks Slack who the app is. While Slack cannot be reached it waits, and says so.
 * @throws SlackRefused for a token Slack does not accept, one of an installation for a whole organisation, or one that
 * lacks a scope the app cannot do without.
 */
export async function hearSlack(client: WebClient, log: Logger): Promise<Identity> {
  for (let pause = FIRST_WAIT_MS; ; pause = Math.min(pause * 2, LONGEST_WAIT_MS)) {
    try {
      return await ask(client);
    } catch (error) {
      if (!isPassing(error)) throw asRefusal(error);
      log.warn(
        { why: whyOf(error), againInSeconds: pause / 1000 },
        'Slack cannot be reached; waiting for it',
      );
      await wait(pause);
    }
  }
}

async function ask(client: WebClient): Promise<Identity> {
  const answer = await client.auth.test();
  const { team_id: teamId = '', team = '', user = '', user_id: botUserId = '', bot_id: botId = '' } = answer;
  if (answer.is_enterprise_install === true) throw new SlackRefused(FOR_AN_ORGANISATION);
  const enterpriseId = answer.enterprise_id || undefined;
  const scopes = new Set(answer.response_metadata?.scopes ?? REQUIRED);
  const missing = REQUIRED.filter((scope) => !scopes.has(scope));
  if (missing.length > 0) {
    throw new SlackRefused(
      `The app lacks these scopes: ${missing.join(', ')}. Please update it from manifest.yml and install it again.`,
    );
  }
  return { teamId, enterpriseId, workspace: team, app: user, botUserId, botId, scopes };
}

/** An error with which Slack shuts the app out, with its sentence; any other comes back as it is. */
export function asRefusal(error: unknown): unknown {
  if (!(error instanceof WebAPIPlatformError)) return error;
  const sentence = isTokenRefused(error)
    ? `Slack does not accept this token (${whyOf(error)}). Please check SLACK_BOT_TOKEN and SLACK_APP_TOKEN: the app may have been removed from the workspace, or the token replaced.`
    : `Slack does not let the app in (${whyOf(error)}). Please check SLACK_BOT_TOKEN, SLACK_APP_TOKEN and SLACK_API_URL, and that Socket Mode is on for the app if it has an app token.`;
  return new SlackRefused(sentence, { cause: error });
}
