import { describe, expect, test } from 'vitest';
import { botOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { answerAll, goOnTo, share } from '../support/capture.ts';
import { rows, waitingIn } from '../support/database.ts';
import { cardIn, ephemeralOf, inputOf, modalOf, questionsOf, wordsOf } from '../support/screen.ts';
import { callsOf } from '../support/workspace.ts';

describe('step 2', () => {
  test('every answer may stay empty, and an empty one shows nowhere', async () => {
    const bot = await botOnTheWire();
    await share(bot, 'maria', 'one line is valid');
    await goOnTo(bot, 'maria', 'Who did it take?');
    await bot.workspace.person('maria').submit();
    expect(bot.workspace.person('maria').view()).toBeUndefined();
    for (const table of ['answers', 'saves', 'signals', 'key_players'])
      expect(rows(bot, `select * from ${table}`)).toEqual([]);
    const words = wordsOf(await cardIn(bot, 'payments-ops', 'jon', 'one line is valid'));
    expect(words).toContain('What went right has not been told yet. Were you there?');
    expect(words).toContain('Tell more');
    expect(words).not.toMatch(/n\/a|none|anonymous|How close/i);
    expectNoComplaints(bot);
  });

  test('each page is kept when its button is pressed, and Done keeps nothing of the one that stands there', async () => {
    const bot = await botOnTheWire();
    const maria = bot.workspace.person('maria');
    await share(bot, 'maria', 'half told');
    await maria.change('view', 'practice', 'open ten by hand');
    await goOnTo(bot, 'maria', 'How was it noticed?');
    expect(wordsOf(maria.view())).toContain('Kept. This page and one more; stop whenever you like.');
    expect(rows(bot, 'select text from answers')).toEqual([{ text: 'open ten by hand' }]);
    await maria.change('view', 'instead', 'a third of it');
    await maria.close();
    expect(rows(bot, 'select text from answers')).toEqual([{ text: 'open ten by hand' }]);
    await ephemeralOf(bot, 'maria', 'Thank you.');
    await maria.openHome();
    await bot.workspace.until(() => wordsOf(maria.home()).includes('Yours, and what came of them'));
    expect(wordsOf(maria.home())).not.toMatch(/finished|Go on/);
    expectNoComplaints(bot);
  });

  test('a page sent again after the next one changes only what it asks', async () => {
    const bot = await botOnTheWire();
    const maria = bot.workspace.person('maria');
    await share(bot, 'maria', 'sent twice');
    await maria.change('view', 'closeness', 'an hour');
    const first = await maria.submit();
    await maria.change('view', 'instead', 'a third of it');
    await maria.submit();
    await first.redeliver();
    expect(rows(bot, 'select question, text from answers order by question')).toEqual([
      { question: 'closeness', text: 'an hour' },
      { question: 'instead', text: 'a third of it' },
    ]);
    expectNoComplaints(bot);
  });

  test('skipping what each made possible keeps who was chosen', async () => {
    const bot = await botOnTheWire();
    const { workspace } = bot;
    const maria = workspace.person('maria');
    await share(bot, 'maria', 'took Jon');
    await goOnTo(bot, 'maria', 'Who did it take?');
    await maria.change('view', 'key_players', ['jon']);
    await maria.submit();
    await modalOf(bot, 'maria', 'What did they do?');
    await maria.close();
    expect(rows(bot, 'select person_id, made_possible from key_players')).toEqual([
      { person_id: workspace.person('jon').id, made_possible: null },
    ]);
    expectNoComplaints(bot);
  });

  test('a name Slack will not tell now is "a colleague", and the answers are saved', async () => {
    const bot = await botOnTheWire();
    const { workspace } = bot;
    await workspace.until(() => callsOf(bot, 'users.list').some(({ outcome }) => outcome === 'ok'));
    workspace.addPerson({ handle: 'newhire' });
    workspace.faults.on('users.info', { kind: 'http', status: 503 }, { times: Number.POSITIVE_INFINITY });
    const maria = workspace.person('maria');
    await share(bot, 'maria', 'took somebody new');
    await goOnTo(bot, 'maria', 'Who did it take?');
    await maria.change('view', 'key_players', ['newhire']);
    await maria.submit();
    expect(questionsOf(await modalOf(bot, 'maria', 'What did they do?'))).toEqual([
      'What did a colleague make possible?',
    ]);
    expectNoComplaints(bot);
  });

  test('delivered three times, its answers are there once', async () => {
    const bot = await botOnTheWire();
    const maria = bot.workspace.person('maria');
    await share(bot, 'maria', 'told thrice');
    await answerAll(bot, 'maria');
    const sent = await maria.submit({ copies: 3 });
    await sent.redeliver();
    expect(rows(bot, 'select text from saves')).toHaveLength(2);
    expect(rows(bot, 'select text from answers')).toHaveLength(4);
    expectNoComplaints(bot);
  });
});

describe('under Nobody', () => {
  test('roles are asked for, the modal alone confirms, and nothing is posted or sent', async () => {
    const bot = await botOnTheWire();
    const { workspace } = bot;
    const maria = workspace.person('maria');
    await share(bot, 'maria', 'quietly', { tier: 'unattributed' });
    expect(wordsOf(maria.view())).toContain('*Saved.* You can stop here.');
    expect(wordsOf(maria.view())).not.toMatch(/NM-|code|two more minutes/);
    await goOnTo(bot, 'maria', 'Who did it take?');
    expect(wordsOf(maria.view())).toContain('Describe roles, not people.');
    expect(inputOf(maria.view(), 'key_players')).toEqual({});
    await maria.change('view', 'roles', 'Someone who can release outside the window');
    await maria.change('view', 'reached', 'briefly');
    await maria.submit();
    const end = await modalOf(bot, 'maria', 'Share a near-miss', 'Thank you. It is saved.');
    expect(wordsOf(end)).toBe(
      'Thank you. It is saved. Nothing was posted. You said it reached people for a while. If your incident process should know, please tell them too. The learning is kept here either way.',
    );
    expect(waitingIn(bot)).toMatchObject([
      { told: { answers: { roles: 'Someone who can release outside the window' } }, reached: 'briefly' },
    ]);
    expect(rows(bot, 'select * from answers')).toEqual([]);
    expect(rows(bot, 'select * from outbox')).toEqual([]);
    expect(maria.ephemerals()).toEqual([]);
    expect(maria.dm()).toEqual([]);
    expectNoComplaints(bot);
  });
});
