import { expect, test } from 'vitest';
import { DAY, type Desk, digestsIn, HOUR, openDesk } from '../support/digest-desk.ts';
import { said } from '../support/doing.ts';

/** A Monday. */
const SLOT = Date.UTC(2026, 9, 19, 9, 30);

async function at(desk: Desk, when: number): Promise<void> {
  desk.clock.advance(when - desk.clock.now());
  await desk.tend();
  await desk.drain();
}

const previewIn = ({ workspace }: Desk) => workspace.person('amira').dm().map(said).join('\n');

test('a preview of which nothing is left says that nothing is posted, until something is back', async () => {
  const desk = await openDesk({ digest: { previewMinutes: 60 } });
  const id = await desk.share('The rates were wrong');
  await at(desk, SLOT - HOUR);
  await desk.change(id, { audience: 'channel' });
  await desk.drain();
  expect(previewIn(desk)).toContain(
    'Nothing is posted: none of its stories is left. What is shared from now on comes in the next digest.',
  );
  expect(previewIn(desk)).not.toMatch(/It is posted on|Publish now|Hold/);
  await desk.change(id, { audience: 'everyone' });
  await desk.drain();
  expect(previewIn(desk)).toContain(
    'It is posted on Monday 19 October if nobody does anything.\nPublish now',
  );
  expect(previewIn(desk)).not.toContain('Nothing is posted');
});

test('or that one from the archive is, where that was chosen for a quiet week', async () => {
  const desk = await openDesk({ digest: { previewMinutes: 60, quietWeek: 'archive' } });
  await desk.share('The rates were wrong');
  await at(desk, SLOT);
  const id = await desk.share('The line was down');
  await at(desk, SLOT + 7 * DAY - HOUR);
  await desk.withdraw(id);
  await desk.drain();
  expect(previewIn(desk)).toContain(
    'None of its stories is left. On Monday 26 October one from the archive is posted, if there is one.',
  );
  await at(desk, SLOT + 7 * DAY);
  expect(digestsIn(desk).map(({ parent }) => parent.text)).toEqual([
    expect.stringContaining('12 to 18 October: 1 story'),
    expect.stringContaining('From the archive: NM-1'),
  ]);
});
