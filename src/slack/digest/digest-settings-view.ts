import type { ViewOutput } from '@slack/bolt';
import type { InputBlock, KnownBlock, ModalView, PlainTextOption } from '@slack/types';
import { isZone } from '../../calendar.ts';
import { channelWords, outsideWords, type Place } from '../../domain/access/place.ts';
import { DEFAULT_REPLIES, type DigestSettings } from '../../domain/digest/digest.ts';
import { context, option, plainText, selectInput, typed } from '../platform/blocks.ts';
import { entered } from '../platform/view-values.ts';

export const DIGEST_SETTINGS = 'digest_settings';

const CHANNEL = 'channel';

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const PREVIEWS = [
  ['0', 'No preview'],
  ['60', 'An hour before'],
  ['240', 'Four hours before'],
  ['1440', 'A day before'],
] as const;
const QUIET_WEEKS = [
  ['nothing', 'Post nothing'],
  ['archive', 'One from the archive'],
] as const;

/** What a workspace that never set it up starts from; the zone is that of whoever sets it up. */
export function suggestedDigest(
  zone: string,
): Omit<DigestSettings, 'channelId' | 'channelName' | 'setUpAt' | 'since'> {
  return {
    weekday: 1,
    minutes: 9 * 60 + 30,
    zone,
    previewMinutes: 1440,
    quietWeek: 'nothing',
    replies: DEFAULT_REPLIES,
  };
}

/** `/nearmiss digest settings`. `next` says when the next one is, once there is a channel. */
export function digestSettingsView(
  settings: Omit<DigestSettings, 'channelId' | 'channelName' | 'setUpAt' | 'since'> & {
    channelId?: string | undefined;
  },
  next: string | undefined,
): ModalView {
  return {
    type: 'modal',
    callback_id: DIGEST_SETTINGS,
    title: plainText('The weekly digest'),
    submit: plainText('Save'),
    close: plainText('Cancel'),
    blocks: [
      ...(next === undefined ? [typed('Until a channel is chosen nothing is posted.')] : [typed(next)]),
      channelInput(settings.channelId),
      required(
        selectInput('weekday', { label: 'On which day?' }, weekdayOptions(), String(settings.weekday)),
      ),
      timeInput(settings.minutes),
      zoneInput(settings.zone),
      previewInput(settings.previewMinutes),
      quietWeekInput(settings.quietWeek),
      repliesInput(settings.replies),
    ],
  };
}

function previewInput(minutes: number | undefined): InputBlock {
  return required(
    selectInput(
      'preview',
      {
        label: 'When do the stewards see it first?',
        hint: 'They can hold it, leave something out, or publish it early. If nobody does anything it is posted on time.',
      },
      PREVIEWS.map(([value, words]) => option(value, words)),
      String(minutes ?? 0),
    ),
  );
}

function quietWeekInput(chosen: string): InputBlock {
  return required(
    selectInput(
      'quiet_week',
      { label: 'And in a week with nothing new?' },
      QUIET_WEEKS.map(([value, words]) => option(value, words)),
      chosen,
    ),
  );
}

function channelInput(chosen: string | undefined): InputBlock {
  return {
    type: 'input',
    block_id: CHANNEL,
    label: plainText('In which channel?'),
    hint: plainText('The app has to be in it.'),
    element: {
      type: 'conversations_select',
      action_id: CHANNEL,
      filter: { include: ['public', 'private'], exclude_bot_users: true },
      placeholder: plainText('Choose a channel'),
      ...(chosen !== undefined && { initial_conversation: chosen }),
    },
  };
}

function weekdayOptions(): PlainTextOption[] {
  return WEEKDAYS.map((words, at) => option(String(at + 1), words));
}

function timeInput(minutes: number): InputBlock {
  return {
    type: 'input',
    block_id: 'time',
    label: plainText('At what time?'),
    element: { type: 'timepicker', action_id: 'time', initial_time: clockWords(minutes) },
  };
}

/** Typed, since Slack's lists hold a hundred options and there are four hundred zones. */
function zoneInput(zone: string): InputBlock {
  return {
    type: 'input',
    block_id: 'zone',
    label: plainText('In which time zone?'),
    hint: plainText('For example Europe/Madrid or America/New_York.'),
    element: { type: 'plain_text_input', action_id: 'zone', initial_value: zone, max_length: 60 },
  };
}

function repliesInput(replies: number): InputBlock {
  return {
    type: 'input',
    block_id: 'replies',
    label: plainText('How many stories stand in the thread?'),
    hint: plainText('The rest are behind a button. All of them count as in this digest.'),
    element: {
      type: 'plain_text_input',
      action_id: 'replies',
      initial_value: String(replies),
      max_length: 3,
    },
  };
}

function required<Input extends { optional?: boolean }>(input: Input): Input {
  return { ...input, optional: false };
}

function clockWords(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

type ReadDigestSettings =
  | { settings: Omit<DigestSettings, 'channelName' | 'setUpAt' | 'since'> }
  /** Words under the box they are about. */
  | { errors: Record<string, string> };

/** What was chosen, or what is wrong with it. */
export function readDigestSettings(view: Pick<ViewOutput, 'state'>): ReadDigestSettings {
  const values = entered(view);
  const zone = values.text('zone') ?? '';
  const replies = Number(values.text('replies'));
  const errors: Record<string, string> = {
    ...(!keepsSummer(zone) && { zone: 'This is not a time zone the app knows. Europe/Madrid is one.' }),
    ...((!Number.isInteger(replies) || replies < 1 || replies > 100) && {
      replies: 'A number from 1 to 100, please.',
    }),
  };
  if (Object.keys(errors).length > 0) return { errors };
  const [hours = 0, minutes = 0] = (values.time('time') ?? '09:30').split(':').map(Number);
  const preview = Number(values.chosen('preview') ?? 0);
  return {
    settings: {
      channelId: values.conversation(CHANNEL) ?? '',
      weekday: Number(values.chosen('weekday') ?? 1),
      minutes: hours * 60 + minutes,
      zone,
      ...(preview > 0 && { previewMinutes: preview }),
      quietWeek: values.chosen('quiet_week') === 'archive' ? 'archive' : 'nothing',
      replies,
    },
  };
}

/** A mere offset from UTC knows no summer, so it is no zone here. */
function keepsSummer(zone: string): boolean {
  return isZone(zone) && /^[A-Za-z]/u.test(zone);
}

/** Words under the channel. */
export function channelError(words: string): Record<string, string> {
  return { [CHANNEL]: words };
}

/** After Save: the next date in words, and who else will read it. */
export function digestSaved(
  nextDay: string,
  place: Pick<Place, 'name' | 'kind' | 'sharedOutside' | 'outside'>,
): KnownBlock[] {
  return [
    typed(`Saved. The next digest is in ${channelWords(place)} on ${nextDay}.`),
    ...(place.sharedOutside ? [context(outsideWords(place, 'the digest'))] : []),
  ];
}
