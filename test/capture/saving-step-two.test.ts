import { describe, expect, test } from 'vitest';
import { botOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { answerAll, share, shareAndSkip } from '../support/capture.ts';
import { rows } from '../support/database.ts';
import { cardIn, ephemeralOf, inputOf, modalOf, questionsOf, typedIn, wordsOf } from '../support/screen.ts';
import { callsOf } from '../support/workspace.ts';

describe('step 2', () => {
  test('every answer may stay empty, and an empty one shows nowhere', async () => {
    const bot = await botOnTheWire();
    await share(bot, 'maria', 'one line is valid');
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

  test('Skip keeps nothing of it, and Home offers to go on', async () => {
    const bot = await botOnTheWire();
    const { workspace } = bot;
    const maria = workspace.person('maria');
    await share(bot, 'maria', 'half told');
    await maria.change('view', 'closeness', 'typed and skipped');
    await maria.close();
    expect(rows(bot, 'select * from answers')).toEqual([]);
    await maria.openHome();
    await workspace.until(() => wordsOf(maria.home()).includes('Started, not finished'));
    await maria.press('home', 'go_on');
    await modalOf(bot, 'maria', 'What can we learn?', 'Saved as NM-1');
    await maria.change('view', 'closeness', 'very');
    await maria.submit();
    await workspace.until(() => !wordsOf(maria.home()).includes('Started, not finished'));
    expect(wordsOf(maria.home())).toContain('Yours, and what came of them');
    expect(rows(bot, 'select text from answers')).toEqual([{ text: 'very' }]);
    expectNoComplaints(bot);
  });

  test('Go on starts from what was told meanwhile under Tell more', async () => {
    const bot = await botOnTheWire();
    const { workspace } = bot;
    const maria = workspace.person('maria');
    await shareAndSkip(bot, 'maria', 'told in two goes');
    await maria.openHome();
    await workspace.until(() => wordsOf(maria.home()).includes('Started, not finished'));
    // Her Home stays as it is, and is older than what she tells.
    const later = workspace.faults.on(
      'views.publish',
      { kind: 'hold', when: 'before' },
      { times: Number.POSITIVE_INFINITY },
    );
    const { channel, ts } = await ephemeralOf(bot, 'maria', 'Thank you.');
    await maria.press({ channel, ts }, 'tell_more');
    await modalOf(bot, 'maria', 'Tell more', 'what went right');
    await maria.press('view', { block_id: 'went_right' });
    await modalOf(bot, 'maria', 'What went right', 'saves');
    await maria.change('view', 'saves', 'Jon looked');
    await maria.submit();
    await maria.close();
    await maria.press('home', 'go_on');
    const view = await modalOf(bot, 'maria', 'What can we learn?', 'saves');
    expect(typedIn(view, 'saves')).toBe('Jon looked');
    later.remove();
    await maria.change('view', 'expected', 'no surprises');
    await maria.submit();
    expect(rows(bot, 'select text from saves')).toEqual([{ text: 'Jon looked' }]);
    expect(rows(bot, 'select text from answers')).toEqual([{ text: 'no surprises' }]);
    expectNoComplaints(bot);
  });

  test('skipping what each made possible keeps who was chosen', async () => {
    const bot = await botOnTheWire();
    const { workspace } = bot;
    const maria = workspace.person('maria');
    await share(bot, 'maria', 'took Jon');
    await maria.change('view', 'key_players', ['jon']);
    await maria.submit();
    await modalOf(bot, 'maria', 'Who did it take?');
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
    await maria.change('view', 'key_players', ['newhire']);
    await maria.submit();
    expect(questionsOf(await modalOf(bot, 'maria', 'Who did it take?'))).toEqual([
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
    expect(wordsOf(maria.view())).toContain(
      '*Saved.* You can stop here. *Add to the story* keeps what you type below; *Skip* does not.',
    );
    expect(wordsOf(maria.view())).not.toContain('NM-');
    expect(wordsOf(maria.view())).toContain('Describe roles, not people.');
    expect(wordsOf(maria.view())).not.toContain('code');
    expect(inputOf(maria.view(), 'key_players')).toEqual({});
    await maria.change('view', 'roles', 'Someone who can release outside the window');
    await maria.change('view', 'reached', 'briefly');
    await maria.submit();
    const end = await modalOf(bot, 'maria', 'Share a near-miss', 'Thank you. It is saved.');
    expect(wordsOf(end)).toBe(
      'Thank you. It is saved. Nothing was posted. You said it reached people for a while. If your incident process should know, please tell them too. The learning is kept here either way.',
    );
    expect(rows(bot, 'select question, text from answers')).toEqual([
      { question: 'roles', text: 'Someone who can release outside the window' },
    ]);
    expect(rows(bot, 'select * from outbox')).toEqual([]);
    expect(maria.ephemerals()).toEqual([]);
    expect(maria.dm()).toEqual([]);
    expectNoComplaints(bot);
  });
});
