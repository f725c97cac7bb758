import type { Writable } from 'node:stream';

/** So many characters wait for a reader who is slow; what comes after them is left out, or memory would fill up. */
const MOST_WAITING = 300_000;

/** Where the log goes, and whether it gets there. */
type LogDestination = {
  write: (line: string) => void;
  /** A sentence for whoever runs the app while the log cannot be written. */
  notes: () => string[];
};

/**
 * A log that holds up nobody: not where its reader is gone or does not read, nor on a full disk. Pino's own goes on
 * trying for ever to write its last lines, and the process would not end.
 * @param say gets a sentence the first time something of the log is lost.
 */
export function logTo(stream: Writable, say: (sentence: string) => void): LogDestination {
  let lost: string | undefined;
  let isSaid = false;
  const written = (error?: NodeJS.ErrnoException | null) => {
    lost = error == null ? undefined : sentenceFor(error);
    if (lost === undefined || isSaid) return;
    isSaid = true;
    say(lost);
  };
  // Every write hears of its own.
  stream.on('error', () => undefined);
  return {
    write(line) {
      if (stream.writableLength + line.length <= MOST_WAITING) stream.write(line, written);
      else written(new Error('nobody reads it'));
    },
    notes: () => (lost === undefined ? [] : [lost]),
  };
}

function sentenceFor({ code, message }: NodeJS.ErrnoException): string {
  return `The log cannot be written (${code ?? message}). The app goes on without it: please see to what reads or keeps it, and start the app anew.`;
}
