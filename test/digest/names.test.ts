import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { anotherDesk, DAY, type Desk, digestsIn, HOUR, openDesk } from '../support/digest-desk.ts';
import { said } from '../support/doing.ts';
import { temporaryFolder } from '../support/office.ts';

/** A Monday. */
const SLOT = Date.UTC(2026, 9, 19, 9, 30);

async function at(desk: Desk, when: number): Promise<void> {
  desk.clock.advance(when - desk.clock.now());
  await desk.tend();
  await desk.drain();
}

const noNames = ({ workspace }: Desk) =>
  workspace.faults.on('users.info', { kind: 'http', status: 503 }, { times: Number.POSITIVE_INFINITY });

const wordsIn = (desk: Desk) =>
  digestsIn(desk)
    .flatMap(({ parent, replies }) => [parent, ...replies])
    .map(said)
    .join('\n');

describe('who shared it stands under a story', () => {
  test('from the archive', async () => {
    const desk = await openDesk({ digest: { quietWeek: 'archive' } });
    await desk.share('The rates were wrong');
    await at(desk, SLOT);
    await at(desk, SLOT + 7 * DAY);
    const [, archive] = digestsIn(desk);
    expect(archive && said(archive.parent)).toContain('Shared by Maria Lopez · Sunday 18 October');
  });

  test('of a preview whose digest came late, with those of the next week', async () => {
    const desk = await openDesk({ digest: { previewMinutes: 60 } });
    await desk.share('The rates were wrong');
    await at(desk, SLOT - HOUR);
    await at(desk, SLOT + 7 * DAY);
    expect(digestsIn(desk)).toHaveLength(1);
    expect(wordsIn(desk)).toContain('The rates were wrong');
    expect(wordsIn(desk)).toContain('Shared by Maria Lopez · Sunday 18 October');
  });

  test('where Slack says no name when it is due: a minute later, and not without it', async () => {
    const desk = await openDesk();
    await desk.share('The rates were wrong');
    const silent = noNames(desk);
    await expect(at(desk, SLOT)).rejects.toThrow('503');
    expect(digestsIn(desk)).toEqual([]);
    silent.remove();
    await at(desk, SLOT + 60_000);
    expect(wordsIn(desk)).toContain('Shared by Maria Lopez · Sunday 18 October');
    expect(digestsIn(desk)).toHaveLength(1);
  });

  test('after a press that is counted while Slack says no name', async () => {
    const databasePath = join(temporaryFolder(), 'nearmiss.db');
    const desk = await openDesk({ databasePath });
    const nearMissId = await desk.share('The rates were wrong');
    await at(desk, SLOT);
    const restarted = await anotherDesk(desk, databasePath);
    const silent = noNames(restarted);
    const { teamId } = desk.app.identity;
    const personId = desk.workspace.person('jon').id;
    const press = { teamId, nearMissId, personId, press: 'learned' as const, now: desk.clock.now() };
    await restarted.storage.presses.toggle(press);
    desk.clock.advance(2000);
    while (await restarted.step());
    expect(wordsIn(desk)).toContain('Shared by Maria Lopez');
    silent.remove();
    await restarted.drain();
    expect(wordsIn(desk)).toContain('I learned something (1)');
    expect(wordsIn(desk)).toContain('Shared by Maria Lopez');
  });
});
