import { WebClient } from '@slack/web-api';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { TOPIC_IDS } from '../../src/domain/story/questions.ts';
import { changeWhoCanSee, WHO_CAN_SEE_SUBJECT } from '../../src/slack/access/change-who-can-see-view.ts';
import { LOOK_SUBJECT, lookUpView } from '../../src/slack/access/look-up-view.ts';
import { defaultChoices, STEP_ONE_NOTES, stepOne } from '../../src/slack/capture/step-one.ts';
import { stepTwo } from '../../src/slack/capture/step-two.ts';
import { ADOPTION_SUBJECT, adoptView } from '../../src/slack/digest/adoption-view.ts';
import { DIGEST_ACTIONS, NOBODY_PRESSED, storyToPress } from '../../src/slack/digest/digest-story.ts';
import { MORE_PLACE, moreView } from '../../src/slack/digest/more-stories.ts';
import { holdView, IN_PREVIEW, leaveOutView, wordingView } from '../../src/slack/digest/preview-modals.ts';
import { PUBLISH_SUBJECT } from '../../src/slack/digest/publish-now.ts';
import { SUBJECT } from '../../src/slack/platform/view-metadata.ts';
import { editWords } from '../../src/slack/story/edit-words.ts';
import { madePossible } from '../../src/slack/story/made-possible.ts';
import { replaceLuck } from '../../src/slack/story/replace-luck.ts';
import { TOPIC_SUBJECT, topicView } from '../../src/slack/story/topic-view.ts';
import { fullOf } from '../support/any-words.ts';
import { type BotOnTheWire, botOnTheWire } from '../support/bot-on-the-wire.ts';
import { openStepOne, shareAndSkip, systemsOffered } from '../support/capture.ts';
import { onlyId, rows } from '../support/database.ts';
import { botWithDigest, publishNow } from '../support/digest.ts';
import { runs } from '../support/runs.ts';
import { inputOf, modalOf, titleOf, typedIn, wordsOf } from '../support/screen.ts';
import { silence } from '../support/web-api-client.ts';
import { callsOf } from '../support/workspace.ts';

const SAYS = 'This window is from before the app was updated. Please close it and open it again.';
const KEEPS =
  'This window is from before the app was updated. Please copy your words, close it and open it again.';

const CARRIED = {
  STEP_ONE_NOTES,
  SUBJECT,
  TOPIC_SUBJECT,
  ADOPTION_SUBJECT,
  IN_PREVIEW,
  MORE_PLACE,
  WHO_CAN_SEE_SUBJECT,
  LOOK_SUBJECT,
  PUBLISH_SUBJECT,
};

const place = {
  id: 'C1',
  name: 'ops',
  kind: 'public' as const,
  membersKnown: undefined,
  canPost: true,
  sharedOutside: false,
  inThread: false,
};
const thread = { reading: 'read' as const, messages: 2, people: 1, started: 'today', participants: ['U1'] };
const WHOLE: { [Kind in keyof typeof CARRIED]: NonNullable<ReturnType<(typeof CARRIED)[Kind]['read']>> } = {
  STEP_ONE_NOTES: {
    id: 'id',
    place,
    threadTs: '1.2',
    thread,
    card: true,
    firstTime: false,
    stewards: [{ id: 'U1', inConversation: true }],
  },
  SUBJECT: { id: 'id' },
  TOPIC_SUBJECT: { id: 'id', topic: 'users', staysInChannel: true },
  ADOPTION_SUBJECT: { id: 'id', more: { digestId: 'id', page: 1 } },
  IN_PREVIEW: { id: 'id', nearMissId: 'other', more: { digestId: 'id', page: 1 } },
  MORE_PLACE: { digestId: 'id', page: 1 },
  PUBLISH_SUBJECT: { id: 'id', isNew: true },
  LOOK_SUBJECT: { id: 'id', lookId: 'other' },
  WHO_CAN_SEE_SUBJECT: { id: 'id', stewards: [{ id: 'U1', inConversation: true }] },
};

