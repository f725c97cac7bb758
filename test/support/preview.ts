import type { Message } from '../../sandbox/state/state.ts';
import type { BotOnTheWire } from './bot-on-the-wire.ts';
import { botWithDigest } from './digest.ts';
import { ephemeralOf, modalOf, said } from './screen.ts';
import { lend, tell } from './story.ts';

/** How asking for a preview is answered. */
export const SENT =
  'The preview is in the messages of all stewards. It is posted on Monday 20 October if nobody does anything.';

/** When the first digest is due. */
export const MONDAY = Date.UTC(2025, 9, 20, 8, 30);

/** Two named stories and a preview of them in both stewards' messages. */
export async function botWithPreview(settings: Parameters<typeof botWithDigest>[0] = {}) {
  const bot = await botWithDigest(settings);
  await tell(bot, 'maria', 'the wrong rate, seen in time', { signal_kind: 'routine_check' });
  await tell(bot, 'sam', 'the phones were dead at night', {});
  await lend(bot, 'maria', 'NM-1', 'open ten by hand');
  await askForPreview(bot, 'jon', SENT);
  const [toJon, toAmira] = await Promise.all([previewThread(bot, 'jon', 4), previewThread(bot, 'amira', 4)]);
  return { bot, toJon, toAmira };
}

/** `/nearmiss digest preview`, and how it is answered. */
export async function askForPreview(bot: BotOnTheWire, who: string, answer: string): Promise<void> {
  await bot.workspace.person(who).command('payments-ops', '/nearmiss digest preview');
  await ephemeralOf(bot, who, answer);
}

/** The parent of the preview in somebody's messages from the app, once it stands there. */
export function previewOf({ workspace }: BotOnTheWire, who: string): Promise<Message> {
  return workspace.until(
    () =>
      workspace
        .person(who)
        .dm()
        .find(({ text }) => text.startsWith('Preview. What')),
    {
      what: `${who} to see a preview`,
    },
  );
}

/** A preview with its thread, once it has so many messages. */
export async function previewThread(bot: BotOnTheWire, who: string, count: number): Promise<Message[]> {
  const { channel, ts } = await previewOf(bot, who);
  return bot.workspace.until(
    () => {
      const thread = bot.workspace.person(who).thread(channel, ts);
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

export async function press(bot: BotOnTheWire, who: string, message: Message, action: string) {
  await bot.workspace.person(who).press({ channel: message.channel, ts: message.ts }, action);
}

/** *Leave this out*, answered. */
export async function leaveOut(
  bot: BotOnTheWire,
  who: string,
  message: Message,
  line: string,
  until = 'next_week',
) {
  const person = bot.workspace.person(who);
  await press(bot, who, message, 'leave_one_out');
  await modalOf(bot, who, 'Leave this out', 'line');
  await person.change('view', 'until', until);
  await person.change('view', 'line', line);
  return person.submit();
}

/** Everything that stands in a preview now, waiting until it says this. */
export async function previewSays(bot: BotOnTheWire, who: string, has: string): Promise<string> {
  const { channel, ts } = await previewOf(bot, who);
  const words = () => bot.workspace.person(who).thread(channel, ts).map(said).join('\n');
  await bot.workspace.until(() => words().includes(has), {
    what: `the preview of ${who} to say "${has}"`,
  });
  return words();
}

/** The preview is removed from somebody's messages. */
export const gone = (bot: BotOnTheWire, who: string) =>
  bot.workspace.until(
    () =>
      bot.workspace
        .person(who)
        .dm()
        .every(({ text }) => !text.startsWith('Preview')),
    { what: `no preview left with ${who}` },
  );
