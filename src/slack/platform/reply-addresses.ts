import { lastUsed } from './last-used.ts';

/**
 * Where a capture's confirmation can be shown to its reporter, and to nobody else: the response_url of the
 * command or shortcut it began with. Kept in memory only, for as long as Slack takes answers there; after a
 * restart the confirmation goes by direct message.
 */
export type ReplyAddresses = {
  keep: (captureId: string, responseUrl: string) => void;
  take: (captureId: string) => string | undefined;
  forget: (captureId: string) => void;
};

const SLACK_TAKES_ANSWERS_MS = 29 * 60 * 1000;

export function replyAddresses(): ReplyAddresses {
  const addresses = lastUsed<string, string>(10_000, SLACK_TAKES_ANSWERS_MS);
  return {
    keep: (captureId, responseUrl) => void addresses.set(captureId, responseUrl),
    take(captureId) {
      const address = addresses.get(captureId);
      addresses.delete(captureId);
      return address;
    },
    forget: (captureId) => void addresses.delete(captureId),
  };
}