/** What some other version, or nobody of ours, may have written: any text, any JSON, and ours with a change in it. */
const written = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.json(),
  fc
    .tuple(fc.constantFrom(...Object.values(WHOLE)), fc.string(), fc.jsonValue())
    .map(([ours, key, value]) => JSON.stringify({ ...ours, [key]: value })),
  fc
    .tuple(fc.constantFrom(...Object.values(WHOLE)), fc.nat(6), fc.option(fc.jsonValue(), { nil: undefined }))
    .map(([ours, at, value]) => {
      const keys = Object.keys(ours);
      return JSON.stringify({ ...ours, [keys[at % keys.length] ?? 'id']: value });
    }),
);

test.each(Object.entries(CARRIED))(
  'nothing that a modal can carry where %s is expected throws, and nothing else is taken for it',
  (_name, kind) => {
    fc.assert(
      fc.property(written, (metadata) => {
        const carried = kind.read({ private_metadata: metadata });
        expect(carried ?? 'refused').toEqual(carried === undefined ? 'refused' : JSON.parse(metadata));
      }),
      { numRuns: runs(300) },
    );
    expect(kind.read({} as { private_metadata: string })).toBeUndefined();
  },
);

test.each(Object.entries(CARRIED))('what is written as %s is read as it was', (name, kind) => {
  const whole = WHOLE[name as keyof typeof WHOLE];
  expect(kind.read({ private_metadata: JSON.stringify(whole) })).toEqual(whole);
  expect(kind.read({ private_metadata: JSON.stringify({ ...whole, later: 1 }) })).toBeUndefined();
  expect(kind.read({ private_metadata: '{}' })).toBeUndefined();
});

const nearMiss = fullOf('It nearly went wrong.');
const around = { workspace: 'Acme', app: 'nearmiss', stewards: [] };
const subject = { id: 'id', nearMissId: 'other' };
const MODALS = [
  ['step 1', stepOne({ id: 'id', place, firstTime: false }, defaultChoices(place, 'x'), around)],
  ['step 2', stepTwo({ ...nearMiss, tier: 'named' })],
  ['what each made possible', madePossible('id', [{ personId: 'U1', name: 'Ana' }])],
  ...TOPIC_IDS.map((topic) => [topic, topicView(nearMiss, topic, 'U_REPORTER', new Map())] as const),
  ['what could replace the luck', replaceLuck('id')],
  ['an edit', editWords(nearMiss)],
  ['a change of who can see it', changeWhoCanSee(nearMiss, around, 'Now.')],
  ['a look', lookUpView({ id: 'id', lookId: 'other' })],
  ['an adoption', adoptView({ id: 'id' }, { sentence: 'We open ten.' })],
  ['holding a digest', holdView('id', '2030-01-01')],
  ['leaving one out', leaveOutView(subject, true)],
  ['a wording', wordingView(subject, 'x')],
] as const;

/** Opens a modal that another version of the app drew and, unless said, could carry nothing we can read. */
async function openOld(
  { workspace }: BotOnTheWire,
  who: string,
  view: object,
  metadata = '{"near_miss":12}',
) {
  const { payload } = await workspace.person(who).command('payments-ops', '/nearmiss help');
  const before = new WebClient(workspace.botToken, { slackApiUrl: workspace.apiUrl, logger: silence });
  const drawn = { ...view, private_metadata: metadata } as Parameters<typeof before.views.open>[0]['view'];
  await before.views.open({ trigger_id: String(payload?.trigger_id), view: drawn });
}

const troubles = (bot: BotOnTheWire) =>
  bot
    .logged()
    .split('\n')
    .filter((line) => /"level":[456]0/.test(line));

test('whatever is sent from before an update keeps its words and hears what to do, and nothing of it is stored', async () => {
  const bot = await botOnTheWire();
  const maria = bot.workspace.person('maria');
  for (const [what, view] of MODALS) {
    await openOld(bot, 'maria', view);
    const boxes = (maria.view()?.blocks ?? []).filter(
      ({ element }) => (element as { type?: string } | undefined)?.type === 'plain_text_input',
    );
    for (const { block_id: box = '' } of boxes) await maria.change('view', box, 'My words');
    const { errors, acked } = await maria.submit();
    const words = boxes.map(({ block_id: box = '' }) => typedIn(maria.view(), box));
    expect({ what, acked, said: Object.values(errors), words }).toEqual({
      what,
      acked: true,
      said: [KEEPS],
      words: boxes.map(() => 'My words'),
    });
    await maria.close();
  }
  expect(rows(bot, 'select id from near_misses')).toEqual([]);
  expect(troubles(bot)).toEqual([]);
});

