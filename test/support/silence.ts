import { LogLevel } from '@slack/web-api';

/** A logger for toy apps that talk to the workspace in tests: what they say is nobody's business. */
export const silence = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};
