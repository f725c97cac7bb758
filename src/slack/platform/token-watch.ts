import { asRefusal } from './identity.ts';
import { isTokenRefused } from './slack-errors.ts';

/** Says whether an error means that nothing works any more, and if so ends the app. */
export type Watch = (error: unknown) => void;

/** A token that is refused stays refused: one sentence says why and what to do. */
export function watchToken(onFatal: (sentence: string) => void): Watch {
  return (error) => {
    if (!isTokenRefused(error)) return;
    const refusal = asRefusal(error);
    onFatal(refusal instanceof Error ? refusal.message : String(refusal));
  };
}