test.each(['', 'not JSON', 'null', '[]', '{"id":12,"firstTime":true}'])(
  'a modal that carries %j is from before an update',
  async (metadata) => {
    const bot = await botOnTheWire();
    const maria = bot.workspace.person('maria');
    await openOld(bot, 'maria', MODALS[0][1], metadata);
    expect((await maria.submit()).errors).toEqual({ summary: KEEPS });
    expect(troubles(bot)).toEqual([]);
  },
);

test('a choice in such a modal says so above what was typed, once, and the words stay', async () => {
  const bot = await botOnTheWire();
  const { workspace } = bot;
  const maria = workspace.person('maria');
  await openStepOne(bot, 'maria');
  const [drawn] = callsOf(bot, 'views.open');
  await maria.close();
  await openOld(bot, 'maria', drawn?.args.view as object);
  await maria.change('view', 'summary', 'The rates were wrong');
  for (const tier of ['unattributed', 'named']) {
    const before = callsOf(bot, 'views.update').length;
    await maria.change('view', 'tier', tier);
    await workspace.until(() =>
      callsOf(bot, 'views.update')
        .slice(before)
        .some(({ outcome }) => outcome === 'ok'),
    );
    const view = await modalOf(bot, 'maria', 'Share a near-miss', KEEPS);
    expect(wordsOf(view).split(KEEPS)).toHaveLength(2);
    expect(typedIn(view, 'summary')).toBe('The rates were wrong');
    expect(inputOf(view, 'tier')).toMatchObject({ selected_option: { value: tier } });
  }
  expect(await systemsOffered(bot, 'maria', 'Payroll')).toEqual(['Add "Payroll"']);
  expect((await maria.submit()).errors).toEqual({ summary: KEEPS });
  expect(troubles(bot)).toEqual([]);
});

test('a button in such a modal, where nothing is typed, does what it says and then says so', async () => {
  const bot = await botWithDigest();
  await shareAndSkip(bot, 'maria', 'The rates were wrong');
  await publishNow(bot, 'jon');
  const id = onlyId(bot);
  const blocks = storyToPress({ ...nearMiss, id }, 'UTC', new Map(), NOBODY_PRESSED);
  const page = moreView([{ id, blocks }], { digestId: 'id', page: 0 }, { isPreview: false, hasMore: false });
  await openOld(bot, 'jon', page);
  await bot.workspace.person('jon').press('view', DIGEST_ACTIONS.learned);
  const view = await modalOf(bot, 'jon', 'In this digest', SAYS);
  expect(view.blocks).toHaveLength(1);
  expect(rows(bot, 'select press from presses')).toHaveLength(1);
  expect(troubles(bot)).toEqual([]);
});

test('a question without anything to type that is from before an update says so in its place', async () => {
  const bot = await botOnTheWire();
  const { submit, title, close, blocks } = { ...MODALS[0][1] };
  const asked = { type: 'modal', callback_id: 'publish_now', title, submit, close, blocks: [blocks.at(-1)] };
  await openOld(bot, 'maria', asked);
  await bot.workspace.person('maria').submit();
  const view = bot.workspace.person('maria').view();
  expect([titleOf(view), wordsOf(view)]).toEqual(['Share a near-miss', SAYS]);
});

test('closing such a modal is closing it', async () => {
  const bot = await botOnTheWire();
  await openOld(bot, 'maria', stepTwo({ ...nearMiss, tier: 'named' }));
  expect((await bot.workspace.person('maria').close()).acked).toBe(true);
  expect(bot.workspace.person('maria').view()).toBeUndefined();
  expect(troubles(bot)).toEqual([]);
});
