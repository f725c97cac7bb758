import { z } from 'zod';
import type { Workspace } from '../workspace.ts';

const named = z.object({ id: z.string(), name: z.string() });

/** Commands name where they were typed in two fields; shortcuts, and what is pressed in a message, in one object. */
const somewhere = z.union([
  z.object({ channel_id: z.string(), channel_name: z.string() }).transform((at) => ({
    id: at.channel_id,
    name: at.channel_name,
  })),
  z.object({ channel: named }).transform(({ channel }) => channel),
]);

const somebody = z.object({ user: z.object({ id: z.string(), team_id: z.string() }) });

/** What a payload says of where something happened, and of who did it, is newer than what was known of them. */
export function hear({ conversations, people }: Workspace, payload: object): void {
  const conversation = somewhere.safeParse(payload).data;
  if (conversation !== undefined) conversations.heard(conversation);
  const user = somebody.safeParse(payload).data?.user;
  if (user !== undefined) people.heard(user.id, user.team_id);
}
