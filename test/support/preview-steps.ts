import type { Message } from '../../sandbox/state/state.ts';
import { askForPreview, lend, openSceneWithDigest, previewOf, tell } from './digest-scene.ts';
import { modalOf, said } from './doing.ts';
import type { Office } from './office.ts';

/** How asking for a preview is answered. */
export const SENT =
  'The preview is in the messages of all stewards. It is posted on Monday 20 October if nobody does anything.';
/** When the first digest is due. */
export const MONDAY = Date.UTC(2025, 9, 20, 8, 30);

/** Two named stories and a preview of them in both stewards' messages. */
export async function previewed(settings: Record<string, string> = {}) {
  const office = await openSceneWithDigest(settings);
  await tell(office, 'maria', 'the wrong rate, seen in time', { signal_kind: 'routine_check' });
  await tell(office, 'sam', 'the phones were dead at night', {});
  await lend(office, 'maria', 'NM-1', 'open ten by hand');
  await askForPreview(office, 'jon', SENT);
  const [toJon, toAmira] = await Promise.all([threadOf(office, 'jon', 4), threadOf(office, 'amira', 4)]);
  return { office, toJon, toAmira };
}

/** A preview with its thread, once it has so many messages. */
export async function threadOf(office: Office, who: string, count: number): Promise<Message[]> {
  const { channel, ts } = await previewOf(office, who);
  return office.workspace.until(
    () => {
      const thread = office.workspace.person(who).thread(channel, ts);
      return thread.length === count ? thread : undefined;
    },
    { what: `${count} messages in the preview of ${who}` },
  );
}

export function storyIn(thread: Message[], name: string): Message {
  const found = thread.find(({ text }) => text.startsWith(`Preview. ${name}`));
  if (found === undefined) throw new Error(`No ${name} in the preview.`);
  return found;
}

export async function press(office: Office, who: string, message: Message, action: string) {
  await office.workspace.person(who).press({ channel: message.channel, ts: message.ts }, action);
}

/** *Leave this out*, answered. */
export async function leaveOut(
  office: Office,
  who: string,
  message: Message,
  line: string,
  until = 'next_week',
) {
  const person = office.workspace.person(who);
  await press(office, who, message, 'leave_one_out');
  await modalOf(office, who, 'Leave this out', 'line');
  await person.change('view', 'until', until);
  await person.change('view', 'line', line);
  return person.submit();
}

/** Everything that stands in a preview now, waiting until it says this. */
export async function previewSays(office: Office, who: string, has: string): Promise<string> {
  const { channel, ts } = await previewOf(office, who);
  const words = () => office.workspace.person(who).thread(channel, ts).map(said).join('\n');
  await office.workspace.until(() => words().includes(has), {
    what: `the preview of ${who} to say "${has}"`,
  });
  return words();
}

/** The preview is removed from somebody's messages. */
export const gone = (office: Office, who: string) =>
  office.workspace.until(
    () =>
      office.workspace
        .person(who)
        .dm()
        .every(({ text }) => !text.startsWith('Preview')),
    { what: `no preview left with ${who}` },
  );
