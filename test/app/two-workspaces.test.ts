import { expect, test } from 'vitest';
import type { Message } from '../../sandbox/state/state.ts';
import type { BotOnTheWire } from '../support/bot-on-the-wire.ts';
import {
  beginToShare,
  openStepOne,
  shareAndSkip,
  shareInAHurry,
  stepOneOf,
  systemsOffered,
} from '../support/capture.ts';
import { rows } from '../support/database.ts';
import { digestIn, publishNow, repliesTo, setUpDigest } from '../support/digest.ts';
import { cardIn, ephemeralOf, modalOf, placeOf, said, typedIn, wordsOf } from '../support/screen.ts';
import { chooseStewards, homeSays } from '../support/stewards.ts';
import { show, tell } from '../support/story.ts';
import { botInTwoWorkspaces, TOKENS, type TwoWorkspaces } from '../support/two-workspaces.ts';

const RATES = 'The rates were wrong';
const LIGHTS = 'The lights went out';
const NOT_HERE =
  'The app cannot work in this workspace just now: it has no access to it. Please tell whoever runs it.';

/** Words that only the people of one workspace may ever see. */
const ACMES = [RATES, 'Invoices', 'Maria Lopez', 'Jon Park', 'Acme', 'Ten are opened by hand'];
const OTHERS = [LIGHTS, 'Lighting', 'Mariella Rossi', 'Jonas Berg', 'Everyone at Other', 'A torch'];

function expectNothingCrossed({ acme, other }: TwoWorkspaces): void {
  const [toAcme, toOther] = [acme, other].map(({ workspace }) => workspace.everythingReceived());
  expect(toAcme).toContain(RATES);
  expect(OTHERS.filter((words) => toAcme?.includes(words))).toEqual([]);
  expect(ACMES.filter((words) => toOther?.includes(words))).toEqual([]);
  expect(acme.fatal).toEqual([]);
}

async function homeOf({ workspace }: BotOnTheWire, who: string, has: string) {
  await workspace.person(who).openHome();
  const home = await workspace.until(
    () => {
      const shown = workspace.person(who).home();
      return wordsOf(shown).includes(has) ? shown : undefined;
    },
    { what: `${has} on the Home of ${who}` },
  );
  return wordsOf(home);
}

test('what is shared in one workspace is nowhere in the other: number, card, Home, systems, people and conversations', async () => {
  const both = await botInTwoWorkspaces();
  const { acme, other } = both;
  await shareAndSkip(acme, 'maria', RATES, { system: 'Invoices' });
  await shareAndSkip(other, 'maria', LIGHTS, { system: 'Lighting' });
  expect(said(await cardIn(acme, 'payments-ops', 'jon', RATES))).toContain('Shared by Maria Lopez');
  expect(said(await cardIn(other, 'payments-ops', 'jon', LIGHTS))).toContain('Shared by Mariella Rossi');

  expect(said(await show(acme, 'jon', 'NM-1'))).toContain(RATES);
  expect(said(await show(other, 'jon', 'NM-1'))).toContain(LIGHTS);
  await shareAndSkip(acme, 'sam', 'Another one');
  await cardIn(acme, 'payments-ops', 'jon', 'Another one');
  await other.workspace.person('jon').command('payments-ops', '/nearmiss show NM-2');
  await ephemeralOf(other, 'jon', 'NM-2 could not be found');

  expect(await homeOf(acme, 'maria', RATES)).not.toContain(LIGHTS);
  expect(await homeOf(other, 'maria', LIGHTS)).not.toContain(RATES);

  acme.advance(24 * 60 * 60_000);
  await openStepOne(acme, 'sam');
  await openStepOne(other, 'sam');
  expect(await systemsOffered(acme, 'sam', 'i')).toEqual(['Add "i"', 'Invoices']);
  expect(await systemsOffered(other, 'sam', 'i')).toEqual(['Add "i"', 'Lighting']);

  // The same id is a public channel here and a private one there, and both were asked about.
  for (const [bot, who, audience] of [
    [acme, 'maria', 'Everyone at Acme'],
    [other, 'maria', 'Only members'],
  ] as const) {
    await bot.workspace.person(who).command('elsewhere', '/nearmiss');
    const view = await stepOneOf(bot, who);
    const chosen = Object.values(view.state.values)
      .flatMap((block) => Object.values(block))
      .flatMap(({ selected_option: option }) => JSON.stringify(option ?? null));
    expect(chosen.join('\n')).toContain(audience);
  }
  expectNothingCrossed(both);
});

