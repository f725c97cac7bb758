import { ANY_NAME } from './names.ts';

const THANKS =
  'thank(?:s| you| u)?|thx|tysm|ty|tnx|cheers|kudos|merci|danke|vielen dank|gracias|obrigad[oa]|tack|bedankt|dank(?: je| u)?|grazie|takk|kiitos|dzięki|спасибо|ありがとう(?:ございます)?|谢谢|감사합니다';
const PRAISE =
  'great|nice|awesome|amazing|good (?:job|work|catch|spot|one|stuff)|well (?:done|spotted|played)|perfect|excellent|fantastic|lovely|brilliant|superb|legends?|hero(?:es)?|wow|phew|whew|congrats|congratulations|yay|hooray|woo+t?|woohoo|lol|haha+|hehe|rofl|omg|ouch|oof|yikes|cool|sweet|neat|love (?:it|this)|[+]1|super|toll|klasse|sehr gut|prima|bien joué|bravo|top|life ?saver|you (?:rock|saved (?:us|the day|my day))|impressive';
const FILLING =
  'work|catch|spot|save|job|it|that|this|was|is|very|really|so|much|many|big|huge|lot|a|the|all|you|everyone|everybody|team|folks|guys|both|for|your|help|quick|fast|swift|fix|response|turnaround|effort|again|and|to|too|here|one|beaucoup|muchas|muito|viel(?:en)?|mille|je|u|dir|euch|allen';
const ONLY = RegExp(`^(?:(?:${FILLING}|${ANY_NAME}|@\\S+)(?=[^\\p{L}]|$)[\\s\\p{P}\\p{S}]*)*(?:(?:${THANKS}|${PRAISE})(?=[^\\p{L}]|$)[\\s\\p{P}\\p{S}]*(?:(?:${FILLING}|${ANY_NAME}|@\\S+)(?=[^\\p{L}]|$)[\\s\\p{P}\\p{S}]*)*)+$`, 'iu');
const THANKING = RegExp(`^(?:many |so many |big |huge |great |great work,? |${ANY_NAME}[\\s,]*)*(?:${THANKS})(?![\\p{L}])(?![^.!]*[,;:–—]\\s*(?:i|we|it|that|the|restart|look|check|will|on)\\b)[^?]*$`, 'iu');

/** Does it only thank, praise or react? */
export function onlyThanks(sentence: string): boolean {
  const words = sentence.trim();
  return /^[\s\p{P}\p{S}\uE000\uE001]*(?:\+1)?[\s\p{P}\p{S}]*$/u.test(words) || ONLY.test(words) || THANKING.test(words);
}

const TAKING =
  "on it|on my way|omw|on this|i['’]?m on (?:it|this)|ack(?:['’]?e?d|nowledged)?|mine|got (?:it|this)|i got (?:it|this)|i have (?:it|this)|roger|noted|will do|done|same(?: here| for me| issue)?|me too|\\+1|yes|no|yep|yup|nope|ok(?:ay)?|sure|copy(?: that)?|understood|agreed|confirmed|looking|look(?:ing)? into (?:it|this)|checking|investigating|taking (?:a )?look|(?:i['’]?ll|let me|will|can) (?:take|have|do|check|look|handle|join|see)|started looking|digging(?: in)?|here|joining|following|interesting|hm+|huh|oh|ah|oops|right|true|correct|exactly|good|fine|cool|fixed|resolved|sorted|all good|never ?mind|nvm|wip|brb|afk|back|up|bump|ping|test|hello|schon dabei|mach(?:e)? ich|erledigt|je regarde|c['’]est fait|vu|lo miro|hecho|voy|ik kijk|kijk ernaar|fikser|kollar";
const ACKNOWLEDGES = RegExp(`^(?:${TAKING})(?![\\p{L}])(?:[\\s,.!…–—-]+(?:${TAKING}|now|it|this|that|into|in|at|the|so|thanks?|thx|also|too|please|one|already|again|asap|right|away|\\d+|mins?|minutes?|moment|${ANY_NAME}|@\\S+|und|et|y)(?![\\p{L}]))*[\\s\\p{P}\\p{S}]*$`, 'iu');

/** Does it only say that somebody heard, agrees, or is on it? */
export function onlyAcknowledges(sentence: string): boolean {
  return ACKNOWLEDGES.test(sentence.trim());
}
