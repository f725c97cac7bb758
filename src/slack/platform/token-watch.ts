import { asRefusal } from './identity.ts';
import { isTokenRefused, whyOf } from './slack-errors.ts';

/** Sees every error of Slack, and says so where one means that nothing works in a workspace any more. */
export type Watch = (error: unknown) => void;

/** Slack's reason, and a sentence with what to do for whoever runs the app. */
export type TokenRefused = { why: string; sentence: string };

/** A token that is refused stays refused. */
export function watchToken(onRefused: (refused: TokenRefused) => void): Watch {
  return (error) => {
    if (!isTokenRefused(error)) return;
    const refusal = asRefusal(error);
    onRefused({
      why: whyOf(error),
      sentence: refusal instanceof Error ? refusal.message : String(refusal),
    });
  };
}