test('stewards, settings and digests are those of their own workspace, and so is what is pressed', async () => {
  const both = await botInTwoWorkspaces();
  const { acme, other } = both;
  await chooseStewards(acme, 'jon', ['amira']);
  await setUpDigest(acme, 'amira');
  await other.workspace.person('amira').command('payments-ops', '/nearmiss digest now');
  await ephemeralOf(other, 'amira', 'Nobody looks after near-misses here yet.');
  await chooseStewards(other, 'jon', ['jon']);
  await other.workspace.person('amira').command('payments-ops', '/nearmiss digest settings');
  await modalOf(other, 'amira', 'The weekly digest', 'Only the steward, Jonas Berg, can change this.');
  await setUpDigest(other, 'jon', { channel: 'payments-ops' });

  await tell(acme, 'maria', RATES, { saves: 'Ten are opened by hand' });
  await tell(other, 'maria', LIGHTS, { saves: 'A torch' });
  await publishNow(acme, 'amira');
  const parent = await digestIn(acme);
  const [story] = (await repliesTo(acme, parent, 1)) as [Message];
  expect(said(story)).toContain(RATES);
  expect(other.workspace.person('jon').messages('learning')).toEqual([]);
  await publishNow(other, 'jon');
  const others = await digestIn(other, 'payments-ops');
  const [theirs] = (await repliesTo(other, others, 1)) as [Message];
  expect(said(theirs)).toContain(LIGHTS);

  await acme.workspace.person('sam').press(placeOf(story), 'learned_something');
  await acme.workspace.until(() => JSON.stringify(acme.workspace.state.messages).includes('something (1)'));
  expect(rows(acme, 'select team_id from presses')).toEqual([{ team_id: acme.workspace.state.team.id }]);
  expect(JSON.stringify(other.workspace.state.messages)).not.toContain('something (1)');
  expectNothingCrossed(both);
});

test('who became a guest in one, and what was made private there, are as they were in the other', async () => {
  const { acme, other } = await botInTwoWorkspaces();
  await chooseStewards(acme, 'jon', ['jon', 'amira']);
  await chooseStewards(other, 'jon', ['jon', 'amira']);
  await acme.workspace.changePerson('amira', { isRestricted: true });
  await homeSays(acme, 'jon', 'Amira Haddad is no longer a steward: now a guest.');
  await other.workspace.person('amira').command('payments-ops', '/nearmiss digest settings');
  await modalOf(other, 'amira', 'The weekly digest', 'channel');
  expect(wordsOf(other.workspace.person('jon').home())).not.toContain('no longer a steward');
  acme.workspace.channel('payments-ops').kind = 'private';
  await openStepOne(acme, 'maria', 'payments-ops', 'Only members of #payments-ops can read the story');
  await openStepOne(other, 'maria', 'payments-ops', 'Everyone at Other can read the story');
});

test('a button with the id of a near-miss of another workspace finds none, and does nothing', async () => {
  const both = await botInTwoWorkspaces();
  const { acme, other } = both;
  await chooseStewards(acme, 'jon', ['amira']);
  await setUpDigest(acme, 'amira');
  await tell(acme, 'maria', RATES, { saves: 'Ten are opened by hand' });
  const card = await cardIn(acme, 'payments-ops', 'maria', RATES);
  await publishNow(acme, 'amira');
  const [story] = (await repliesTo(acme, await digestIn(acme), 1)) as [Message];
  // As if somebody could put it there.
  other.workspace.state.messages.push(structuredClone(card), structuredClone(story));
  const maria = other.workspace.person('maria');
  await maria.press(placeOf(card), 'tell_more');
  await modalOf(other, 'maria', 'Tell more', 'This near-miss could not be found.');
  for (const choice of ['who_can_see', 'edit_or_withdraw']) {
    const [id] = rows<{ id: string }>(acme, 'select id from near_misses');
    await maria.press(placeOf(card), 'card_more', `${choice}:${id?.id}`);
    await other.workspace.until(() => wordsOf(maria.view()).includes('This near-miss could not be found.'));
    await maria.close({ all: true });
  }
  await maria.press(placeOf(story), 'learned_something');
  await maria.press(placeOf(story), 'could_use_this');
  await modalOf(other, 'maria', 'We could use this', 'This near-miss could not be found.');
  expect(rows(acme, 'select * from presses')).toEqual([]);
  expectNothingCrossed(both);
});

const readyz = async (bot: BotOnTheWire) => {
  const answer = await fetch(`http://127.0.0.1:${bot.port()}/readyz`);
  return { status: answer.status, lines: (await answer.text()).trim().split('\n') };
};

const ENDED =
  'T0ACME0000: Slack does not accept the token of this workspace any more (token_revoked). What waits for it is kept: please install the app there again, and start anew.';

