/** Words that something is not as it should be; their beginnings, in English. */
const WRONG =
  /\b(?:down|broke\w*|break(?:s|ing)|fail\w*|error\w*|exceptions?|crash\w*|wrong\w*|incorrect\w*|invalid|missing|los(?:t|es?|ing)|slow\w*|late|delay\w*|behind|stuck|h[au]ng\w*|froze\w*|freez\w*|tim(?:es?|ed|ing)[ -]?out\w*|[45]\d\d(?:['’]?s)?|[45]xx|unavailable|unreachable|unresponsive|outage\w*|degrad\w*|twice|doubled?|duplicat\w*|cannot|unable|not|never|nobody|nothing|no one|without|instead of|empty|blank|corrupt\w*|stale|outdated|old|expir\w*|full|leak\w*|exposed|over\w{4,}|under(?:paid|charged|staffed)|spik\w*|dropp\w*|drops?|surg\w*|elevated|exceed\w*|above|below|high|low|too \w+|reject\w*|refus\w*|denied|block\w*|bounc\w+|disconnect\w*|mismatch\w*|out of|impossible|silent|dead|dark|offline|throttl\w*|rate.?limit\w*|deadlock\w*|panic\w*|oom\w*|bugs?|issues?|problems?|glitch\w*|mistake\w*|typos?|mix(?:ed)?[ -]?up\w*|swapped|garbled|loop\w*|overlap\w*|conflict\w*|unexpected\w*|accident\w*|flood\w*|no longer|hasn|stopp\w*|stops|cut off|upside down|someone else|somebody else|only half|zero|nowhere|forgot\w*|unpaid|unread|unanswered|unsigned|uncovered|mis\w{4,}|dis(?:appear|connect)\w*|vanish\w*|gone|ignor\w*|skip(?:s|ped|ping)|locked|paus\w+|unassigned|short of|alarm\w*|smoke|leaves? out|cannot|anymore|any more|still (?:has|have|had|shows?|showing|says?|contains?|on|open)|last (?:month|week|year)['’]?s)\b|n['’]t\b|\bno\s+\p{L}|\bnone of\b/iu;
/** The same in some of the languages people near us write. */
const WRONG_ELSEWHERE =
  /(?<!\p{L})(?:nicht|kein\p{L}*|fehl\p{L}*|falsch\p{L}*|kaputt|doppelt\p{L}*|defekt\p{L}*|abgestürzt|hängt|leer|verspätet|gesperrt|ausgefallen|panne|erreur\p{L}*|ne (?:marche|fonctionne)\p{L}*|pas|plus|faux|fausse\p{L}*|manqu\p{L}*|vide|bloqué\p{L}*|double|lent\p{L}*|no funciona\p{L}*|fall[aó]\p{L}*|error\p{L}*|incorrect\p{L}*|ca[ií]d[oa]s?|falta\p{L}*|vac[ií][oa]s?|niet|geen|fout\p{L}*|kapot|stuk|ontbre\p{L}*|dubbel\p{L}*|leeg|traag|inte|fel|saknas|trasig\p{L}*|não|errad[oa]s?|faltando|non funziona\p{L}*|sbagliat\p{L}*|manca\p{L}*)(?!\p{L})/iu;

/** Does it say that something is wrong? */
export function saysWhatIsWrong(sentence: string): boolean {
  return WRONG.test(sentence) || WRONG_ELSEWHERE.test(sentence);
}

/** Beginnings of what people do about something that is wrong. */
const DOING =
  'restart|reboot|roll|revert|fix|deploy|redeploy|check|look|investigat|scal|drain|pag|call|ask|open|creat|paus|stop|disabl|enabl|kill|delet|clear|clean|ack|acknowledg|tak|go|tri|try|work|mov|switch|fail(?:ed|ing)? over|bump|rais|increas|decreas|monitor|watch|escalat|mitigat|join|pull|push|merg|ping|messag|updat|confirm|run|rerun|re-run|turn|post|add|remov|replac|test|verif|continu|declar|start|reach|contact|notif|assign|resolv|clos|document|pick|dig|keep|let|give|gave|pin|patch|releas|unblock|reset|set|put|send|block|review|debug|trac|sched|flush|purg|hotfix|hand|isolat|appl|cordon';
const ADVERBS =
  '(?:(?:just|now|already|currently|also|still|quickly|manually|then|gonna|going to|about to|will|have|had|been|be|am|are|was|were|try to|trying to|happy to)\\s+)*';
const SOMEBODY = `(?:(?:i|we|they|he|she)(?:['’](?:m|re|ve|ll|d))?|let['’]?s|let me|to|please|[\\uE000\\uE001]|a colleague)\\s+`;
const PAST = `(?:${DOING})(?:[a-z]?ed|[a-z]?ing|ied|nt|ook)\\b|(?:took|gave|put|set|sent|ran|kept|found)\\b`;
const DID = [
  RegExp(`^${SOMEBODY}${ADVERBS}(?:${PAST}|(?:${DOING})(?:e?s|ies|e|k|d|y|t|p|n)?\\b)`, 'iu'),
  // Without anybody who did it: "Restarted the job", "rolling back"; not "Updated prices are missing".
  RegExp(
    `^${ADVERBS}(?:${PAST})(?=\\s*(?:$|[,.;:!…]|(?:an?|the|it|this|that|to|back|now|into|with|for|my|our|on|over|again|and|all|off|up|down|from|in|as)\\b|\\p{Nd}))`,
    'iu',
  ),
  /^(?:the |our )?(?:deploy(?:ment)?|release|rollout|merge|migration|upgrade|maintenance|fix|revert|rollback)\b.*\b(?:finished|completed?|started|done|is out|live|went out|begins?|deployed|merged|in progress|under way|being|on its way)\b/iu,
  /\b(?:identified|found|know|fixed|understand|mitigated) (?:the )?(?:root |likely |probable )?(?:cause|issue|problem|culprit)\b|\b(?:issue|cause|problem) (?:has been|was|is) (?:now )?identified\b/iu,
  // What somebody was at when they saw it.
  /^(?:i|we)(?:['’](?:m|re|ve))?\s+(?:was|were|am|are|have been|had been|been)?\s*(?:just )?\p{Ll}{3,}ing\b/iu,
];
const HAPPENED =
  /^(?:i|we)(?:['’]ve| have)?\s+(?:can(?:no|['’])?t|cannot|could(?:n['’]t| not)|lost|sent|missed|forgot|ran out|have no|had no|do(?:n['’]t| not)|did(?:n['’]t| not)|are missing|are out of|paid|charged|billed|booked|shipped|mailed|published|nearly|almost)\b/iu;
const INTENDS =
  /^(?:i|we|he|she|they)(?:['’]ll| will| can| could| should| might| would|['’]d| want| plan| need)\b(?!['’]?(?:not|t)\b)/iu;

/** Does it say what somebody did, does or will do, and not what happened? */
export function saysWhatWasDone(sentence: string): boolean {
  if (HAPPENED.test(sentence)) return false;
  return DID.some((rule) => rule.test(sentence)) || INTENDS.test(sentence);
}

const CALMING =
  /\b(?:false (?:alarm|positive)|no (?:\p{L}+ )?(?:impact|issues?|errors?|problems?|worries|idea|rush|change|luck|news)|not (?:sure|seeing|a real|critical|urgent|yet|my|me)|(?:looks?|looking|seems?|all|are|is) (?:ok(?:ay)?|fine|good|healthy|stable|green|normal)\b|back (?:to normal|up|online)|recover(?:ed|ing|y)|resolved|fixed|should be (?:ok|fine|good)|(?:is|are|was|been) (?:now )?(?:deployed|rolled back|reverted|implemented|mitigated|restarted|being)|expected behaviou?r|known issue|not \p{L}+ yet|nothing (?:unusual|wrong|odd|new|suspicious|in the logs)|(?:alert|alarm|monitor|threshold)s? (?:is|are|was|were) (?:flapping|noisy|too|wrong|flaky)|no longer (?:seeing|an issue)|don['’]t (?:know|think|worry|see)|root cause|(?:this|the) (?:incident|issue|problem) (?:has been|is|was) (?:now )?\p{L}+|continuing to (?:investigate|monitor|work))\b/iu;
const LEANING =
  /^(?:it|its|it['’]s|this|that|that['’]s|they|they['’]re|these|those|he|she|his|her|same|still|which|because|if|when|unless|maybe|probably|perhaps|yes|no,|nope|not (?:sure|yet|really|that))\b/iu;

/** Does it calm, or lean on what was said before, so that it cannot stand alone? */
export function cannotStandAlone(sentence: string): boolean {
  return CALMING.test(sentence) || LEANING.test(sentence);
}
