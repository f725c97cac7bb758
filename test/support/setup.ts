import { afterEach, beforeEach, expect, type MockInstance, vi } from 'vitest';

let spies: MockInstance[] = [];

// A story that makes the process complain has not passed, even if every assertion held.
beforeEach(() => {
  spies = [
    vi.spyOn(console, 'error').mockName('console.error'),
    vi.spyOn(console, 'warn').mockName('console.warn'),
  ];
});

afterEach(() => {
  const complaints = spies.flatMap((spy) => spy.mock.calls.map((call) => [spy.getMockName(), ...call]));
  for (const spy of spies) spy.mockRestore();
  expect(complaints).toEqual([]);
});
