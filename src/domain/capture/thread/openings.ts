import { ANY_NAME } from './names.ts';

const start = (pattern: string) => RegExp(`^${pattern}`, 'iu');

const EVERYBODY = `(?:all|everyone|everybody|team|folks|guys|there|both|y['’]?all|people|friends|colleagues|crew|support|equipo|équipe|zusammen|(?:a )?tutti|alle|alles|allerseits|à tous|tous|tout le monde|a todos|todos|pessoal|gente|allemaal|alla|${ANY_NAME}|@(?:a group|[\\p{L}\\p{N}._-]+))`;
const AFTER = `(?:\\s*(?:[,.!:;…–—-]|$)+\\s*|\\s+)`;
const PAUSE = `(?:\\s*[:：!]+\\s*|\\s*,\\s*|\\s+[-–—…]+\\s+|\\.{2,}\\s*|…\\s*)`;
const LABELLED = `(?:\\s*[:：|]+\\s*|\\s+[-–—]+\\s+)`;

const HELLO =
  'hi+|hello+|hey+a?|hiya|howdy|yo|heya|greetings|good (?:morning|afternoon|evening|day)|gm|hallo|hoi|moin(?: moin)?|servus|gr(?:ü|ue)(?:ß|ss) gott|guten (?:morgen|tag|abend)|goede?n?(?:morgen|middag|avond)|bonjour|bonsoir|salut|coucou|hola|buen[oa]s (?:d[ií]as|tardes|noches)|ol[áa]|bom dia|boa tarde|ciao|buon(?:giorno|asera)|hej(?:san)?|god (?:morgon|morgen|dag)|hei|cześć|dzień dobry|привет|добрый день|こんにちは|お疲れ様です|你好|大家好';

/** A greeting, and whom it greets. */
const GREETINGS = [
  start(
    `(?:${HELLO})(?:\\s+[\\p{L}&]+){0,3}\\s+(?:team|folks|people|friends|colleagues|crew|support|desk|ops)\\s*[,.!:–—-]+\\s*`,
  ),
  start(
    `(?:${HELLO})(?![\\p{L}\\p{N}'’])(?:(?:\\s*,?\\s+|\\s+(?:and|&|und|et|y)\\s+)${EVERYBODY}(?![\\p{L}\\p{N}]))*${AFTER}`,
  ),
  start(
    `(?:morning|afternoon|evening|tag|morgen)(?:\\s+${EVERYBODY}(?![\\p{L}\\p{N}]))*(?:\\s*[,.!:–—]+\\s*|$)`,
  ),
  start(`(?:morning|afternoon|evening)(?:\\s+${EVERYBODY}(?![\\p{L}\\p{N}]))+\\s*`),
];
/** A greeting by a name nobody here has. */
const GREETED =
  /^(?:hi|hello|hey|dear|hallo|hola|bonjour|liebe[rs]?)\s+\p{Lu}[\p{L}'’-]+(?:\s+\p{Lu}[\p{L}'’-]+)?\s*[,!:–—]\s*/iu;

