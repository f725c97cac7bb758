import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { freezeFor, publish } from '../src/digest.ts';
import type { DigestSettings } from '../src/domain/digest.ts';
import { digestWorkOf } from '../src/slack/digest-room.ts';
import {
  anotherDesk,
  lookAt as at,
  DAY,
  type Desk,
  digestsIn,
  HOUR,
  openDesk,
  SLOT,
  SUNDAY,
} from './digest-desk.ts';
import { said } from './doing.ts';
import { temporaryFolder } from './office.ts';

const MINUTE = HOUR / 60;

const titles = (desk: Desk, channel?: string) =>
  digestsIn(desk, channel).map(({ parent }) => parent.text.replace('What we learned from near-misses, ', ''));
const dmsOf = (desk: Desk, who: string) => desk.workspace.person(who).dm().map(said);
const teamOf = (desk: Desk) => desk.app.identity.teamId;

async function change(desk: Desk, digest: Partial<DigestSettings>): Promise<void> {
  Object.assign(desk.settings, digest);
  await desk.storage.workspaces.change(teamOf(desk), { digest: desk.settings });
}

async function openDigestOf(desk: Desk) {
  const open = await desk.storage.digests.open(teamOf(desk));
  if (open === undefined) throw new Error('No digest is open.');
  return open;
}

/** A steward asks for the preview of the next one, long before it is due. */
async function preview(desk: Desk): Promise<void> {
  const work = digestWorkOf(desk.app);
  const slot = work.nextSlot(desk.settings, await desk.storage.digests.last(teamOf(desk)));
  await freezeFor(work, desk.settings, { slot, state: 'preview', publishAt: slot.at });
  await desk.drain();
}

async function hold(desk: Desk, until: number): Promise<void> {
  const { id, teamId } = await openDigestOf(desk);
  const by = desk.workspace.person('amira').id;
  expect(await desk.storage.digests.hold({ teamId, id, by, until, now: desk.clock.now() })).toBe(true);
}

describe('after the app was away, exactly one digest comes, and says the dates it covers', () => {
  it.each([
    ['not away', 0, '12 to 18 October: 1 story'],
    ['an hour', HOUR, '12 to 18 October: 1 story'],
    ['a week', 7 * DAY, '12 to 25 October: 1 story'],
    ['a month', 30 * DAY, '12 October to 17 November: 1 story'],
  ])('%s', async (_away, away, words) => {
    const desk = await openDesk({ startsAt: SUNDAY - 7 * DAY });
    await desk.share('The week before');
    await at(desk, SLOT - 7 * DAY);
    await desk.share('This week');
    await at(desk, SLOT + away);
    for (let minutes = 1; minutes < 5; minutes += 1) await at(desk, SLOT + away + minutes * MINUTE);
    expect(titles(desk)).toEqual(['5 to 11 October: 1 story', words]);
    expect(desk.workspace.complaints).toEqual([]);
  });

  it('with one that stewards had been shown before: what waited comes in the same digest', async () => {
    const desk = await openDesk({ digest: { previewMinutes: 60 } });
    await desk.share('Seen by the stewards');
    await at(desk, SLOT - HOUR);
    await desk.share('Shared afterwards');
    await at(desk, SLOT + 14 * DAY);
    await at(desk, SLOT + 14 * DAY + MINUTE);
    expect(titles(desk)).toEqual(['12 October to 1 November: 2 stories']);
    expect(digestsIn(desk)[0]?.replies).toHaveLength(2);
    expect(dmsOf(desk, 'amira'), 'the preview went with it').toEqual([]);
  });
});