test('a token that is taken back ends the work in its workspace, says so once, and leaves the other as it was', async () => {
  const { acme, other } = await botInTwoWorkspaces();
  await beginToShare(acme, 'sam', 'Typed before the end');
  expect(await readyz(acme)).toEqual({ status: 200, lines: ['ready'] });
  acme.workspace.faults.revokeToken();
  await acme.workspace.person('jon').command('payments-ops', '/nearmiss');
  await expect.poll(() => readyz(acme)).toEqual({ status: 200, lines: ['ready', ENDED] });

  const endings = (bot: BotOnTheWire) =>
    bot
      .logged()
      .split('\n')
      .filter((line) => line.includes(ENDED));
  await acme.workspace.person('maria').command('payments-ops', '/nearmiss help');
  await ephemeralOf(acme, 'maria', NOT_HERE);
  const sam = acme.workspace.person('sam');
  expect((await sam.submit()).errors).toEqual({
    summary: `This was not saved. ${NOT_HERE} Your words are still here: please copy them.`,
  });
  expect(typedIn(sam.view(), 'summary')).toBe('Typed before the end');
  expect(endings(acme)).toHaveLength(1);
  expect(endings(acme).join('')).not.toContain('Acme');

  const calls = acme.workspace.calls.length;
  await shareInAHurry(other, 'maria', 'payments-ops', LIGHTS);
  await cardIn(other, 'payments-ops', 'jon', LIGHTS);
  expect(acme.workspace.calls.slice(calls).filter(({ method }) => method !== 'response_url')).toEqual([]);
  expect(other.fatal).toEqual([]);
});

test('what waits for a workspace whose token was taken back is sent once the app is there again, and no other waits for it', async () => {
  const { acme, other, start } = await botInTwoWorkspaces();
  const held = acme.workspace.faults.on('chat.postMessage', { kind: 'error', error: 'token_revoked' });
  await shareInAHurry(acme, 'maria', 'payments-ops', RATES);
  await held.struck;
  await expect.poll(async () => (await readyz(acme)).lines).toEqual(['ready', ENDED]);
  // In a channel of the same id.
  await shareInAHurry(other, 'maria', 'payments-ops', LIGHTS);
  await cardIn(other, 'payments-ops', 'jon', LIGHTS);
  expect(acme.workspace.person('jon').messages('payments-ops')).toEqual([]);
  await start();
  await cardIn(acme, 'payments-ops', 'jon', RATES);
  expect(await readyz(acme)).toEqual({ status: 200, lines: ['ready'] });
  expect(acme.workspace.person('jon').messages('payments-ops')).toHaveLength(1);
});

test('no digest is tended where the token was taken back, and the one of the other workspace comes on its day', async () => {
  const { acme, other } = await botInTwoWorkspaces();
  for (const bot of [acme, other]) {
    await chooseStewards(bot, 'jon', ['jon']);
    await setUpDigest(bot, 'jon');
    await tell(bot, 'maria', bot === acme ? RATES : LIGHTS);
    await cardIn(bot, 'payments-ops', 'jon', bot === acme ? RATES : LIGHTS);
  }
  acme.workspace.faults.on(
    'chat.postMessage',
    { kind: 'error', error: 'account_inactive' },
    { times: Infinity },
  );
  await acme.goTo(acme.now() + 7 * 24 * 60 * 60_000);
  expect(said(await digestIn(other))).toContain('What we learned');
  await expect.poll(async () => (await readyz(acme)).lines.length).toBe(2);
  expect(acme.workspace.person('jon').messages('learning')).toEqual([]);
  expect(acme.fatal).toEqual([]);
});

test('the process ends with the last workspace, and says why', async () => {
  const { acme, other } = await botInTwoWorkspaces();
  for (const [bot, words] of [
    [acme, NOT_HERE],
    [other, 'That did not work just now.'],
  ] as const) {
    expect(bot.fatal).toEqual([]);
    bot.workspace.faults.revokeToken();
    await bot.workspace.person('jon').command('payments-ops', '/nearmiss');
    await ephemeralOf(bot, 'jon', words);
  }
  await expect.poll(() => acme.fatal[0]).toContain('Slack does not accept this token (token_revoked).');
});

test('a token that is refused at the start leaves the others, and all of them refused is the end', async () => {
  const { acme, other, start } = await botInTwoWorkspaces();
  await start(['xoxb-nobody', TOKENS.other]);
  const { status, lines } = await readyz(other);
  expect([status, lines[0]]).toEqual([200, 'ready']);
  expect(lines[1]).toMatch(
    /^In one workspace nothing is done\. Slack does not accept this token \(invalid_auth\)/,
  );
  await acme.workspace.person('maria').command('payments-ops', '/nearmiss');
  await ephemeralOf(acme, 'maria', NOT_HERE);
  await shareInAHurry(other, 'maria', 'payments-ops', LIGHTS);
  await cardIn(other, 'payments-ops', 'jon', LIGHTS);
  await expect(start(['xoxb-nobody', 'xoxb-neither'])).rejects.toThrow('Slack does not accept this token');
});
