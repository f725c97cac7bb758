import { alertWords } from './alert.ts';
import { withoutEmoji } from './clean-text.ts';
import { isForm } from './form.ts';
import { type Part, saidIn, type ThreadMessage } from './message.ts';
import { saysWhatIsWrong } from './what-is-wrong.ts';

/**
 * What a bot's message is: an alert; a form somebody filled in; that something is over or taken care of; a notice
 * that somebody changed something; an answer or anything else a bot says to people.
 */
export type BotMessage = 'alert' | 'form' | 'over' | 'notice' | 'talk' | 'nothing';

const OVER =
  /^\W*(?:(?:resolved|recovered|closed|acknowledged|ack['’]?e?d|fixed|cleared|recovery)\b|(?:ok|up|normal|good|completed)\s*(?:[\]:!|–—-]|$)|(?:alert|alarm|incident|issue|problem|monitor)?\s*#?[\w-]*\s*(?:was |has been |is |is now )?(?:resolved|recovered|acknowledged|closed|ack['’]?e?d)\b)|\b(?:has been|was|is now|got) (?:resolved|acknowledged|closed|recovered|cleared)\b|\bis (?:back )?up(?: again)?\b|\bback (?:to normal|online|up)\b|\b(?:acknowledged|resolved|closed|ack['’]d) (?:by|via|the|this|incident|alert)\b|\bis (?:ok|healthy|normal)\b|^\W*(?:✅|:white_check_mark:|🟢)/iu;
const STILL_FIRING = /\[?(?:firing|alerting|triggered)\b/i;
const CHANGED =
  /\b(?:pull request|merge request|merged?|pushed|commits?|deploy(?:ed|ing|s|ment)?|released?|release notes|rolled out|rolling out|rollout|shipped|published|build|pipeline|workflow run|branch|version \d|v\d+\.\d+|changelog|maintenance|feature flag|toggled|(?:moved|transitioned|changed)\b.{0,60}\bto|commented on|edited|renamed|archived|turned (?:on|off)|config(?:uration)? (?:change|updated))\b/i;
const CHANGER =
  /^(?:github|gitlab|bitbucket|argo ?cd|deploy\w*|jenkins|circleci|release\w*|ship\w*|vercel|netlify|heroku|azure devops|launchdarkly|spinnaker|buildkite|renovate|dependabot)/i;
const FAILED =
  /\b(?:fail\w*|error\w*|broke\w*|crash\w*|rolled back|rollback|abort\w*|unhealthy|degraded|timed out|stuck|red)\b/i;
/** What apps ask everybody, day after day. */
const ROUTINE =
  /\b(?:poll|survey|stand-?up|check-?in|daily|weekly|retro(?:spective)?)\b(?=[\s:*]|$).*(?:[?？]|update)|\bpoll by\b|\bposted an update\b/iu;
const TALK =
  /^(?:hi\b|hello\b|hey\b|thanks|thank you|welcome|reminder\b|good (?:morning|afternoon)|i['’](?:ve|m)\b|i (?:have|am|found|created)\b|here (?:is|are)|did you|have you|it looks like you|please\b|to (?:help|get)|your (?:request|message|ticket)|we(?:['’]ve| have)? (?:received|got)|stand-?up|daily\b|weekly\b|poll\b|question of|summary of this|ai\b|suggest)|\b(?:incident channel|war room|zoom|huddle|postmortem|retro|stand-?up|rota for|on[ -]call (?:this|today|is|for)|poll|joined|invited|has been assigned|assigned to you)\b/i;

/** What kind it is, by its first lines and by what it was sent with; its own parts decide about a form. */
export function botMessage(message: ThreadMessage, isAnswer = false): BotMessage {
  const { bot = '', aside = '' } = message;
  const head = headOf(saidIn(message));
  if (head === '' && !message.parts.some(({ isCode }) => isCode)) return 'nothing';
  const raw = `${head}\n${aside}`;
  const plain = withoutEmoji(head).trim();
  if (!STILL_FIRING.test(raw) && (OVER.test(plain) || OVER.test(aside.trim()))) return 'over';
  const hasFailed = FAILED.test(head);
  if (!hasFailed && (CHANGED.test(raw) || (CHANGER.test(bot) && !saysWhatIsWrong(head)))) return 'notice';
  if (ROUTINE.test(plain)) return 'talk';
  if (isForm(message)) return 'form';
  if (isSaidTo(message, isAnswer) || TALK.test(plain) || /[?？](?::|$)/m.test(plain)) return 'talk';
  if (isAnswer && !STILL_FIRING.test(raw) && !saysWhatIsWrong(head)) return 'talk';
  return alertWords(message) === '' ? 'nothing' : 'alert';
}

/** It begins with whom it speaks to: an answer, unless somebody is called because something is wrong. */
function isSaidTo({ parts: [first] }: ThreadMessage, isAnswer: boolean): boolean {
  if (first?.mentions === undefined || !first.text.startsWith('@')) return false;
  return isAnswer || !saysWhatIsWrong(first.text);
}

function headOf(parts: Part[]): string {
  return parts
    .slice(0, 2)
    .map(({ text, label }) => (label === undefined ? text : `${label}: ${text}`))
    .join('\n');
}
