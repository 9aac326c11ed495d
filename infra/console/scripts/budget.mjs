// Fails the build when the first load grows beyond its budget: the page, all it links statically, and the chunk of the
// largest page, gzipped – what somebody waits for who opens a link.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const BUDGET = 120_000;
const out = process.env.CONSOLE_OUT ?? 'target/classes/console';
const manifest = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'));

const wanted = new Set(['index.html', 'theme.js', 'favicon.svg']);
function follow(key) {
  const chunk = manifest[key];
  if (wanted.has(chunk.file)) return;
  wanted.add(chunk.file);
  chunk.css?.forEach((file) => wanted.add(file));
  chunk.imports?.forEach(follow);
}
follow('index.html');

const gzipped = (file) => gzipSync(readFileSync(join(out, file)), { level: 9 }).length;
const pages = Object.keys(manifest).filter((key) => key.startsWith('src/pages/'));
const largest = pages.sort((a, b) => gzipped(manifest[b].file) - gzipped(manifest[a].file))[0];
follow(largest);

let total = 0;
for (const file of wanted) total += gzipped(file);
console.log(`console: first load ${(total / 1000).toFixed(1)} kB gzipped in ${wanted.size} files (with ${largest}), budget ${BUDGET / 1000} kB`);
if (total > BUDGET) {
  console.error('console: the first load is over its budget; load the heavy part lazily instead of raising it');
  process.exit(1);
}
