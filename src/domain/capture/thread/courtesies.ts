import { wordsIn } from './clean-text.ts';
import { ANY_NAME } from './names.ts';

const list = (...lines: string[]) => new Set(lines.join(' ').split(' '));

/** Words that thank or cheer. */
const THANKS = list(
  'thank thanks thx tysm ty tnx cheers kudos merci danke dank vielen gracias obrigado obrigada tack bedankt grazie takk kiitos dzięki спасибо ありがとう 谢谢',
  'great nice awesome amazing perfect excellent fantastic lovely brilliant superb legend legends hero heroes impressive lifesaver bravo',
  'wow phew whew yay hooray woot woohoo congrats congratulations lol haha hahaha hehe rofl omg ouch oof yikes cool sweet neat super toll klasse prima',
);
/** Words that thank or cheer in company only: "good catch", "love it". */
const IN_COMPANY = list('good well love bien sehr gut mille muchas beaucoup rock saved save top');
const COMPANY = list('catch spot spotted job work done one stuff find it this joué us day danke');
/** Words that may stand beside them. */
const BESIDE = list(
  'work catch spot spotted job find done one stuff it that this was is were are very really so much many big huge lot lots a the all you u everyone everybody team folks guys both for your',
  'my day us help quick fast swift fix fixing helping response turnaround effort looking into again and to too here joué je dir euch allen viel wel well good gut sehr top love muito mucho mille beaucoup muchas',
);

/** Does it only thank, praise or react? */
export function onlyThanks(sentence: string): boolean {
  const words = sentence.toLowerCase().match(/[\p{L}\p{M}]+(?:['’]\p{L}+)?/gu) ?? [];
  if (words.length === 0) return !/\p{Nd}/u.test(sentence.replaceAll('+1', ''));
  const thanks =
    words.some((word) => THANKS.has(word)) ||
    words.some((word, at) => IN_COMPANY.has(word) && COMPANY.has(words[at + 1] ?? ''));
  return thanks && (words.every(isCourtesy) || THANKED_FOR.test(sentence.trim()));
}

const isCourtesy = (word: string) => THANKS.has(word) || IN_COMPANY.has(word) || BESIDE.has(word);

/** Thanks with what for, and nothing after a comma that somebody does or sees. */
const THANKED_FOR = RegExp(
  `^(?:(?:so |many |big |huge |great work,? |${ANY_NAME})[\\s,]*)*(?:thank(?:s| you)?|thx|ty|cheers|kudos|merci|danke|gracias|tack|bedankt|grazie)(?![\\p{L}])(?! to\\b)[^,;:–—?]*(?:,\\s*(?:${ANY_NAME}|all|everyone|team|folks|guys|\\p{L}+))?[.!\\s\\p{P}\\p{S}]*$`,
  'iu',
);

/** What people say who take it on, agree, or only answer. */
const TAKES = [
  "on it|on my way|omw|on this|i['’]?m on (?:it|this)|mine|i got (?:it|this)|i have (?:it|this)|got (?:it|this)|will do|done|joining|here",
  "ack(?:['’]?e?d|nowledged)?|roger|noted|ok(?:ay)?|sure|copy(?: that)?|understood|agreed|confirmed|right|true|correct|exactly|yes|no|yep|yup|nope",
  'looking|look(?:ing)? into (?:it|this)|checking|investigating|taking (?:a )?look|started looking|digging(?: in)?|following|wip',
  "(?:i['’]?ll|let me|will|can) (?:take|have|do|check|look|handle|join|see)",
  'same(?: here| for me| issue)?|me too|\\+1|interesting|hm+|huh|oh|ah|oops|good|fine|cool|hello',
  'fixed|resolved|sorted|all good|never ?mind|nvm|brb|afk|back|up|bump|ping|test',
  'schon dabei|mach(?:e)? ich|erledigt|je regarde|vu|lo miro|hecho|voy|ik kijk|kijk ernaar|kollar|fikser',
].join('|');
const BETWEEN = `now|it|this|that|into|in|at|the|a|so|thanks?|thx|also|too|please|one|already|again|asap|away|\\d+|mins?|minutes?|moment|look|${ANY_NAME}|@\\S+|und|et|y`;
const ACKNOWLEDGES = RegExp(
  `^(?:${TAKES})(?![\\p{L}])(?:[\\s,.!…–—-]+(?:${TAKES}|${BETWEEN})(?![\\p{L}]))*[\\s\\p{P}\\p{S}]*$`,
  'iu',
);
const LONGEST_ACKNOWLEDGEMENT = 8;

/** Does it only say that somebody heard, agrees, or is on it? */
export function onlyAcknowledges(sentence: string): boolean {
  return wordsIn(sentence) <= LONGEST_ACKNOWLEDGEMENT && ACKNOWLEDGES.test(sentence.trim());
}