describe('the clock and the timetable', () => {
  it('the clock set back by days posts nothing again until the next week', async () => {
    const desk = await openDesk();
    await desk.share('One');
    await at(desk, SLOT);
    desk.clock.advance(-3 * DAY);
    await desk.share('Another');
    for (let days = 0; days < 9; days += 1) {
      await at(desk, desk.clock.now() + DAY);
      expect(titles(desk)).toHaveLength(1);
    }
    await at(desk, SLOT + 7 * DAY);
    expect(titles(desk)).toHaveLength(2);
  });

  it('a zone changed in the middle of the week brings no second digest in it, and the next one at the new time', async () => {
    const desk = await openDesk();
    await desk.share('One');
    await at(desk, SLOT);
    await change(desk, { zone: 'America/New_York' });
    await desk.share('Two');
    await at(desk, SLOT + 5 * HOUR);
    await at(desk, SLOT + 2 * DAY);
    expect(titles(desk)).toHaveLength(1);
    await at(desk, SLOT + 7 * DAY);
    expect(titles(desk), 'in New York it is early still').toHaveLength(1);
    await at(desk, SLOT + 7 * DAY + 4 * HOUR);
    expect(titles(desk)).toHaveLength(2);
  });

  it('two processes on one file post one digest', async () => {
    const databasePath = join(temporaryFolder(), 'nearmiss.db');
    const desk = await openDesk({ databasePath });
    const other = await anotherDesk(desk, databasePath);
    await desk.share('One');
    desk.clock.advance(SLOT - SUNDAY);
    await Promise.all([desk.tend(), other.tend(), desk.tend(), other.tend()]);
    await Promise.all([desk.drain(), other.drain()]);
    expect(titles(desk)).toEqual(['12 to 18 October: 1 story']);
    expect(digestsIn(desk)[0]?.replies).toHaveLength(1);
  });

  it('one asked for by hand in between leaves the weekly one where it was', async () => {
    const desk = await openDesk();
    await desk.share('One');
    await at(desk, SLOT);
    await desk.share('Two');
    desk.clock.advance(3 * DAY);
    await freezeFor(digestWorkOf(desk.app), desk.settings, {
      state: 'published',
      publishAt: desk.clock.now(),
    });
    await desk.drain();
    await desk.share('Three');
    await at(desk, SLOT + 7 * DAY);
    expect(titles(desk)).toEqual([
      '12 to 18 October: 1 story',
      '19 to 21 October: 1 story',
      '22 to 25 October: 1 story',
    ]);
  });

  it('a preview asked for when there is nothing new closes nothing', async () => {
    const desk = await openDesk();
    const work = digestWorkOf(desk.app);
    const slot = work.nextSlot(desk.settings, undefined);
    const none = await freezeFor(work, desk.settings, { slot, state: 'preview', publishAt: slot.at });
    expect(none?.state).toBe('quiet');
    await desk.share('One');
    await at(desk, SLOT);
    expect(titles(desk)).toEqual(['12 to 18 October: 1 story']);
  });
});

describe('a quiet week', () => {
  it('posts nothing, and is not caught up with later in the week', async () => {
    const desk = await openDesk();
    await at(desk, SLOT);
    await desk.share('Too late for this week');
    await at(desk, SLOT + DAY);
    expect(titles(desk)).toEqual([]);
    await at(desk, SLOT + 7 * DAY);
    expect(titles(desk)).toHaveLength(1);
  });

  it('or one from the archive, which is told in no other digest', async () => {
    const desk = await openDesk({ digest: { quietWeek: 'archive' } });
    await desk.share('One');
    await at(desk, SLOT);
    await at(desk, SLOT + 7 * DAY);
    const [, archive] = digestsIn(desk);
    expect(archive?.parent.text).toContain('From the archive: NM-1');
    expect(archive?.replies).toEqual([]);
  });
});

