import { describe, expect, test } from 'vitest';
import type { Message } from '../../sandbox/state/state.ts';
import { DAY, digestIn, repliesTo } from '../support/digest-scene.ts';
import { expectNoComplaints, holdTheDatabase, modalOf, wordsOf } from '../support/doing.ts';
import { gone, MONDAY, press, previewed, previewSays, threadOf } from '../support/preview-steps.ts';

describe('Hold', () => {
  test('asks until when; the others see who holds it; it is posted then', async () => {
    const { office, toJon, toAmira } = await previewed();
    const { workspace } = office;
    await press(office, 'amira', toAmira[0] as Message, 'hold_digest');
    const asked = await modalOf(office, 'amira', 'Hold the digest', 'until');
    expect(asked.state.values.until?.until).toMatchObject({ selected_date: '2025-10-21' });
    await workspace.person('amira').change('view', 'until', '2025-10-13');
    expect((await workspace.person('amira').submit()).errors).toEqual({
      until: 'Please choose a day that is still to come.',
    });
    await workspace.person('amira').change('view', 'until', '2025-10-22');
    await workspace.person('amira').submit();
    expect(wordsOf(workspace.person('amira').view())).toBe('It is held until Wednesday 22 October.');
    await previewSays(office, 'jon', 'Amira Haddad holds it until Wednesday 22 October.');
    // A press on what stood there a moment ago.
    await press(office, 'jon', toJon[0] as Message, 'hold_digest').catch(() => undefined);
    await office.goTo(MONDAY + DAY);
    expect(workspace.person('jon').messages('learning')).toEqual([]);
    await office.goTo(MONDAY + 2 * DAY + 60_000);
    await repliesTo(office, await digestIn(office), 3);
    await gone(office, 'jon');
    expectNoComplaints(office);
  });

  test('that cannot be saved says so, and is held when it is pressed again', async () => {
    const { office, toJon } = await previewed();
    const jon = office.workspace.person('jon');
    await press(office, 'jon', toJon[0] as Message, 'hold_digest');
    await modalOf(office, 'jon', 'Hold the digest', 'until');
    const release = holdTheDatabase(office);
    const { errors } = await jon.submit();
    release();
    expect(errors.until).toBe(
      'This could not be saved just now. What you entered is still here. Please press the button again in a moment.',
    );
    await jon.submit();
    expect(wordsOf(jon.view())).toBe('It is held until Tuesday 21 October.');
    expectNoComplaints(office);
  });

  test('two at once: the second hears whose hold it is', async () => {
    const { office, toJon, toAmira } = await previewed();
    const { workspace } = office;
    await press(office, 'jon', toJon[0] as Message, 'hold_digest');
    await modalOf(office, 'jon', 'Hold the digest', 'until');
    await press(office, 'amira', toAmira[0] as Message, 'hold_digest');
    await modalOf(office, 'amira', 'Hold the digest', 'until');
    await workspace.person('amira').submit();
    await workspace.person('jon').submit();
    expect(wordsOf(workspace.person('jon').view())).toBe('Amira Haddad holds it until Tuesday 21 October.');
    await previewSays(office, 'jon', 'Amira Haddad holds it until Tuesday 21 October.');
    const [parent] = await threadOf(office, 'jon', 4);
    await workspace.person('jon').close();
    await press(office, 'jon', parent as Message, 'publish_digest');
    await digestIn(office);
    expectNoComplaints(office);
  });
});
