// Runs the unit tests for Maven: node scripts/test.mjs <skipTests> <maven.test.skip> <test>. A -Dtest=… names Java
// tests of some other module, so ours are left out then.
import { spawnSync } from 'node:child_process';

const [skipTests, mavenTestSkip, test] = process.argv.slice(2);
const asked = (value) => value === 'true';
if (asked(skipTests) || asked(mavenTestSkip) || (test && !test.startsWith('${'))) {
  console.log('console: tests skipped');
} else {
  const { status } = spawnSync('npm', ['run', '--silent', 'test'], { stdio: 'inherit' });
  process.exit(status ?? 1);
}