describe('with previews on', () => {
  it('the period closes when the preview is sent, and nobody has to do anything', async () => {
    const desk = await openDesk({ digest: { previewMinutes: 240 } });
    await desk.share('Before the preview');
    await at(desk, SLOT - 240 * MINUTE);
    expect(dmsOf(desk, 'amira').join()).toContain('Before the preview');
    await desk.share('After the preview');
    await at(desk, SLOT - MINUTE);
    expect(titles(desk)).toEqual([]);
    await at(desk, SLOT);
    const [digest] = digestsIn(desk);
    expect(digest?.replies.map(said).join()).toContain('Before the preview');
    expect(digest?.replies.map(said).join()).not.toContain('After the preview');
    expect(dmsOf(desk, 'amira'), 'previews are removed after publishing').toEqual([]);
    await at(desk, SLOT + 7 * DAY);
    expect(digestsIn(desk)[1]?.replies.map(said).join()).toContain('After the preview');
  });

  it('what is withdrawn meanwhile is gone from the preview and from the digest, and its words are kept nowhere', async () => {
    const desk = await openDesk({ digest: { previewMinutes: 240 } });
    await desk.share('Stays');
    const id = await desk.share('Goes', { answers: { practice: 'Goes as well' } });
    await at(desk, SLOT - 240 * MINUTE);
    expect(dmsOf(desk, 'amira').join()).toContain('Goes');
    await desk.withdraw(id);
    await desk.drain();
    expect(dmsOf(desk, 'amira').join()).not.toContain('Goes');
    const kept = (await desk.storage.digests.parts((await openDigestOf(desk)).id)).map((part) =>
      JSON.stringify(part),
    );
    expect(kept.join()).not.toContain('Goes');
    await at(desk, SLOT);
    expect(titles(desk)).toEqual(['12 to 18 October: 1 story']);
  });

  it('asked for again while it is on its way, it stands there once', async () => {
    const desk = await openDesk({ digest: { previewMinutes: 60 } });
    await desk.share('One');
    desk.clock.advance(SLOT - HOUR - desk.clock.now());
    await desk.tend();
    const { id, teamId } = await openDigestOf(desk);
    const stewards = [desk.workspace.person('amira').id];
    await desk.storage.digests.showPreviews({ teamId, id, stewards, now: desk.clock.now() });
    await desk.drain();
    expect(dmsOf(desk, 'amira').filter((words) => words.startsWith('Preview. What'))).toHaveLength(1);
    expect(dmsOf(desk, 'amira'), 'and its one story once').toHaveLength(2);
  });

  it('held, it waits until then, and the next week has its own', async () => {
    const desk = await openDesk({ digest: { previewMinutes: 60 } });
    await desk.share('Held');
    await at(desk, SLOT - HOUR);
    await hold(desk, SLOT + 9 * DAY);
    await at(desk, SLOT);
    await at(desk, SLOT + DAY);
    expect(titles(desk)).toEqual([]);
    await desk.share('Of the next week');
    await at(desk, SLOT + 7 * DAY - HOUR);
    await at(desk, SLOT + 7 * DAY);
    expect(digestsIn(desk).map(({ replies }) => replies.map(said).join())).toEqual([
      expect.stringContaining('Of the next week'),
    ]);
    await at(desk, SLOT + 9 * DAY);
    expect(digestsIn(desk)).toHaveLength(2);
    expect(digestsIn(desk)[1]?.replies.map(said).join()).toContain('Held');
  });

  it('held until the next comes too, both are posted, the older first', async () => {
    const desk = await openDesk({ digest: { previewMinutes: 60 } });
    await desk.share('Held');
    await at(desk, SLOT - HOUR);
    await hold(desk, SLOT + 7 * DAY);
    await desk.share('Of the next week');
    await at(desk, SLOT + 7 * DAY - HOUR);
    await at(desk, SLOT + 7 * DAY);
    expect(titles(desk)).toEqual(['12 to 18 October: 1 story', '19 to 25 October: 1 story']);
  });

  it('in a week with nothing to show, Slack is asked nothing', async () => {
    const desk = await openDesk({ digest: { previewMinutes: 240, quietWeek: 'archive' } });
    for (let minutes = 240; minutes > 0; minutes -= 60) await at(desk, SLOT - minutes * MINUTE);
    expect(desk.workspace.calls.filter(({ method }) => method === 'conversations.info')).toEqual([]);
  });

  it('when all of it was withdrawn before it is posted, one from the archive comes if that was chosen', async () => {
    const desk = await openDesk({ digest: { previewMinutes: 60, quietWeek: 'archive' } });
    await desk.share('Of the first week');
    await at(desk, SLOT - HOUR);
    await at(desk, SLOT);
    const id = await desk.share('Withdrawn in time');
    await at(desk, SLOT + 7 * DAY - HOUR);
    await desk.withdraw(id);
    await at(desk, SLOT + 7 * DAY);
    expect(titles(desk)).toEqual([
      '12 to 18 October: 1 story',
      expect.stringContaining('From the archive: NM-1'),
    ]);
  });

  it('published by hand before its preview was due, it leaves its slot to what is shared until then', async () => {
    const desk = await openDesk({ digest: { previewMinutes: 60 } });
    await desk.share('Early');
    desk.clock.advance(MINUTE);
    await preview(desk);
    expect(await publish(digestWorkOf(desk.app), await openDigestOf(desk), 'U_AMIRA')).toBe(true);
    await desk.share('Of this week all the same');
    await at(desk, SLOT - HOUR);
    await at(desk, SLOT);
    expect(titles(desk)).toHaveLength(2);
    expect(digestsIn(desk)[1]?.replies.map(said).join()).toContain('Of this week all the same');
  });

  it('published by hand after its preview was due, it is the digest of its week', async () => {
    const desk = await openDesk({ digest: { previewMinutes: 240 } });
    await desk.share('In the preview');
    await at(desk, SLOT - 240 * MINUTE);
    await at(desk, SLOT - HOUR);
    expect(await publish(digestWorkOf(desk.app), await openDigestOf(desk), 'U_AMIRA')).toBe(true);
    await desk.share('After it');
    await at(desk, SLOT);
    expect(titles(desk)).toHaveLength(1);
    await at(desk, SLOT + 7 * DAY);
    expect(titles(desk)).toHaveLength(2);
  });

  it.each([
    ['at its time', 0, []],
    ['a week on, when the next one would take it over', 7 * DAY, ['19 to 25 October: 1 story']],
  ])('held while Slack is asked whether it can be posted, %s: it waits', async (_when, later, posted) => {
    const desk = await openDesk({ digest: { previewMinutes: 60 } });
    await desk.share('Held at the last moment');
    await at(desk, SLOT - HOUR);
    if (later > 0) await desk.share('Of the next week');
    desk.clock.advance(SLOT + later - desk.clock.now());
    const asked = desk.workspace.faults.on('conversations.info', { kind: 'hold', when: 'after' });
    const tending = desk.tend();
    await asked.struck;
    await hold(desk, SLOT + later + 2 * DAY);
    asked.release();
    await tending;
    await desk.drain();
    expect(titles(desk)).toEqual(posted);
    expect((await openDigestOf(desk)).state).toBe('held');
  });

  it('narrowed while it was held and widened later, a story comes in a later digest, once', async () => {
    const desk = await openDesk({ digest: { previewMinutes: 60 } });
    await desk.share('Stays');
    const id = await desk.share('Comes later');
    await at(desk, SLOT - HOUR);
    await desk.change(id, { audience: 'channel' });
    await at(desk, SLOT);
    await desk.change(id, { audience: 'everyone' });
    await at(desk, SLOT + 7 * DAY - HOUR);
    await at(desk, SLOT + 7 * DAY);
    expect(digestsIn(desk).map(({ replies }) => replies.map(said).join().includes('Comes later'))).toEqual([
      false,
      true,
    ]);
  });
});

