import { cardIn, modalOf, questionsOf, titleOf } from './doing.ts';
import type { Office } from './office.ts';

/** The questions of a topic, once they stand there. */
export function askedAbout({ workspace }: Office, who: string, title: string) {
  const person = workspace.person(who);
  return workspace.until(
    () => {
      const view = person.view();
      return titleOf(view) === title && questionsOf(view).length > 0 ? view : undefined;
    },
    { what: `${who} to be asked about ${title}` },
  );
}

/** *Tell more* on the card, and one of its topics. */
export async function tellAbout(office: Office, who: string, topic: string, title: string) {
  const person = office.workspace.person(who);
  const { channel, ts } = await cardIn(office, 'payments-ops', who, 'Tell more');
  await person.press({ channel, ts }, 'tell_more');
  await modalOf(office, who, 'Tell more', 'answered');
  await person.press('view', { block_id: topic });
  return askedAbout(office, who, title);
}
