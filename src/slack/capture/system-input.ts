import type { InputBlock, PlainTextOption } from '@slack/types';
import { systemName } from '../../domain/capture/system-name.ts';
import { option, plainText } from '../platform/blocks.ts';
import type { Entered } from '../platform/view-values.ts';

export const SYSTEM_ACTION = 'system';
const SYSTEM = 'system';

/** Which system or process it was about: typed free, suggested while it is typed. */
export function systemInput(chosen: string | undefined): InputBlock {
  return {
    type: 'input',
    block_id: SYSTEM,
    optional: true,
    label: plainText('Which system or process?'),
    element: {
      type: 'external_select',
      action_id: SYSTEM_ACTION,
      min_query_length: 0,
      placeholder: plainText('Type or choose: invoices, phones, payroll'),
      ...(chosen !== undefined && { initial_option: systemOption(chosen) }),
    },
  };
}

/** The name that was chosen or added. */
export function readSystem(values: Entered): string | undefined {
  const value = values.chosen(SYSTEM);
  return value === undefined ? undefined : readSystemValue(value);
}

/*
 * A system's name is its option's value, so that nothing has to be stored while somebody types. Slack may
 * escape `&`, `<` and `>` in what it gives back, so they travel as characters nobody types.
 */
const TRAVEL = [
  ['&', '\uE000'],
  ['<', '\uE001'],
  ['>', '\uE002'],
] as const;

function systemOption(name: string, words = name): PlainTextOption {
  return option(
    TRAVEL.reduce((value, [from, to]) => value.replaceAll(from, to), name),
    words,
  );
}

function readSystemValue(value: string): string | undefined {
  return systemName(TRAVEL.reduce((name, [to, from]) => name.replaceAll(from, to), value));
}

/** What the type-ahead offers: first to add what was typed, then what is known. */
export function systemSuggestions(typedSoFar: string, known: string[]): PlainTextOption[] {
  const name = systemName(typedSoFar);
  const others = known.filter((other) => other !== name).map((other) => systemOption(other));
  return name === undefined ? others : [systemOption(name, `Add "${name}"`), ...others];
}