it('what was borrowed is told in the next digest and in no other', async () => {
  const desk = await openDesk();
  const nearMissId = await desk.share('One');
  await at(desk, SLOT);
  const personId = desk.workspace.person('jon').id;
  const adoption = { nearMissId, personId, team: 'Support', sentence: 'Open ten by hand' };
  await desk.storage.presses.adopt({ teamId: teamOf(desk), ...adoption, now: desk.clock.now() });
  for (const weeks of [1, 2]) {
    await desk.share(`After ${weeks}`);
    await at(desk, SLOT + weeks * 7 * DAY);
  }
  const tells = ({ replies }: ReturnType<typeof digestsIn>[number]) =>
    replies.filter((reply) => said(reply).includes('Support now uses: Open ten by hand. From NM-1.')).length;
  expect(digestsIn(desk).map(tells)).toEqual([0, 1, 0]);
});

it('what was borrowed is told later where a steward let the digest go that was to tell it', async () => {
  const desk = await openDesk();
  const nearMissId = await desk.share('One');
  await at(desk, SLOT);
  const personId = desk.workspace.person('jon').id;
  const adoption = { nearMissId, personId, team: 'Support', sentence: 'Open ten by hand' };
  await desk.storage.presses.adopt({ teamId: teamOf(desk), ...adoption, now: desk.clock.now() });
  await desk.share('Two');
  desk.workspace.faults.on(
    'chat.postMessage',
    { kind: 'error', error: 'restricted_action' },
    { matching: ({ channel }) => channel === desk.settings.channelId },
  );
  await at(desk, SLOT + 7 * DAY);
  const [letter] = await desk.storage.outbox.deadLetters(teamOf(desk));
  const answered = { teamId: teamOf(desk), seq: letter?.seq ?? 0, now: desk.clock.now() };
  await desk.storage.outbox.answerLetter({ ...answered, answer: 'let_go' });
  await at(desk, SLOT + 14 * DAY);
  const [, next, ...others] = digestsIn(desk).map(({ replies }) => replies.map(said).join());
  expect(next).toContain('Two');
  expect(next).toContain('Support now uses: Open ten by hand. From NM-1.');
  expect(others).toEqual([]);
});

