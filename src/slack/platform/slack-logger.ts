import { LogLevel, type Logger as SlackLogger } from '@slack/logger';
import type { Logger } from 'pino';

/**
 * What Slack's libraries may write to our log. Below warnings they print whole payloads: people's words, and
 * the ids of people who share without their name. So their debug and info lines go nowhere, at any log level.
 */
export function quietLogger(log: Logger): SlackLogger {
  const ours = log.child({ from: 'slack' });
  const nothing = () => undefined;
  return {
    debug: nothing,
    info: nothing,
    warn: (...words) => ours.warn(words.map(String).join(' ')),
    error: (...words) => ours.error(words.map(String).join(' ')),
    setLevel: nothing,
    getLevel: () => LogLevel.WARN,
    setName: nothing,
  };
}
