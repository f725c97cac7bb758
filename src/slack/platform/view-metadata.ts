import { z } from 'zod';

/** A view of ours, as far as what it carries goes. */
type Carrier = { private_metadata: string };

/** What a kind of modal carries along, from one screen to the next; Slack gives it back as it was. */
export type Metadata<Carried> = {
  write: (carried: Carried) => string;
  /** Undefined where another version of the app wrote it: modals outlive deploys. Never throws. */
  read: (view: Carrier) => Carried | undefined;
};

/** Metadata of this shape, and of no other: more, less or something else is from another version. */
export function metadata<Carried>(schema: z.ZodType<Carried>): Metadata<Carried> {
  return {
    write: (carried) => JSON.stringify(carried),
    read: ({ private_metadata: written }) => schema.safeParse(parsed(written)).data,
  };
}

function parsed(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    return undefined;
  }
}

const subject = z.strictObject({ id: z.string() });

/** The id of what a modal is about, where that is all it carries. */
export type Subject = z.infer<typeof subject>;
export const SUBJECT = metadata(subject);