/** What says only that something follows. */
const ANNOUNCING = [
  start(
    `(?:heads?[ -]?up|fyi|psa|note|n\\.?b\\.?|update|urgent|important|attention|achtung|warning|incident(?: declared| opened| started| report)?|(?:issue |incident |problem )?(?:summary|description|details)|issue|problem|bug|(?:quick |small |short |stupid |dumb |silly )*question|status|info|alert|reminder|summary|symptoms?|impact|description|details?|what happened|what(?:['’]s| is) happening|(?:ticket|case|inc)(?= ?#?\\d)|near[- ]?miss(?: \\p{L}+){0,3}|(?:quick )?sanity check|(?:small|minor|tiny|little|weird|strange|one|funny) (?:thing|one)|something (?:odd|weird|strange|interesting|funny|off)|(?:update|news|info) (?:on|about|re|regarding)(?: \\p{L}+){1,4}|title|subject|topic|tl;?dr|context|sev(?:erity)?[ -]?\\d|p\\d|investigating|identified|monitoring|resolved|completed|fixed|post-?mortem|verifying|in progress|report(?:ed)?|observation|(?:root |likely |probable )?cause|(?:kurze |zur |nur zur )?info|hinweis|(?:petite |pour )?info|aviso|ojo|let op|ter info|quick one|help(?: needed)?|need(?:ing)? help|possible \\p{L}+|new \\p{L}+|problema|problème|fehler|probleem)(?:\\s*#?\\d+)?${LABELLED}`,
  ),
  start(
    `(?:just |this is )?(?:an? )?(?:quick |small |friendly |little )*(?:heads?[ -]?up|fyi|psa)(?: (?:for|to) (?:the )?\\p{L}+| ${EVERYBODY})?(?: that)?(?:\\s*[,:;.!–—-]+\\s*|\\s+)`,
  ),
  start(
    `(?:so|ok(?:ay)?|right|well|um+|hmm+|uh+|oh(?: no)?|ah+|argh+|ugh+|yeah|yep|yes|nope?|btw|by the way|also|and|but|again|sorry|apologies|guys|folks|team|all|everyone|everybody|actually|basically|alright|now|thanks|thank you|done|confirmed|good question|fun fact|ouch|whoa|wow|eek|uh[ -]oh|oops|dammit|damn)${PAUSE}`,
  ),
  start(
    `(?:so|ok(?:ay)?|um+|hmm+|uh+|yeah|btw|by the way|apparently|unfortunately|oh(?: no)?|also|turns out(?: that)?|fyi)\\s+(?=\\p{L}+\\s)`,
  ),
  start(`(?:ok(?:ay)?|alright|right|so|hi|hey)\\s+${EVERYBODY}\\s*[,:!–—-]+\\s*`),
  start(`just so (?:everyone|everybody|you|people|we)(?: all)? (?:knows?|are aware|is aware)\\s*[,:–—-]\\s*`),
  start(`in case (?:any(?:one|body)|you|someone)[^,:.]{0,60}[:,]\\s*`),
  start(`reminder that\\s+`),
  start(`(?:lol|haha|hehe|omg|wow|ugh)\\s+(?=\\p{L}+\\s)`),
  start(
    `(?:i (?:might|may|could) be wrong|correct me if i['’]?m wrong|maybe it['’]?s (?:just|only) me)[^,.]{0,20}?,?\\s+but\\s+`,
  ),
  start(`following up on [^:,.]{1,40}[:,]\\s*`),
  start(`as (?:discussed|mentioned|agreed|reported|promised)[^:,.]{0,40}[:,]\\s*`),
  start(`(?:please|pls|plz|kindly)\\s+(?=(?:don['’]t|do not|stop|avoid|never|be careful|ignore)\\b)`),
  start(`(?:sorry|apologies)\\s+(?:to|for|if)\\s[^,.–—]{0,60}?(?:,?\\s+but\\s+|\\s*,\\s*|\\s+[-–—]\\s+)`),
  start(
    `(?:i['’]?m |we['’]?re |it['’]?s |this is )?(?:not sure|unsure|don['’]t know|no idea|not (?:\\p{L}+ )?(?:urgent|critical|important|dramatic))[^,.]{0,60}?,?\\s+but\\s+`,
  ),
  start(
    `(?:i |we )?(?:['’]d |would )?(?:just )?(?:want(?:ed)?|like|need(?:ed)?) to (?:flag|let (?:you|everyone|people|the team) (?:all )?know|mention|share|say|raise|report|highlight|point out|note|warn (?:you|everyone))(?: that| you)?\\s*[:,–—-]?\\s+`,
  ),
  start(
    `(?:(?:i['’]m |just )*(?:flagging|letting (?:you|everyone) know|reporting|sharing|writing to (?:report|say))|please (?:note|be aware)|be aware|note)(?: that)\\s+`,
  ),
  start(
    `(?:quick |a )?(?:question|note|message|heads?[ -]?up|fyi|update|reminder|info|warning) (?:for|to) [^:,.]{1,40}[:,]\\s*`,
  ),
  start(
    `(?:big |many |huge )?(?:thanks|thank you|thx|kudos|shout-?out|props)\\b[^:–—.!?]{0,60}[:–—.!]\\s+(?=[\\p{L}\\d]+ [\\p{L}\\d]+ )`,
  ),
  start(`(?:sev[ -]?\\d|p[0-5])\\b\\s+(?=\\p{L})`),
];

/** Where and when a line was said, as timelines have it. */
const STAMPS = [
  start(
    `[[(]?(?:\\d{4}-\\d{2}-\\d{2}|\\d{1,2}[./]\\d{1,2}[./]\\d{2,4}|(?:mon|tue|wed|thu|fri|sat|sun)\\p{L}*,?\\s+\\d{1,2}|\\p{L}{3,9}\\.? \\d{1,2}(?:,? \\d{4})?(?=[,\\s]+\\d{1,2}:))[\\sT,]*(?=[-–—\\d\\])])`,
  ),
  start(
    `[[(~]?\\s*(?:at\\s+)?\\d{1,2}[:.h]\\d{2}(?:[:.]\\d{2})?Z?\\s*(?:[ap]\\.?m\\.?)?\\s*(?:utc|gmt|[a-z]{1,4}t|uhr)?\\s*[\\])]?(?:\\s*[-–—:|>]+\\s*|\\s*,\\s*|\\s+)(?!\\p{Ll}+ (?:on|in) )`,
  ),
  start(`[[【(]\\s*(?:\\p{L}+ ?)?[\\p{L}\\p{N}#_:./-]{1,24}\\s*[\\]】)]\\s*[:–—-]?\\s*`),
  start(`(?:[A-Z]{2,10}-\\d+|#\\d{2,})\\s*[:|–—-]*\\s*`),
  /^[\s•◦▪*>|~_–—:,.;!…-]+/u,
  /^(?:\d{1,2}[.)]|[a-z]\))\s+/u,
];

