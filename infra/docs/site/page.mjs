// The frame around a page: head, navigation, search, contents, foot. No script and no style stands inside the page, because the
// server's content security policy allows none.

import { escaped } from './markdown.mjs';

/**
 * @param {{file: string, title: string, html: string, headings: {level: number, id: string, text: string}[]}} page
 * @param {{name: string, pages: {file: string, title: string}[]}[]} shelves
 */
export function framed(page, shelves) {
  const entries = (pages) =>
    pages.map((each) => `<li><a href="${each.file}"${each.file === page.file ? ' aria-current="page"' : ''}>${escaped(each.title)}</a></li>`).join('\n');
  const navigation = shelves
    .map((shelf) => {
      const open = shelf.name !== 'Decisions' || shelf.pages.some((each) => each.file === page.file);
      return `<details${open ? ' open' : ''}><summary>${escaped(shelf.name)}</summary>\n<ul>\n${entries(shelf.pages)}\n</ul></details>`;
    })
    .join('\n');
  const sections = page.headings.filter((each) => each.level === 2);
  const contents =
    sections.length < 2
      ? ''
      : `<nav class="contents" aria-label="On this page"><p>On this page</p>\n<ul>\n${sections
          .map((each) => `<li><a href="#${each.id}">${escaped(each.text)}</a></li>`)
          .join('\n')}\n</ul></nav>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(page.title)} – Muster manual</title>
<link rel="stylesheet" href="manual.css">
<script src="search.js" defer></script>
</head>
<body>
<a class="skip" href="#content">Skip to the text</a>
<header>
<a class="home" href="index.html">Muster manual</a>
<form role="search" class="search" hidden>
<label for="q">Search</label>
<input id="q" type="search" autocomplete="off" placeholder="Search the manual" aria-controls="found">
<ol id="found" hidden></ol>
</form>
<a class="console" href="/">Console</a>
</header>
<div class="columns">
<nav class="shelves" aria-label="Manual">
${navigation}
</nav>
<main id="content">
${page.html}
</main>
${contents}
</div>
</body>
</html>
`;
}
