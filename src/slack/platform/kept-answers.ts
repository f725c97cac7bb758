import { LRUCache } from 'lru-cache';

/** Answers of Slack's that are kept for a time. Whoever asks while one is on its way waits for that one. */
export type KeptAnswers<Answer extends object> = {
  /** @throws what asking throws; nothing is kept of that, and the next one asks again. */
  get: (key: string) => Promise<Answer>;
  /** What is known without asking, where it is younger than that; where nothing is said, young enough to decide. */
  said: (key: string, youngerThanMs?: number) => Answer | undefined;
  /** It is not so any more, and an answer that was asked for before counts for nobody. */
  drop: (key: string) => void;
};

/** How long an answer decides, how long it is kept for what only says something, and how much is kept of all. */
type Keeping<Answer> = {
  freshMs: (answer: Answer) => number;
  keptMs: number;
  most: number;
  sizeOf: (answer: Answer) => number;
};

type Kept<Answer> = { answer: Answer; at: number };
type OnItsWay<Answer> = { answering: Promise<Answer>; isDropped: boolean };

/** With nothing known yet; an answer is as old as its question. `now` is in milliseconds. */
export function keptAnswers<Answer extends object>(
  ask: (key: string) => Promise<Answer>,
  { freshMs, keptMs, most, sizeOf }: Keeping<Answer>,
  now: () => number,
): KeptAnswers<Answer> {
  const kept = new LRUCache<string, Kept<Answer>>({
    maxSize: most,
    sizeCalculation: ({ answer }) => sizeOf(answer) + 1,
    ttl: keptMs,
    perf: { now },
  });
  const onTheirWay = new Map<string, OnItsWay<Answer>>();

  function said(key: string, youngerThanMs?: number): Answer | undefined {
    const known = kept.get(key);
    if (known === undefined) return undefined;
    // A clock that was set back makes it no fresher.
    const age = Math.abs(now() - known.at);
    return age < (youngerThanMs ?? freshMs(known.answer)) ? known.answer : undefined;
  }

  function begin(key: string): OnItsWay<Answer> {
    const at = now();
    const begun: OnItsWay<Answer> = { answering: ask(key), isDropped: false };
    onTheirWay.set(key, begun);
    const end = (answer?: Answer) => {
      if (begun.isDropped) return;
      onTheirWay.delete(key);
      if (answer !== undefined) kept.set(key, { answer, at });
    };
    begun.answering.then(end, () => end());
    return begun;
  }

  async function get(key: string): Promise<Answer> {
    const known = said(key);
    if (known !== undefined) return known;
    const asked = onTheirWay.get(key) ?? begin(key);
    const answer = await asked.answering;
    return asked.isDropped ? get(key) : answer;
  }

  return {
    get,
    said,
    drop(key) {
      kept.delete(key);
      const asked = onTheirWay.get(key);
      if (asked !== undefined) asked.isDropped = true;
      onTheirWay.delete(key);
    },
  };
}
