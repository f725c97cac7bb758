import type { BlockAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { NearMiss } from '../../domain/near-miss.ts';
import { withdrawnWords } from '../card/card.ts';
import { sayingModal } from '../platform/modal.ts';
import { openDrawn, overOrOpen } from '../platform/open-modal.ts';
import type { Workspace } from '../workspace.ts';
import { readableOrWords } from './find-story.ts';
import { removeKeptWords } from './own-words.ts';

type Draw = (nearMiss: NearMiss, personId: string) => Promise<ModalView> | ModalView;

/** Opens a modal about a near-miss; pushed on top when the button was in a modal. */
export async function openAbout(
  workspace: Workspace,
  body: BlockAction,
  { id, title, draw }: { id: string; title: string; draw: Draw },
): Promise<void> {
  await openDrawn(
    workspace,
    body.trigger_id,
    title,
    () => drawnAbout(workspace, body.user.id, { id, title, draw }),
    overOrOpen(body),
  );
}

async function drawnAbout(
  workspace: Workspace,
  personId: string,
  { id, title, draw }: { id: string; title: string; draw: Draw },
): Promise<ModalView> {
  const found = await workspace.app.storage.nearMisses.byId(workspace.identity.teamId, id);
  const nearMiss = await readableOrWords(workspace, found, { personId, named: id });
  const instead = (words: string) => {
    const said = sayingModal(title, words);
    return { ...said, blocks: [...said.blocks, ...removeKeptWords(found, personId)] };
  };
  if (typeof nearMiss === 'string') return instead(nearMiss);
  return nearMiss.withdrawnAt === undefined ? draw(nearMiss, personId) : instead(withdrawnWords(nearMiss));
}