const ADVERB =
  '(?:(?:just|now|also|currently|still|been|both|recently|actively|suddenly|all|have|having|had)\\s+)*';
const NOTICED =
  'notic(?:ed?|ing)|see(?:ing|n)?|saw|f(?:ound|ind)|discovered|spotted|observ(?:ed|e|ing)|reali[sz]ed';

/** Who sees it and how sure they are, before what it is that they see. */
export const SEEING = [
  start(`${ANY_NAME}\\s+(?:just )?(?:says|said|thinks|mentioned)(?: that)?,?\\s+`),
  start(`(?:according to|thanks to)\\s+${ANY_NAME}(?:\\s*,)?\\s+`),
  start(
    `${ANY_NAME}(?:\\s+(?:and|&)\\s+${ANY_NAME})?\\s+(?:just |also )?(?:noticed|noticing|found(?: out)?|saw|sees|spotted|discovered|reported|reports|identifies|identified) that\\s+`,
  ),
  start(
    `(?:looking (?:at|through|into)|checking|going through|when I) [^,.]{1,40}?,? (?:i|we) (?:can )?(?:see|saw|notice[d]?|found)(?: that)?\\s+`,
  ),
  start(
    `(?:an? |the |our )?(?:\\p{L}+ )?(?:alerts?|alarms?|page|monitors?|monitoring) (?:fires?|fired|triggers?|triggered|goes? off|went off|comes? in|came in|received) (?:for|on|about|due to|because of|that|saying)\\s+`,
  ),
  start(
    `(?:the |our )?(?:on[ -]?call(?: engineer)?|engineers?|team|support(?: team| desk)?|monitoring|qa|we) (?:notice[sd]?|sees?|saw|observe[sd]?|detect(?:s|ed)?|reports?|reported|discover(?:s|ed)?) (?:that )?(?=\\p{L}+ \\p{L}+ )`,
  ),
  start(
    `(?:i|we)(?:['’](?:m|re|ve|d)| am| are| have)?\\s+${ADVERB}(?:${NOTICED}|think|believe|suspect|aware of|aware|investigating|looking into|responding to)(?: out)?(?: that)?\\s+(?!to\\s|so\\b|if\\b|whether\\b)`,
  ),
  start(
    `(?:i|we)(?:['’](?:m|re|ve)| am| are| have)?\\s+${ADVERB}(?:gett(?:ing)|got|hav(?:ing|e)|receiv(?:ing|ed)|hear(?:d|ing)?)\\s+(?:\\p{L}+\\s+){0,2}(?:reports?|complaints?|calls|messages|tickets|words?)\\s+(?:of|that|about|from \\p{L}+ that)\\s+`,
  ),
  start(
    `${ADVERB}(?:noticed|noticing|(?:started |starting to )?(?:see(?:ing)?)|spotted|investigating|aware of|looks like|seems like|looks as if)(?: that)?\\s+(?=\\p{L}+\\s)`,
  ),
  start(
    `(?:it|this|that)\\s+(?:now\\s+)?(?:(?:looks|seems|appears)(?: like| as if| as though| that| to me that)+|turns out(?: that)?)\\s+`,
  ),
  start(`it (?:seems|appears)\\s+(?!to\\b)`),
  start(
    `(?:a number of |some |several |multiple |more )?(?:reports?|complaints?|an? (?:issue|problem|incident|bug)|issues|problems|(?:a )?(?:potential|possible) (?:issue|problem))\\s+(?:of|that|where|in which|whereby)\\s+`,
  ),
  start(
    `(?:i|we)?\\s*(?:need|needs|could use|would like|looking for)\\s+(?:some |a bit of |your |urgent )*(?:help|assistance|eyes|a hand)(?:\\s+(?:with|on))?\\s*[:,–—-]?\\s*(?=\\p{L}+\\s+\\p{L}+\\s)`,
  ),
];

const OPENINGS = [...GREETINGS, GREETED, ...STAMPS, ...ANNOUNCING, ...SEEING];

/**
 * The words without what only opens them: greetings and who is greeted, announcements, times and numbers, and
 * who noticed it. As long as any of the rules finds something, it goes.
 */
export function withoutOpenings(text: string, rules = OPENINGS): string {
  const shorter = rules.reduce((so, rule) => so.replace(rule, ''), text.trim()).trim();
  return shorter === text.trim() ? shorter : withoutOpenings(shorter, rules);
}
