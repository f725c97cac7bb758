import { shorten } from '../../text/shorten.ts';
import { capitalised, tidied, withoutAddresses, withoutCommitIds, withoutEmoji } from './clean-text.ts';

const STATES =
  're-?triggered|triggered|fired|firing|alerting|activated|alarm|alert|alerte|critical|crit|warning|warn|error|fatal|problem|incident|issue|opened|open|started|new|investigating|identified|monitoring|high|medium|low|major|minor|resolved|recovered|recovery|acknowledged|closed|urgent|emergency|severity|danger|page|info|sev(?:erity)?[ -]?\\d|p[0-5]|prio(?:rity)? ?\\d|prod(?:uction)?|staging|live';
const STATE_BEFORE = RegExp(
  `^(?:(?:an? |the )?(?:${STATES})(?![\\p{L}\\d])\\s*)+(?:(?: on| for) \\S+)?(?:\\s*#?\\d+)?\\s*(?:[:|]+|[-–—](?=\\s))\\s*`,
  'iu',
);
const FIRING = /^\W*(?:\[(?:firing|alerting|resolved|ok)\b[^\]]*\]|firing\s*\[\d*\])/i;
/** `FIRING[2]`, and who an alert is of. */
const COUNTED = /^(?:firing|resolved|alerting)\s*\[\d*\]\s*[:|–—-]*\s*/i;
const TOOL =
  /^(?:(?:problem|recovery)\s+)?(?:(?:host|splunk|azure|aws|amazon|datadog|grafana|prometheus|sentry|website|service|system|monitor(?:ing)?|security|uptime|server|metric|log|kibana|elastic|new relic|zabbix|nagios|cloud|kubernetes|database|production)\s+){1,2}(?:alert|alarm|warning|notification|incident)\s*:\s*/i;
const SEVERITY = /^(?:sev(?:erity)?[ -]?\d|p[0-5])\b\s*[:|–—-]*\s*/i;
const SEVERITY_AFTER =
  /\s+[-–—|]\s+(?:critical|warning|info|page|high|low|medium|error|severity \w+|p[0-5]|sev.?\d)\s*$/i;
/** When it was, and by which tool it came. */
const AT = /\s+(?:at|on|since)\s+\d{4}-\d{2}-\d{2}[T ]?[\d:.]*Z?(?:\s*UTC)?|\s+via\s+\p{Lu}[\p{L} ]+$/gu;
const NO_DATA = /^\[(?:no data)\]\s*/i;
const BRACKETED = /^\s*(?:\[[^\]]*\]|【[^】]*】|\((?:sev|p|prio)[^)]*\))\s*[:|–—-]*\s*/i;
const PINGED = /^(?:@(?:a group|[\p{L}\p{N}._-]+)[\s,:]*)+/u;
const NUMBERED =
  /^(?:(?:incident|alert|issue|ticket|case|problem|event|inc)\s*)?(?:#\s?\w*\d\w*(?:\s+(?:opened|created|triggered|activated|started|is open)(?=\s*:))?|(?:inc|cs|req|ritm|chg|prb)\d{4,})\s*[:|–—-]*\s*/i;
/** As issue trackers number: in capital letters. */
const KEYED = /^[A-Z][A-Z\d]{1,9}-\d+\b\s*[:|–—-]*\s*/;
const DOWN =
  /^(?:monitor is |check is )?(down|offline|unreachable)\s*[:|]\s*(.+?)(?:\s*(?:[-–—|:.]\s*|\()(?:reason|cause|error)\s*:?\s*(.+?)\)?)?$/i;
const DOWN_IN_BRACKETS = /^\[([^\]]+)\]\s*\[\W*(down|offline|unreachable)\]\s*(.*)$/i;
const REGION =
  /\s+in\s+(?:(?:us|eu|ap|sa|ca|me|af)-\w+-\d|(?:US (?:East|West)|EU|Europe|Asia Pacific|South America|Canada|Africa|Middle East)(?: \w+)?\s+\([^)]*\))\s*$/i;