it('tried again after another channel was chosen, a digest that stands nowhere yet goes there', async () => {
  const desk = await openDesk();
  await desk.share('One');
  desk.workspace.faults.on(
    'chat.postMessage',
    { kind: 'error', error: 'restricted_action' },
    { matching: ({ channel }) => channel === desk.workspace.channel('learning').id },
  );
  await at(desk, SLOT);
  const { id: channelId, name: channelName } = desk.workspace.channel('elsewhere');
  await change(desk, { channelId, channelName });
  const [letter] = await desk.storage.outbox.deadLetters(teamOf(desk));
  const answered = { teamId: teamOf(desk), seq: letter?.seq ?? 0, now: desk.clock.now() };
  await desk.storage.outbox.answerLetter({ ...answered, answer: 'try_again' });
  await desk.drain();
  expect(titles(desk)).toEqual([]);
  expect(digestsIn(desk, 'elsewhere').map(({ replies }) => replies.length)).toEqual([1]);
});

it('a name that is taken back on the day of the digest takes no story out of its count', async () => {
  const desk = await openDesk();
  const id = await desk.share('One');
  desk.clock.advance(21 * HOUR);
  const late = await desk.share('On the day itself');
  await at(desk, SLOT);
  for (const each of [id, late]) await desk.change(each, { tier: 'confidential' });
  await desk.drain();
  expect(titles(desk)[0]).toContain('2 stories');
});

it('what was borrowed from a story goes with it, where it was told', async () => {
  const desk = await openDesk();
  const nearMissId = await desk.share('One');
  await at(desk, SLOT);
  const personId = desk.workspace.person('jon').id;
  const adoption = { nearMissId, personId, team: 'Support', sentence: 'Open ten by hand' };
  await desk.storage.presses.adopt({ teamId: teamOf(desk), ...adoption, now: desk.clock.now() });
  await desk.share('Two');
  await at(desk, SLOT + 7 * DAY);
  const told = () => digestsIn(desk)[1]?.replies.map(said).join();
  expect(told()).toContain('Open ten by hand');
  await desk.withdraw(nearMissId);
  await desk.drain();
  expect(told()).not.toContain('Open ten by hand');
  expect(told()).toContain('What was borrowed is no longer shown here.');
});

