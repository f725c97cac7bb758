import type { FormerSteward } from '../domain/stewards.ts';
import type { Stewards } from '../domain/storage.ts';
import type { Connection } from './database.ts';
import { digestAnnouncingIn } from './digest-announcing.ts';
import { homeLane, outboxWriterIn } from './outbox-writer.ts';
import { settingsIn } from './workspaces.ts';

function isSame(before: FormerSteward[], former: FormerSteward[]): boolean {
  const inOrder = (all: FormerSteward[]) => all.map(({ id, standing }) => `${id} ${standing}`).toSorted();
  return inOrder(before).join() === inOrder(former).join();
}

export function stewardsIn(connection: Connection): Stewards {
  const settings = settingsIn(connection);
  const outbox = outboxWriterIn(connection);
  const announcing = digestAnnouncingIn(connection);

  /** Whoever is no longer here has no Home; a guest has one, and what was for stewards goes from it. */
  function drawHomes(teamId: string, former: FormerSteward[], now: number): void {
    for (const personId of settings.of(teamId).stewards) {
      const standing = former.find(({ id }) => id === personId)?.standing ?? 'member';
      if (standing === 'member' || standing === 'guest')
        outbox.put({ teamId, kind: 'home', lane: homeLane(personId), personId, dueAt: now, now });
    }
  }

  return {
    async noteFormer({ teamId, former, now }) {
      return connection.write(() => {
        const { formerStewards: before = [] } = settings.of(teamId);
        if (isSame(before, former)) return false;
        settings.change(teamId, { formerStewards: former });
        for (const { id } of former) announcing.takePreviewsFrom(teamId, id, now);
        drawHomes(teamId, former, now);
        return true;
      });
    },
  };
}
