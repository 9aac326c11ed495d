// node --test infra/docs/site/
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { render, slug } from './markdown.mjs';

const html = (text, link) => render(text, link).html;

test('a heading is linked by the id that forges give it', () => {
  const page = render('# Stopping & upgrading\n\n## `trust` modes');
  assert.equal(page.title, 'Stopping & upgrading');
  assert.deepEqual(page.headings.map((each) => each.id), ['stopping--upgrading', 'trust-modes']);
  assert.equal(slug('Actions: updates of one device'), 'actions-updates-of-one-device');
});

test('code is shown as it is, whatever stands in it', () => {
  assert.match(html('`<b>**x**</b>`'), /<code>&lt;b&gt;\*\*x\*\*&lt;\/b&gt;<\/code>/);
  assert.match(html('```sh\n<a> [b](c) *d*\n```'), /<pre tabindex="0"><code class="language-sh">&lt;a&gt; \[b\]\(c\) \*d\*\n<\/code><\/pre>/);
});

test('markup of the text itself does not get through', () => {
  assert.match(html('<script>alert(1)</script>'), /&lt;script&gt;/);
  assert.match(html('<a id="kernel.timeout"></a>`x`'), /<a id="kernel\.timeout"><\/a><code>x<\/code>/);
});

test('a table keeps its cells, code with a bar in it included', () => {
  const table = html('| a | b |\n|---|---|\n| 1 \\| 2 | `x` |');
  assert.match(table, /<th>a<\/th><th>b<\/th>/);
  assert.match(table, /<td>1 \| 2<\/td><td><code>x<\/code><\/td>/);
});

test('a link goes where the site has the page, and loses itself where it has none', () => {
  const link = (href) => (href === 'a.md' ? 'a.html' : null);
  assert.match(html('[words](a.md)', link), /<a href="a\.html">words<\/a>/);
  assert.equal(html('[words](../x.java)', link), '<p>words</p>');
  assert.match(html('[`code`](a.md) and **bold**', link), /<a href="a\.html"><code>code<\/code><\/a> and <strong>bold<\/strong>/);
});

test('lists go on over lines and hold blocks', () => {
  assert.equal(html('- one\n  goes on\n- two'), '<ul>\n<li>one\ngoes on</li>\n<li>two</li>\n</ul>');
  assert.match(html('1. first\n\n   ```\n   code\n   ```\n2. second'), /<li>.*first.*<pre.*code/s);
});

test('comments vanish', () => {
  assert.equal(html('<!-- story -->\ntext'), '<p>text</p>');
});
