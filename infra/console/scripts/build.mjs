// Builds the console for Maven, and does nothing when nothing changed: the digest of all inputs is kept beside the
// output. `npm ci` runs only when the lock file differs from the one that is installed.
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const INPUTS = ['src', 'public', 'scripts', 'index.html', 'package.json', 'package-lock.json', 'tsconfig.json', 'vite.config.ts'];
const STAMP = 'target/console.stamp';
const INSTALLED = 'node_modules/.muster-lock';

function files(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).sort().flatMap((name) => files(join(path, name)));
}

function digest(paths) {
  const hash = createHash('sha256');
  for (const file of paths.flatMap(files)) hash.update(file).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

function run(command, ...args) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' });
  if (error || status !== 0) {
    console.error(`${command} ${args.join(' ')} failed${error ? `: ${error.message}` : ''}`);
    process.exit(status || 1);
  }
}

const wanted = digest(INPUTS);
const built = existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted && existsSync('target/classes/console/index.html');
if (built) {
  console.log('console: nothing changed since the last build');
} else {
  const lock = digest(['package-lock.json']);
  if (!existsSync(INSTALLED) || readFileSync(INSTALLED, 'utf8') !== lock) {
    run('npm', 'ci', '--ignore-scripts', '--loglevel=error');
    writeFileSync(INSTALLED, lock);
  }
  run('npm', 'run', '--silent', 'build');
  mkdirSync('target', { recursive: true });
  writeFileSync(STAMP, wanted);
}
