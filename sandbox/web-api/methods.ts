import type { Json } from '../json.ts';
import { type Core, newId } from '../state/core.ts';
import {
  chatDelete,
  chatGetPermalink,
  chatPostEphemeral,
  chatPostMessage,
  chatUpdate,
} from './chat-methods.ts';
import {
  conversationsHistory,
  conversationsInfo,
  conversationsList,
  conversationsMembers,
  conversationsOpen,
  conversationsReplies,
  usersConversations,
} from './conversation-methods.ts';
import type { Method } from './method-facts.ts';
import { botsInfo, teamInfo, usersInfo, usersList } from './people-methods.ts';
import { viewsOpen, viewsPublish, viewsPush, viewsUpdate } from './view-methods.ts';

function authTest(core: Core): Json {
  const { app, team } = core.state;
  return {
    url: `https://${team.domain}.slack.com/`,
    team: team.name,
    user: core.installation.botName,
    team_id: team.id,
    user_id: app.botUserId,
    bot_id: app.botId,
    ...(team.enterpriseId ? { enterprise_id: team.enterpriseId } : {}),
    is_enterprise_install: false,
  };
}

/** The address of a new Socket Mode connection, good for one use. */
function appsConnectionsOpen(core: Core): Json {
  const ticket = newId(core, 'ticket');
  core.tickets.add(ticket);
  return { url: `${core.url.replace('http', 'ws')}/link?ticket=${ticket}&app_id=${core.state.app.id}` };
}

/** What each method does once the caller is known and allowed. It answers with Slack's fields, or refuses. */
export const methods: Record<Method, (core: Core, args: Json) => Json> = {
  'auth.test': authTest,
  'apps.connections.open': appsConnectionsOpen,
  'views.open': viewsOpen,
  'views.push': viewsPush,
  'views.update': viewsUpdate,
  'views.publish': viewsPublish,
  'chat.postMessage': chatPostMessage,
  'chat.update': chatUpdate,
  'chat.delete': chatDelete,
  'chat.postEphemeral': chatPostEphemeral,
  'chat.getPermalink': chatGetPermalink,
  'conversations.info': conversationsInfo,
  'conversations.list': conversationsList,
  'conversations.members': conversationsMembers,
  'conversations.history': conversationsHistory,
  'conversations.replies': conversationsReplies,
  'conversations.open': conversationsOpen,
  'users.info': usersInfo,
  'users.list': usersList,
  'users.conversations': usersConversations,
  'team.info': teamInfo,
  'bots.info': botsInfo,
};
