import { describe, expect, test } from 'vitest';
import { botOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { goOnTo, share, shareAndSkip } from '../support/capture.ts';
import { rows } from '../support/database.ts';
import { cardIn, inputOf, modalOf, questionsOf, typedIn, wordsOf } from '../support/screen.ts';
import { askedAbout, tellAbout } from '../support/story.ts';

test('Tell more lists the five questions, and how much is told of each', async () => {
  const bot = await botOnTheWire();
  const maria = bot.workspace.person('maria');
  await share(bot, 'maria', 'seen in time');
  await maria.change('view', 'saves', 'Jon looked');
  await maria.change('view', 'closeness', 'an hour');
  await goOnTo(bot, 'maria', 'How was it noticed?');
  await maria.change('view', 'signal_kind', 'feeling');
  await maria.submit();
  const { channel, ts } = await cardIn(bot, 'payments-ops', 'jon', 'an hour');
  await bot.workspace.person('jon').press({ channel, ts }, 'tell_more');
  expect(wordsOf(await modalOf(bot, 'jon', 'Tell more', 'answered'))).toMatchInlineSnapshot(`
    "*What went right*: what went right, what kind of help each was, what another team could borrow
    2 answered
    What went right
    *How it was noticed*: where, what it said, could you tell broken from slow and running from right
    1 answered
    How it was noticed
    *What surprised us*: what was expected, what happened, what is understood now
    0 answered
    What surprised us
    *Who it took*: who, what each made possible, how you knew to reach them
    0 answered
    Who it took
    *Who we were protecting*: who, what they needed and by when, how we knew they were getting it
    0 answered
    Who we were protecting"
  `);
  expectNoComplaints(bot);
});

describe('whoever shared it', () => {
  test.each([
    [
      'went_right',
      'What went right',
      [
        'What had to go right for this to stay a near-miss?',
        'How close was it?',
        'What could another team borrow from this?',
      ],
    ],
    [
      'detection',
      'How it was noticed',
      [
        'How was it noticed?',
        'What was the first thing that made someone look?',
        'Where did you see it, and what did it say?',
        'How could you tell broken from slow, and running from right?',
      ],
    ],
    [
      'expectations',
      'What surprised us',
      [
        'What did you expect to happen?',
        'What happened instead?',
        'What do you understand now about how this works, or came to be this way?',
      ],
    ],
    ['key_players', 'Who it took', ['Who did it take?', 'How did you know to reach them?']],
    [
      'users',
      'Who we were protecting',
      [
        'Who were we protecting?',
        'What did they need from us, and by when?',
        'How did we know, or could we know, that they were getting it?',
      ],
    ],
  ])('is asked about %s, and their words come back to be changed', async (topic, title, questions) => {
    const bot = await botOnTheWire();
    const maria = bot.workspace.person('maria');
    await shareAndSkip(bot, 'maria', 'seen in time');
    const view = await tellAbout(bot, 'maria', topic, title);
    expect(questionsOf(view)).toEqual(questions);
    expect(wordsOf(view)).not.toContain('added under your name');
    const boxes = view.blocks.flatMap(({ block_id: id, element }) =>
      (element as { type?: string } | undefined)?.type === 'plain_text_input' ? [id ?? ''] : [],
    );
    for (const box of boxes) await maria.change('view', box, `about ${box}`);
    expect((await maria.submit()).errors).toEqual({});
    await modalOf(bot, 'maria', 'Tell more', `${boxes.length} answered`);
    await maria.press('view', { block_id: topic });
    const again = await askedAbout(bot, 'maria', title);
    for (const box of boxes) expect(typedIn(again, box)).toBe(`about ${box}`);
    await maria.change('view', boxes[0] ?? '', null);
    await maria.submit();
    await modalOf(bot, 'maria', 'Tell more', `${boxes.length - 1} answered`);
    expectNoComplaints(bot);
  });

  test('says what kind of help each was, is asked what could replace the luck, once, and the card says Luck', async () => {
    const bot = await botOnTheWire();
    const maria = bot.workspace.person('maria');
    await share(bot, 'maria', 'seen in time');
    await maria.change('view', 'saves', 'the send was planned for 10:00\nwe open ten by hand');
    await maria.submit();
    await cardIn(bot, 'payments-ops', 'jon', 'planned for 10:00');
    const view = await tellAbout(bot, 'maria', 'went_right', 'What went right');
    expect(questionsOf(view).filter((label) => label === 'What kind of help was it?')).toHaveLength(2);
    await maria.change('view', 'kind_0', 'luck');
    await maria.change('view', 'kind_1', 'design');
    await maria.submit();
    const luck = await modalOf(bot, 'maria', 'What went right', 'replace_luck');
    expect(questionsOf(luck)).toEqual(['What could replace the luck?']);
    await maria.change('view', 'replace_luck', 'a check before every send');
    await maria.submit();
    await modalOf(bot, 'maria', 'Tell more', '2 answered');
    expect(rows(bot, 'select text, kind from saves order by position')).toEqual([
      { text: 'the send was planned for 10:00', kind: 'luck' },
      { text: 'we open ten by hand', kind: 'design' },
    ]);
    await cardIn(bot, 'payments-ops', 'jon', 'Luck: the send was planned for 10:00');

    await maria.press('view', { block_id: 'went_right' });
    const again = await modalOf(bot, 'maria', 'What went right', 'saves');
    expect(inputOf(again, 'kind_0').selected_option).toMatchObject({ value: 'luck' });
    await maria.submit();
    await modalOf(bot, 'maria', 'Tell more', '2 answered');
    expectNoComplaints(bot);
  });

  test('names who it took, and then what each made possible', async () => {
    const bot = await botOnTheWire();
    const { workspace } = bot;
    const maria = workspace.person('maria');
    await shareAndSkip(bot, 'maria', 'seen in time');
    await tellAbout(bot, 'maria', 'key_players', 'Who it took');
    await maria.change('view', 'key_players', ['amira']);
    await maria.submit();
    const view = await modalOf(bot, 'maria', 'What did they do?');
    expect(questionsOf(view)).toEqual(['What did Amira Haddad make possible?']);
    await maria.change('view', workspace.person('amira').id, 'knew the tax table');
    await maria.submit();
    expect(rows(bot, 'select author, person_id, made_possible from key_players')).toEqual([
      { author: '', person_id: workspace.person('amira').id, made_possible: 'knew the tax table' },
    ]);
    expectNoComplaints(bot);
  });
});
