import { expect, test } from 'vitest';
import { expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { fillStepOne, goOnTo, share, stepOneOf } from '../support/capture.ts';
import { botWithDigest } from '../support/digest.ts';
import { modalOf, wordsOf } from '../support/screen.ts';

const SAVED = 'Thank you. It is saved. Nothing was posted.';
const REACHED =
  'You said it reached people for a while. If your incident process should know, please tell them too. The learning is kept here either way.';
const STILL_OPEN = 'If it could still happen today, please tell Jon Park or Amira Haddad now.';

test('who shares without a name reads all of the confirmation in the modal: what to do while it is open too', async () => {
  const bot = await botWithDigest();
  const maria = bot.workspace.person('maria');
  await share(bot, 'maria', 'the wrong rate', { tier: 'unattributed' });
  await goOnTo(bot, 'maria', 'Who did it take?');
  await maria.change('view', 'reached', 'briefly');
  await maria.submit();
  expect(wordsOf(maria.view())).toBe(
    `${SAVED} It first appears in the digest on Monday 20 October. ${REACHED} ${STILL_OPEN}`,
  );
  expect([...maria.ephemerals(), ...maria.dm()]).toEqual([]);
  expectNoComplaints(bot);
});

test('for a channel: where its card comes', async () => {
  const bot = await botWithDigest();
  const maria = bot.workspace.person('maria');
  await maria.command('ledger', '/nearmiss');
  await stepOneOf(bot, 'maria', 'Only members of #ledger can read');
  await fillStepOne(bot, 'maria', 'two reports differed', { tier: 'unattributed' });
  await maria.submit();
  await modalOf(bot, 'maria', 'What went right?');
  await goOnTo(bot, 'maria', 'Who did it take?');
  await maria.submit();
  expect(wordsOf(maria.view())).toBe(
    `${SAVED} It first appears in #ledger on Monday 20 October. ${STILL_OPEN}`,
  );
  expectNoComplaints(bot);
});
