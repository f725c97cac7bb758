import { EMPTY_TELLING, type NearMiss } from '../../src/domain/near-miss.ts';
import { shared as justShared } from './near-miss.ts';

/** The near-miss of a year's tax rate, with nothing told of it yet. */
export const shared: NearMiss = {
  ...justShared,
  summary:
    "The invoices had last year's tax rate for one group of customers. We saw it an hour before they went out.",
};

/** The same with what went right and how close it was. */
export const told: NearMiss = {
  ...shared,
  reached: 'no',
  told: {
    ...EMPTY_TELLING,
    saves: [
      { text: 'We open ten invoices by hand before every run' },
      { text: 'The person who can stop the send is in this channel' },
      { text: 'the send was planned for 10:00, not overnight', kind: 'luck' },
    ],
    answers: { closeness: 'One hour later, 400 customers would have had a wrong invoice.' },
  },
};
