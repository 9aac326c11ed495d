// Makes the manual's static site: node infra/docs/build.mjs <target folder>
//
// Every .md below this folder becomes <name>.html in one flat folder, so that /docs/problems (problems.html) and relative links
// both work. A link to a page or an anchor that is not there fails the build.

import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { plain, render } from './site/markdown.mjs';
import { framed } from './site/page.mjs';

const ROOT = dirname(fileURLToPath(import.meta.url));
const SHELVES = { tutorial: 'Tutorials', 'how-to': 'How to', reference: 'Reference', explanation: 'Explanation', decisions: 'Decisions' };
const TEXT_MAX = 20_000;

/** Markdown files below a folder, as paths relative to the root. */
function sources(folder = ROOT) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((each) => {
    const path = join(folder, each.name);
    if (each.isDirectory()) return ['site', 'images', 'node_modules'].includes(each.name) ? [] : sources(path);
    return each.name.endsWith('.md') ? [relative(ROOT, path)] : [];
  });
}

/** decisions/README.md is decisions.html, README.md is index.html, reference/problems.md is problems.html. */
function target(source) {
  const name = basename(source, '.md');
  if (name !== 'README') return `${name}.html`;
  return dirname(source) === '.' ? 'index.html' : `${basename(dirname(source))}.html`;
}

function linkFrom(source, known, wanted) {
  return (href) => {
    if (/^[a-z]+:/.test(href) || href.startsWith('/')) return href;
    const [path, hash] = href.split('#');
    const from = path === '' ? source : normalize(join(dirname(source), path));
    if (from.startsWith('images/')) return from;
    if (from.startsWith('..')) return null;
    if (!known.has(from)) throw new Error(`${source}: there is no page ${href}`);
    if (hash) wanted.push({ source, page: from, hash });
    return (path === '' ? '' : target(from)) + (hash ? `#${hash}` : '');
  };
}

function build(out) {
  const known = new Set(sources());
  const targets = new Map();
  for (const source of known) {
    if (targets.has(target(source))) throw new Error(`${source} and ${targets.get(target(source))} have the same name`);
    targets.set(target(source), source);
  }
  const wanted = [];
  const pages = [...known].map((source) => {
    const text = readFileSync(join(ROOT, source), 'utf8');
    return { source, file: target(source), text, ...render(text, linkFrom(source, known, wanted)) };
  });
  const bySource = new Map(pages.map((page) => [page.source, page]));
  for (const { source, page, hash } of wanted) {
    if (!bySource.get(page).ids.has(hash)) throw new Error(`${source}: there is no #${hash} in ${page}`);
  }
  const shelves = order(pages, bySource.get('README.md').text);
  rmSync(out, { recursive: true, force: true });
  mkdirSync(join(out, 'images'), { recursive: true });
  for (const page of pages) writeFileSync(join(out, page.file), framed(page, shelves));
  writeFileSync(join(out, 'search.json'), JSON.stringify(pages.map(forSearch)));
  for (const file of ['manual.css', 'search.js']) copyFileSync(join(ROOT, 'site', file), join(out, file));
  const images = join(ROOT, 'images');
  for (const file of existsSync(images) ? readdirSync(images) : []) copyFileSync(join(images, file), join(out, 'images', file));
  return pages.length;
}

/** Pages by shelf, in the order in which the front page names them; what it does not name comes last. */
function order(pages, front) {
  const place = (page) => {
    const at = front.indexOf(`(${page.source})`);
    return at < 0 ? Number.MAX_SAFE_INTEGER : at;
  };
  const shelfOf = (page) => SHELVES[page.source.split('/')[0]] ?? 'Reference';
  return Object.values(SHELVES).map((name) => ({
    name,
    pages: pages
      .filter((page) => page.file !== 'index.html' && shelfOf(page) === name)
      .sort((a, b) => place(a) - place(b) || a.file.localeCompare(b.file)),
  }));
}

const forSearch = (page) => ({
  file: page.file,
  title: page.title,
  headings: page.headings.slice(1).map(({ id, text }) => ({ id, text })),
  text: plain(page.text).replace(/(^|\s)[#|>-]+(?=\s|$)/g, ' ').replace(/\|/g, ' ').replace(/\s+/g, ' ').slice(0, TEXT_MAX),
});

const out = process.argv[2];
if (!out) {
  console.error('usage: node infra/docs/build.mjs <target folder>');
  process.exit(2);
}
try {
  console.log(`manual: ${build(out)} pages in ${out}`);
} catch (failure) {
  console.error(`manual: ${failure.message}`);
  process.exit(1);
}
