import { wordsIn } from './clean-text.ts';
import { saysWhatIsWrong } from './what-is-wrong.ts';

const ASKS = String.raw`(?:please|pls|plz|kindly|bitte|can|could|would|will|any(?:one|body)(?!['’])|any (?:ideas?|thoughts|chance|updates?|help)|is (?:any|some|this|it|that|there)|are (?:you|we|there|they)|does|do (?:you|we)|did (?:any|some|you|we)|has (?:any|some)|have (?:you|we)|should|shall|who (?:can|is|could|has)|what (?:do|should|is)|how (?:do|can|should)|why|when will|where|let me know|lmk|ping me|help (?:me|us|please|needed|wanted|appreciated)|thoughts|ideas|thx|thanks|thank you|ty|kann|könnte|könnt|pouvez|peut|pourriez|puede|alguien|kan|kunnen|s['’]il|por favor|merci|danke|gracias|sorry|apologies)`;
const NAMED = String.raw`(?:(?:[\uE000\uE001]|@\S+|so|and|but|or|und|et|y)[\s,]*)*`;
const TRAILING = RegExp(
  String.raw`(?:\s*[,;–—]\s*|\s+-+\s+|\s*\.{2,}\s*|\s*…\s*|\s+(?=(?:please|pls|plz)\b)|\s+(?:and|but|so)\s+(?=(?:can|could) (?:any|some)))${NAMED}(?<![\p{L}])${ASKS}(?![\p{L}]).*$`,
  'iu',
);

/** The statement of a sentence that goes on to ask for something. */
export function withoutAsking(sentence: string): string {
  const shorter = sentence.replace(TRAILING, '');
  return wordsIn(shorter) < 3 && wordsIn(sentence) > 5 ? sentence : withoutLastQuestion(shorter);
}

/** What begins a clause that cannot do without the next. */
const SUBORDINATE =
  /^(?:if|when|whenever|after|before|since|as|while|because|although|once|until|wenn|falls|weil|si|quand|cuando|als|wanneer)\b/iu;

/** In any language: a few words with a question mark after a statement ask about it. */
function withoutLastQuestion(sentence: string): string {
  const [, stated = '', asked = ''] = /^(.+)(?:,|;|\s[-–—])\s+([^,;]+[?？؟]\s*)$/u.exec(sentence) ?? [];
  const isAside = wordsIn(asked) <= 6 && wordsIn(stated) > 4;
  return isAside && !SUBORDINATE.test(stated) && !ASKED.test(stated) ? stated : sentence;
}

