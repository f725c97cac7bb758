import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { methodFacts } from '../../../sandbox/web-api/method-facts.ts';

const reference = new URL('../../../../shared/reference/slack-methods.json', import.meta.url);

type Documented = Record<string, { scopes_any: string[]; required: string[]; args: Record<string, unknown> }>;

// The reference is not part of this repository; without it there is nothing to compare with.
describe.skipIf(!existsSync(reference))('where the reference of Slack methods is at hand', () => {
  const documented: Documented = existsSync(reference) ? JSON.parse(readFileSync(reference, 'utf8')) : {};

  test.each(Object.entries(methodFacts))(
    '%s has the scopes and arguments Slack documents',
    (method, facts) => {
      const known = documented[method];
      expect(known).toBeDefined();
      expect(facts.scopes.toSorted()).toEqual(known?.scopes_any.toSorted());
      expect(facts.required.toSorted()).toEqual(known?.required.toSorted());
      expect(Object.keys(facts.args).toSorted()).toEqual(Object.keys(known?.args ?? {}).toSorted());
    },
  );
});

test('every method that needs an argument knows that argument', () => {
  for (const facts of Object.values(methodFacts))
    expect(Object.keys(facts.args)).toEqual(expect.arrayContaining([...facts.required]));
});
