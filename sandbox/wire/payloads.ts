import type { Json } from '../json.ts';
import { type Core, newTs } from '../state/core.ts';
import type { Channel } from '../state/state.ts';

/** Slack's old proof of who calls; apps go by the signature instead. */
export const verificationToken = 'not-a-real-verification-token';

/** The channel's name as the app is told it; only public channels give theirs away. */
export function toldName(channel: Channel): string {
  if (channel.kind === 'private') return 'privategroup';
  return channel.kind === 'im' ? 'directmessage' : channel.name;
}

export const channelRef = (channel: Channel): Json => ({ id: channel.id, name: toldName(channel) });

/** An event in its envelope; `event_id` stays the same when Slack sends it again. */
export const eventEnvelope = (core: Core, event: Json, eventId: string): Json => ({
  token: verificationToken,
  team_id: core.state.team.id,
  context_team_id: core.state.team.id,
  context_enterprise_id: null,
  api_app_id: core.state.app.id,
  event: { event_ts: newTs(core), ...event },
  type: 'event_callback',
  event_id: eventId,
  event_time: Math.floor(core.clock.now() / 1000),
  authorizations: [
    {
      enterprise_id: null,
      team_id: core.state.team.id,
      user_id: core.state.app.botUserId,
      is_bot: true,
      is_enterprise_install: false,
    },
  ],
  is_ext_shared_channel: false,
});