const QUESTION_MARK = /[?？؟](?=[\s)"'”’!?.]*$)/u;
const PLEA =
  /^(?:(?:i|we) (?:have|had|got) an? (?:quick |small |short )?question|(?:please|pls|plz|kindly)(?!\s+(?:don['’]t|do not|stop|avoid|never|be careful|ignore)\b)|bitte|help(?:\s+(?:me|us|please|needed|wanted)\b|[!,:]|$)|let me know|lmk|ping me|need(?:s|ing|ed)? (?:some |a bit of )?(?:help|assistance|eyes)\b|any(?:one|body)\b|any (?:ideas?|thoughts|help|updates?)|(?:i|we)(?:['’]d| would)? (?:need|want|appreciate|could use|love)\s+(?:some |any |a |your |more |urgent )*(?:help|assistance|eyes|hands?|advice|support)\b|(?:some |any )?(?:help|eyes|advice)\b.*\b(?:needed|appreciated|welcome|wanted)\b|would (?:appreciate|love)|(?:can|could|would) (?:you|we|i|any|some|the)|who (?:can|could|knows)|s['’]il (?:vous|te) plaît|por favor|kann (?:jemand|wer|bitte)|peut-on|alguien)/iu;
const ASKED =
  /^(?:(?:is|are|was|were|does|do|did|has|have|should|shall) (?:any|some|this|it|that|there|you|we|they|i|the|our)\p{L}*\b|what do|how do)/iu;

/** Does it ask, for an answer or for help? */
export function asks(sentence: string): boolean {
  return QUESTION_MARK.test(sentence) || PLEA.test(sentence) || ASKED.test(sentence);
}

const ANYONE =
  '(?:any(?:one|body)|some(?:one|body)|others|people|we|i|they|customers|users|patients|clients|callers)(?: else)?(?: here| too)?';
const SEES =
  '(?:also |currently |else |now |just |suddenly |still )*(?:see(?:ing|n|s)?|get(?:ting|s)?|got|hav(?:ing|e)|experienc(?:ing|ed?)|notic(?:ing|ed?)|hit(?:ting)?|know (?:of|about))';
const WHETHER = RegExp(
  `^(?:why\\s+|how come\\s+)?(?:(?:is|are|was|does|do|did|has|have)\\s+)?${ANYONE}\\s+${SEES}\\s+(?:that\\s+|any\\s+|an?\\s+(?=(?:issue|problem)s? with))*(.+?)[\\s?？!]*$`,
  'iu',
);
const WHY_IS =
  /^(?:so )?(?:(?:any(?:one|body) knows?|any ideas?|do(?:es)? (?:we|you|any\p{L}+) know)\s+)?(?:why|how come|wieso)?\s*(is|are|was|were)\s+((?:the|our|my|all|some|every|these|this)\s.+?)[\s?？!]*$/iu;
const PREDICATE = /\s(?=(?:not|still|so|all|down|\p{Ll}+ing)\b)/iu;

/** "Does anyone know why the list is empty", "can you check why it is". */
const WHY_THAT = /\b(?:why|how come|that)\s+((?:the|our|my|all|some|every|these|this|no)\s.+?)[\s?？!.]*$/iu;
/** "Why are we charging nothing": asked as a reason, and so it is the case. */
const WHY_WE =
  /^(?:so )?(?:why|how come)\s+(is|are|was|were|am)\s+(\S+)\s+((?:\p{Ll}+ly |not |still |just )?\p{Ll}{2,}ing\b.+?)[\s?？!]*$/iu;
const OR_ME = /,?\s+or (?:is it|is this|am i|just|only)\b[^?？]*[?？]?\s*$/iu;
const INTENDED =
  /^is it (?:intended|normal|expected|correct|right|ok(?:ay)?|by design|known)\s+that\s+(.+?)[\s?？!]*$/iu;
const FOR_OTHERS =
  /\s+(?:for|to|with) (?:any(?:one|body)|others|you|people)(?: else)?(?: too| as well| here| right now)*\s*$/iu;

/** What a question asks about, where that is something wrong: "Is anyone else seeing empty receipts?" */
export function askedAbout(asked: string): string | undefined {
  const question = asked.replace(OR_ME, '');
  const [, is, who, what] = WHY_WE.exec(question) ?? [];
  if (is !== undefined && !/^(?:the|our|my|all|some|every|these|this)$/i.test(who ?? ''))
    return `${who} ${is.toLowerCase()} ${what}`;
  const seen = WHETHER.exec(question)?.[1] ?? INTENDED.exec(question)?.[1];
  if (seen !== undefined) return seen.replace(/^(?:issue|problem)\b/i, (word) => `a ${word}`);
  const [, verb, rest] = WHY_IS.exec(question) ?? [];
  if (verb === undefined || rest === undefined) {
    const [, why] = WHY_THAT.exec(question) ?? [];
    return why !== undefined && saysWhatIsWrong(why) ? why : undefined;
  }
  if (!saysWhatIsWrong(rest)) return undefined;
  const at = PREDICATE.exec(rest)?.index;
  const said = rest.replace(FOR_OTHERS, '');
  return at === undefined ? undefined : `${said.slice(0, at)} ${verb.toLowerCase()}${said.slice(at)}`;
}
