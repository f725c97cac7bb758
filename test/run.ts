import { spawnSync } from 'node:child_process';

/** `npm test`: every check, each run even when an earlier one failed, so that one look shows all there is to mend. */
const CHECKS = [
  { what: 'type check', script: 'typecheck' },
  { what: 'lint', script: 'lint' },
  { what: 'format check', script: 'format:check' },
  { what: 'tests', script: 'test:stories' },
];

const failed = CHECKS.filter(({ what, script }) => {
  process.stdout.write(`\n${what} (npm run ${script})\n`);
  // The arguments are our own words above; through a shell, since npm is a script of its own on Windows.
  return spawnSync(`npm run --silent ${script}`, { stdio: 'inherit', shell: true }).status !== 0;
});

if (failed.length > 0) {
  process.stderr.write(`\nNot passed: ${failed.map(({ what }) => what).join(', ')}.\n`);
  process.exit(1);
}
