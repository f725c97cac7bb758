// Plain JavaScript, so that a Node too old to run TypeScript gets this far and can be told so.
import module from 'node:module';

const OLDEST = [24, 14];

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
  process.stderr.write(
    `This needs Node ${OLDEST.join('.')} or newer, and this is ${process.versions.node}. "npm ci" brings one along and "npm start" uses it; or install it from nodejs.org.\n`,
  );
  process.exit(1);
}

// Keeps compiled modules between starts: half the time of a second start.
module.enableCompileCache();
await import('./main.ts');
