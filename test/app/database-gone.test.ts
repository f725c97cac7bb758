import { rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { botOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';

const GONE = 'The database is no longer the file that is open';

test('a database that is removed while it runs: nobody hears "saved", words stay, and whoever runs it is told once', async () => {
  const bot = await botOnTheWire();
  const { workspace } = bot;
  const maria = workspace.person('maria');
  await maria.command('payments-ops', '/nearmiss The rates were wrong');
  await workspace.until(() => maria.view());
  for (const end of ['', '-wal', '-shm']) rmSync(bot.config.databasePath + end);
  for (let presses = 0; presses < 2; presses += 1) {
    const { errors } = await maria.submit();
    expect(Object.values(errors)).toEqual([
      'This could not be saved just now. Your words are still here. Please press Save again in a moment.',
    ]);
  }
  const ready = await fetch(`http://127.0.0.1:${bot.port()}/readyz`);
  expect(ready.status).toBe(503);
  expect(await ready.text()).toMatch(new RegExp(`^not ready\n${GONE}.*\n$`));
  const said = bot
    .logged()
    .split('\n')
    .filter((line) => line.includes(`"msg":"${GONE}`));
  expect(said).toHaveLength(1);

  // Whoever runs it reads why, and starts it on what there is.
  await bot.restart();
  expect(await maria.submit()).toMatchObject({ acked: true, errors: {} });
  await workspace.until(() => maria.messages('payments-ops').length === 1);
  expectNoComplaints(bot);
});
