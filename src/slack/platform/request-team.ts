/** What a request of Slack says of where it comes from, as far as its team goes. */
export type Asked = {
  team_id?: string | undefined;
  team?: { id: string } | null | undefined;
  user?: { team_id?: string | undefined } | undefined;
  view?: { app_installed_team_id?: string | undefined; team_id?: string | null | undefined } | undefined;
  message?: { team?: string | undefined } | undefined;
  authorizations?: { team_id: string | null }[] | undefined;
};

/**
 * The teams a request may belong to, the surest first. Which of the fields there are differs by what happened:
 * in a channel that two organisations share a modal, and an event, say for which installation they are; `team` is
 * null where the app is installed for a whole organisation; and a button stands under a message of the app's own.
 */
export function teamsOf({ team_id, team, user, view, message, authorizations }: Asked): string[] {
  const named = [
    view?.app_installed_team_id,
    ...(authorizations ?? []).map(({ team_id: authorized }) => authorized),
    team_id,
    team?.id,
    user?.team_id,
    view?.team_id,
    message?.team,
  ];
  return named.filter((id) => typeof id === 'string');
}
