import type { NearMiss } from '../../domain/near-miss.ts';
import type { Workspace } from '../workspace.ts';

/**
 * A near-miss with its conversation under the name that it has by now, for somebody who asks. The new name of a
 * private one is for those who are in it: whoever shared it there may have left.
 */
export async function underNameNow(
  workspace: Workspace,
  nearMiss: NearMiss,
  personId: string,
): Promise<NearMiss> {
  const { conversation } = nearMiss;
  if (conversation === undefined) return nearMiss;
  const { name = '', kind } = (await workspace.conversations.ask(conversation)) ?? {};
  if (name === '' || name === conversation.name) return nearMiss;
  const mayKnow = kind === 'public' || (await isStillIn(workspace, personId, conversation.id));
  return mayKnow ? { ...nearMiss, conversation: { ...conversation, name } } : nearMiss;
}

async function isStillIn({ app, people }: Workspace, personId: string, id: string): Promise<boolean> {
  try {
    return (await people.viewer(personId, [id])).channels.has(id);
  } catch (error) {
    app.log.warn(
      { error },
      'nobody knows now whether somebody is in a conversation; its new name is not said',
    );
    return false;
  }
}