it('withdrawn, a story goes from where it stands from the archive, too', async () => {
  const desk = await openDesk({ digest: { quietWeek: 'archive' } });
  const id = await desk.share('One');
  await at(desk, SLOT);
  await at(desk, SLOT + 7 * DAY);
  const fromArchive = () => said(digestsIn(desk)[1]?.parent ?? { text: '' });
  expect(fromArchive()).toContain('One');
  await desk.withdraw(id);
  await desk.drain();
  expect(fromArchive()).toContain('NM-1 was withdrawn. Its words have been removed.');
});

it('withdrawn while nobody knew where it stood, a story is blanked once it is found', async () => {
  const desk = await openDesk();
  await desk.share('Stays');
  const id = await desk.share('Taken back');
  const { faults } = desk.workspace;
  faults.on(
    'chat.postMessage',
    { kind: 'drop', when: 'after' },
    { matching: (args) => args.thread_ts !== undefined && JSON.stringify(args).includes('Taken back') },
  );
  const blind = faults.on(
    'conversations.replies',
    { kind: 'error', error: 'missing_scope' },
    { times: Number.POSITIVE_INFINITY },
  );
  await at(desk, SLOT);
  const [letter] = await desk.storage.outbox.deadLetters(teamOf(desk));
  expect(letter?.state).toBe('asked');
  await desk.withdraw(id);
  await desk.drain();
  blind.remove();
  const answered = { teamId: teamOf(desk), seq: letter?.seq ?? 0, now: desk.clock.now() };
  await desk.storage.outbox.answerLetter({ ...answered, answer: 'let_go' });
  await desk.drain();
  expect(JSON.stringify(digestsIn(desk))).not.toContain('Taken back');
  expect(digestsIn(desk)[0]?.replies.map(said).join()).toContain('NM-2 was withdrawn.');
});

describe('a channel that takes nothing', () => {
  it.each([
    [
      'archived',
      (desk: Desk, no: boolean) => void Object.assign(desk.workspace.channel('learning'), { isArchived: no }),
    ],
    [
      'without the app',
      (desk: Desk, no: boolean) =>
        no
          ? desk.workspace.person('jon').removeApp('learning')
          : desk.workspace.person('jon').inviteApp('learning'),
    ],
    [
      'shared with another organisation since it was chosen',
      (desk: Desk, no: boolean) =>
        void Object.assign(desk.workspace.channel('learning'), { isExtShared: no }),
    ],
  ])(
    '%s: nothing is frozen, stewards are told once, and it is posted as soon as it can be',
    async (_why, refuse) => {
      const desk = await openDesk({ stewards: ['amira', 'jon'], decline: ['chat:write.public'] });
      await desk.share('One');
      refuse(desk, true);
      for (let minutes = 0; minutes < 5; minutes += 1) await at(desk, SLOT + minutes * MINUTE);
      expect(await desk.storage.digests.last(teamOf(desk))).toBeUndefined();
      for (const who of ['amira', 'jon']) {
        expect(dmsOf(desk, who)).toEqual([
          expect.stringContaining('The digest could not be posted in #learning'),
        ]);
      }
      await desk.share('While it could not be posted');
      refuse(desk, false);
      await at(desk, SLOT + HOUR);
      expect(titles(desk)).toEqual(['12 to 19 October: 2 stories']);
      refuse(desk, true);
      await at(desk, SLOT + 7 * DAY);
      expect(dmsOf(desk, 'jon'), 'it began anew').toHaveLength(2);
    },
  );

  it('shared with another organisation when it was chosen, which was said then: it is posted', async () => {
    const desk = await openDesk({ digest: { sharedOutside: true } });
    Object.assign(desk.workspace.channel('learning'), { isExtShared: true });
    await desk.share('One');
    await at(desk, SLOT);
    expect(titles(desk)).toHaveLength(1);
    expect(dmsOf(desk, 'amira')).toEqual([]);
  });

  it('another channel is chosen while a preview waits: it goes there', async () => {
    const desk = await openDesk({ digest: { previewMinutes: 60 }, decline: ['chat:write.public'] });
    await desk.share('One');
    await at(desk, SLOT - HOUR);
    desk.workspace.person('jon').removeApp('learning');
    await at(desk, SLOT);
    expect((await openDigestOf(desk)).state).toBe('preview');
    await change(desk, { channelId: desk.workspace.channel('elsewhere').id, channelName: 'elsewhere' });
    await at(desk, SLOT + MINUTE);
    expect(titles(desk)).toEqual([]);
    expect(titles(desk, 'elsewhere')).toEqual(['12 to 18 October: 1 story']);
    expect(digestsIn(desk, 'elsewhere')[0]?.replies).toHaveLength(1);
  });

  it('Slack says nothing: nobody is told anything, and it is asked again', async () => {
    const desk = await openDesk();
    await desk.share('One');
    const silent = desk.workspace.faults.on(
      'conversations.info',
      { kind: 'http', status: 503 },
      { times: Number.POSITIVE_INFINITY },
    );
    await at(desk, SLOT);
    expect(titles(desk)).toEqual([]);
    expect(dmsOf(desk, 'amira')).toEqual([]);
    silent.remove();
    await at(desk, SLOT + MINUTE);
    expect(titles(desk)).toHaveLength(1);
  });
});