const QUOTED = /^(?:[^"“'«]*\b(?:alert|alarm|monitor|check|rule|incident)\s+)?["“”'«]([^"“”«»]+)["“”'»]$/iu;

/** What is longer is no title, and rules take time. */
const LONGEST_TITLE = 240;

/** A title without what says only that it is one: states, priorities, numbers, labels, addresses. */
export function cleanedTitle(given: string): string {
  const raw = shorten(given, LONGEST_TITLE);
  const [, state, what = '', reason] = DOWN.exec(withoutMarks(raw)) ?? [];
  if (state !== undefined) return down(what, state, reason);
  const [, site, how = '', why = ''] = DOWN_IN_BRACKETS.exec(withoutMarks(raw)) ?? [];
  if (site !== undefined) return down(site, how, why === '' ? undefined : why);
  const noData = NO_DATA.test(raw.trim()) ? 'No data: ' : '';
  const bare = peeled(segmentOf(withoutMarks(raw)));
  const named = inWords(withoutLabels(bare, FIRING.test(raw.trim())));
  return capitalised(noData + tidied(named));
}

function down(what: string, state: string, reason: string | undefined): string {
  const subject = tidied(peeled(withoutAddresses(what)));
  const said = `${subject} is ${state.toLowerCase()}`;
  return capitalised(reason === undefined ? said : `${said}: ${tidied(reason)}`);
}

const LEADS_ELSEWHERE = /\((?:view|link|details|more|open|here|logs?|source|dashboard|runbook|graph)\)/gi;

/** Addresses, ids, pictures, stars at the ends, and names of links that lead elsewhere. */
function withoutMarks(raw: string): string {
  // As a cloud says it: in which region, and that the state changed, before and after what it is about.
  const about = raw
    .replace(/^(\W*alarm\W*) in [\w-]+:/i, '$1:')
    .replace(/\s+(?:has )?(?:entered|is in|changed to) (?:the )?ALARM state(?: because)?\s*/i, ': ');
  const plain = withoutCommitIds(withoutAddresses(withoutEmoji(about))).replaceAll(LEADS_ELSEWHERE, ' ');
  return tidied(plain).replace(/^[\s*_~]+|[\s*_~]+$/g, '');
}

/** States, numbers and brackets before the title, in any order, as long as there are any. */
function peeled(title: string): string {
  const shorter = [
    PINGED,
    COUNTED,
    BRACKETED,
    NUMBERED,
    KEYED,
    TOOL,
    SEVERITY,
    STATE_BEFORE,
    SEVERITY_AFTER,
    AT,
  ]
    .reduce((so, rule) => so.replace(rule, ''), title)
    .trim();
  const unquoted = shorter.replace(REGION, '').replace(QUOTED, '$1').trim();
  return unquoted === title || unquoted === '' ? title : peeled(unquoted);
}

const NOT_A_TITLE =
  /^(?:(?:aws |amazon )?cloudwatch(?: alarm)?|alarm|alert|incident|account\b.*|(?:us|eu|ap|sa|ca|me|af)-\w+-\d|region\b.*|\d+|grafana|prometheus|prod(?:uction)?|staging|critical|warning|p\d|sev.?\d|high|medium|low|firing|triggered|open)$/i;

/** Of a title in pieces, `a | b | c`, the first that says something. */
function segmentOf(title: string): string {
  const pieces = title.split(/\s+[|·]\s+/).map(peeled);
  return pieces.find((piece) => piece !== '' && !NOT_A_TITLE.test(piece)) ?? title;
}

const RULE_NAME = /^\p{L}[\p{L}\d]*\p{Lu}[\p{L}\d]*$/u;
/** Names of programs and of errors, which are spelt so. */
const SPELT_SO =
  /(?:Error|Exception|Fault|Warning)$|^(?:Git(?:Hub|Lab)|PagerDuty|CloudWatch|CloudFront|OpenSearch|RabbitMQ|Post(?:gre)?SQL|MySQL|MongoDB|DynamoDB|JavaScript|TypeScript|PayPal|YouTube|LinkedIn|WordPress|ElasticSearch|HubSpot|SharePoint|OneDrive|PowerBI|QuickBooks|DocuSign|WhatsApp|FaceTime|MacBook|ServiceNow|SalesForce|BigQuery|CircleCI|TeamCity|GraphQL|NoSQL|DevOps|WiFi|VoIP|\p{Lu}+s?)$/u;
const humps = (token: string) => token.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+/gu) ?? [];

const isRuleName = (token: string, least: number) =>
  RULE_NAME.test(token) && !SPELT_SO.test(token) && humps(token).length >= least;

/** Labels in brackets at the end, and after a rule's name those it was grouped by. */
function withoutLabels(title: string, isFiring: boolean): string {
  const [first = '', ...rest] = (isFiring ? title.replace(/^\(([^()]*)\)$/, '$1') : title).split(' ');
  const bare = first.replace(/[:,]$/, '');
  const isNamed = isRuleName(bare, 2) || /^\p{L}[\p{L}\d]*(?:[_-][\p{L}\d]+){2,}$/u.test(bare);
  const [, said = ''] = /(?:[-–—]|(?<=:))\s(.+)$/.exec(rest.join(' ').replace(/\s*\(.*$/, '')) ?? [];
  if (isFiring && isNamed && !first.endsWith(':') && said.split(' ').length < 3) return bare;
  const withLabels =
    isFiring || isNamed
      ? /\s*[([][^()[\]]*[)\]]\s*$/
      : /\s*(?:\([^()]*[=:][^()]*\)|\[[^\]]*\]|\{[^}]*\})\s*$/;
  return title
    .replace(withLabels, '')
    .replaceAll(/(?<=\s|^)[\p{Ll}_.]+:(?=[\p{L}\d][\p{L}\d._-]*(?:\s|$|,))/gu, '');
}

/** `LedgerLagHigh`, `ledger_lag_high` and `ledger-lag-high`, said in words; other words stay. */
function inWords(title: string): string {
  const tokens = title.split(' ');
  const isAlone = tokens.length === 1;
  return tokens
    .map((token, at) => {
      const [, bare = token, end = ''] = /^(.*?)([:,.]?)$/.exec(token) ?? [];
      if (isRuleName(bare, isAlone ? 2 : 3)) return humpsInWords(bare, at === 0) + end;
      const isCode =
        /^\p{L}[\p{L}\d]*(?:_[\p{L}\d]+)+$/u.test(bare) ||
        (isAlone && /^\p{L}[\p{L}\d]*(?:[-./][\p{L}\d]+){2,}$/u.test(bare));
      return isCode
        ? bare
            .toLowerCase()
            .split(/[_./-]/)
            .join(' ') + end
        : token;
    })
    .join(' ');
}

function humpsInWords(token: string, isFirst: boolean): string {
  const said = token
    .match(/\p{Lu}+(?!\p{Ll})s?|\p{Lu}?\p{Ll}+|\d+\p{Ll}*/gu)
    ?.map((hump) => (/^\p{Lu}{2,}/u.test(hump) ? hump : hump.toLowerCase()))
    .join(' ');
  return isFirst ? capitalised(said ?? token) : (said ?? token);
}
