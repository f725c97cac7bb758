import { ANY_NAME } from './names.ts';

const THANKS =
  'thank(?:s| you| u)?|thx|tysm|ty|tnx|cheers|kudos|merci|danke|vielen dank|gracias|obrigad[oa]|tack|bedankt|dank(?: je| u)?|grazie|takk|kiitos|dzięki|спасибо|ありがとう(?:ございます)?|谢谢|감사합니다';
const PRAISE =
  'great|nice|awesome|amazing|good|well|done|job|work|catch|spot|save|perfect|excellent|fantastic|lovely|brilliant|superb|legend|legends|hero|heroes|wow|phew|whew|congrats|congratulations|yay|hooray|woo+t?|woohoo|lol|haha+|hehe|rofl|omg|ouch|oof|yikes|same|this|cool|sweet|neat|love|it|that|very|really|so|much|many|super|big|huge|lot|a|the|all|you|everyone|everybody|team|folks|guys|both|for|your|help|quick|fast|swift|fix|response|turnaround|effort|again|and|to|too|here|one|[+]1|10+|sehr|gut|super|prima|toll|klasse|beaucoup|bien|joué|muchas|muito|viel(?:en)?|mille|tack|top|bravo';
const ONLY = RegExp(`^(?:(?:${THANKS}|${PRAISE}|${ANY_NAME}|@\\S+|[\\p{P}\\p{S}\\d]+)(?=[^\\p{L}]|$)[\\s\\p{P}\\p{S}]*)+$`, 'iu');
const THANKING = RegExp(`^(?:many |so many |big |huge |great |great work,? |${ANY_NAME}[\\s,]*)*(?:${THANKS})(?![\\p{L}])(?![^.!]*[,;:–—]\\s*(?:i|we|it|that|the|restart|look|check|will|on)\\b)[^?]*$`, 'iu');

/** Does it only thank, praise or react? */
export function onlyThanks(sentence: string): boolean {
  const words = sentence.trim();
  return words === '' || ONLY.test(words) || THANKING.test(words);
}

const TAKING =
  "on it|on this|i['’]?m on (?:it|this)|ack(?:['’]?e?d|nowledged)?|mine|got (?:it|this)|i got (?:it|this)|i have (?:it|this)|roger|noted|will do|done|same(?: here| for me| issue)?|me too|\\+1|yes|no|yep|yup|nope|ok(?:ay)?|sure|copy(?: that)?|understood|agreed|confirmed|looking|look(?:ing)? into (?:it|this)|checking|investigating|taking (?:a )?look|(?:i['’]?ll|let me|will|can) (?:take|have|do|check|look|handle|join|see)|started looking|digging(?: in)?|here|joining|following|interesting|hm+|huh|oh|ah|oops|right|true|correct|exactly|good|fine|cool|fixed|resolved|sorted|all good|never ?mind|nvm|wip|brb|afk|back|up|bump|ping|test|hello|schon dabei|mach(?:e)? ich|erledigt|je regarde|c['’]est fait|vu|lo miro|hecho|voy|ik kijk|kijk ernaar|fikser|kollar";
const ACKNOWLEDGES = RegExp(`^(?:${TAKING})(?![\\p{L}])(?:[\\s,.!…–—-]+(?:${TAKING}|now|it|this|that|into|in|at|the|so|thanks?|thx|also|too|please|one|already|again|asap|right|away|\\d+|mins?|minutes?|moment|${ANY_NAME}|@\\S+|und|et|y)(?![\\p{L}]))*[\\s\\p{P}\\p{S}]*$`, 'iu');

/** Does it only say that somebody heard, agrees, or is on it? */
export function onlyAcknowledges(sentence: string): boolean {
  return ACKNOWLEDGES.test(sentence.trim());
}