describe('those for one channel, without a name everybody sees', () => {
  it('get their card on their day although the channel of the digest takes nothing', async () => {
    const desk = await openDesk();
    await desk.share('For everyone');
    await desk.share('Only for us', {}, { tier: 'confidential', audience: 'channel' });
    Object.assign(desk.workspace.channel('learning'), { isArchived: true });
    await at(desk, SLOT);
    await at(desk, SLOT + MINUTE);
    const [card, ...others] = digestsIn(desk, 'payments-ops');
    expect(card && said(card.parent)).toContain('Only for us');
    expect(others).toEqual([]);
    Object.assign(desk.workspace.channel('learning'), { isArchived: false });
    await at(desk, SLOT + HOUR);
    expect(titles(desk)).toHaveLength(1);
    expect(digestsIn(desk, 'payments-ops')).toHaveLength(1);
  });

  it('get their card there when a digest is posted, and are never in one', async () => {
    const desk = await openDesk({ digest: { previewMinutes: 60 } });
    await desk.share('For everyone');
    await desk.share('Only for us', {}, { tier: 'confidential', audience: 'channel' });
    await at(desk, SLOT - HOUR);
    expect(digestsIn(desk, 'payments-ops')).toEqual([]);
    await at(desk, SLOT);
    expect(
      digestsIn(desk, 'payments-ops')
        .map(({ parent }) => said(parent))
        .join(),
    ).toContain('Only for us');
    expect(JSON.stringify(digestsIn(desk))).not.toContain('Only for us');
  });

  it('of the day itself get theirs with the next digest, so that the minute says nothing', async () => {
    const desk = await openDesk();
    const cards = () => digestsIn(desk, 'payments-ops').map(({ parent }) => said(parent));
    await desk.share('For everyone');
    desk.clock.advance(SLOT - HOUR - desk.clock.now());
    await desk.share('Only for us', {}, { tier: 'confidential', audience: 'channel' });
    await at(desk, SLOT);
    expect(titles(desk)).toHaveLength(1);
    expect(cards()).toEqual([]);
    await desk.share('Another for everyone');
    await at(desk, SLOT + 7 * DAY);
    expect(cards()).toEqual([expect.stringContaining('Only for us')]);
  });

  it('those older than the first digest goes back get none: people were told that nothing is posted', async () => {
    const desk = await openDesk({ startsAt: SUNDAY - 30 * DAY, digest: { setUpAt: SUNDAY } });
    const old = await desk.share('Only for us', {}, { tier: 'confidential', audience: 'channel' });
    await at(desk, SLOT);
    expect(digestsIn(desk, 'payments-ops')).toEqual([]);
    expect((await desk.storage.nearMisses.byId(teamOf(desk), old))?.waitsForDigest).toBeUndefined();
  });
});
