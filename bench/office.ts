import type { ModalView } from '@slack/types';
import { signed } from '../sandbox/wire/signed-http.ts';
import type { Place } from '../src/domain/access/place.ts';
import { defaultChoices, type StepOneNotes, stepOne } from '../src/slack/capture/step-one.ts';
import { stepTwo } from '../src/slack/capture/step-two.ts';
import type { Identity } from '../src/slack/platform/identity.ts';
import { submitted } from '../test/support/submitted-view.ts';

/** The workspace the apps are measured in, and what its people send them. */
export const BOT_TOKEN = 'xoxb-bench';
export const SIGNING_SECRET = 'bench-signing-secret';
export const IDENTITY: Identity = {
  teamId: 'T0BENCH000',
  workspace: 'Acme',
  app: 'nearmiss',
  botUserId: 'U0BENCHBOT',
  botId: 'B0BENCHBOT',
  scopes: new Set(['commands', 'chat:write', 'users:read', 'channels:read', 'im:write']),
};
export const CHANNEL = { id: 'C0BENCH000', name: 'payments-ops' };
export const PEOPLE = Array.from({ length: 50 }, (_, at) => `U0BENCH${String(at).padStart(3, '0')}`);

const SUMMARY =
  "The invoices for March had last year's tax rate in them. Somebody opened ten by hand, as we always do, and saw it an hour before 400 customers would have had them.";

const PLACE: Place = {
  ...CHANNEL,
  kind: 'public',
  membersKnown: true,
  canPost: true,
  sharedOutside: false,
  inThread: false,
};

/** Step 1 as somebody sees it who typed a command with words. */
export function openedView(id: string): ModalView {
  const notes: StepOneNotes = { id, place: PLACE, firstTime: false };
  return stepOne(notes, defaultChoices(PLACE, SUMMARY), { workspace: 'Acme', app: 'nearmiss', stewards: [] });
}

/** Step 2 as somebody sees it who saved. */
export function savedView(id: string, number: number): ModalView {
  return stepTwo({ id, number, tier: 'named' });
}

export function command(personId: string): string {
  return new URLSearchParams({
    token: 'bench',
    team_id: IDENTITY.teamId,
    team_domain: 'acme',
    channel_id: CHANNEL.id,
    channel_name: CHANNEL.name,
    user_id: personId,
    user_name: personId.toLowerCase(),
    command: '/nearmiss',
    text: SUMMARY,
    api_app_id: 'A0BENCH000',
    is_enterprise_install: 'false',
    response_url: 'https://hooks.slack.com/commands/T0BENCH000/1234567890123/abcdefghijklmnopqrstuvwx',
    trigger_id: nextTrigger(),
  }).toString();
}

let triggers = 0;

/** Each thing somebody does has one of its own; the same twice would be one delivered twice. */
function nextTrigger(): string {
  triggers += 1;
  return `${Date.now()}.${triggers}.abcdef0123456789abcdef0123456789`;
}

/** Step 1 sent back as it stands, with a system chosen. */
export function submission(view: ModalView, personId: string): string {
  const payload = {
    type: 'view_submission',
    token: 'bench',
    team: { id: IDENTITY.teamId, domain: 'acme' },
    user: {
      id: personId,
      username: personId.toLowerCase(),
      name: personId.toLowerCase(),
      team_id: IDENTITY.teamId,
    },
    api_app_id: 'A0BENCH000',
    trigger_id: nextTrigger(),
    is_enterprise_install: false,
    enterprise: null,
    response_urls: [],
    view: {
      ...submitted(view, { system: 'Invoices' }),
      id: 'V0BENCH000',
      team_id: IDENTITY.teamId,
      app_id: 'A0BENCH000',
      bot_id: IDENTITY.botId,
      root_view_id: 'V0BENCH000',
      hash: '1700000000.abcdefgh',
      previous_view_id: null,
      external_id: '',
    },
  };
  return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
}

/** The headers Slack would send with this body. */
export function headersFor(body: string): Record<string, string> {
  return {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': String(Buffer.byteLength(body)),
    ...signed(SIGNING_SECRET, body, Math.floor(Date.now() / 1000)),
  };
}
