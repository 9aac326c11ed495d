// Markdown into HTML: the part of it that this manual uses, and nothing that runs. Headings, paragraphs, lists, tables,
// fences, quotes, links, images, emphasis, code, and the two raw tags the pages need (anchors and comments).

const ESCAPES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text that is only shown. */
export const escaped = (text) => text.replace(/[&<>"]/g, (sign) => ESCAPES[sign]);

/** The id a heading is linked by, as on the common forges: lower case, blanks to dashes, signs gone. */
export const slug = (text) =>
  text.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '').trim().replace(/\s/g, '-');

/**
 * @param {string} text Markdown
 * @param {(href: string) => string | null} link maps a target; null leaves the words without a link
 * @returns {{title: string, html: string, headings: {level: number, id: string, text: string}[], ids: Set<string>}}
 */
export function render(text, link = (href) => href) {
  const page = { title: '', html: '', headings: [], ids: new Set() };
  const lines = text.replace(/\r\n?/g, '\n').replace(/<!--[\s\S]*?-->\n?/g, '').split('\n');
  page.html = blocks(lines, page, link);
  return page;
}

function blocks(lines, page, link) {
  const out = [];
  for (let i = 0; i < lines.length; ) {
    const line = lines[i];
    if (line.trim() === '') {
      i++;
    } else if (/^(```|~~~)/.test(line)) {
      const fence = line.slice(0, 3);
      const end = closing(lines, i + 1, fence);
      const language = line.slice(3).trim();
      out.push(`<pre tabindex="0"><code${language ? ` class="language-${escaped(language)}"` : ''}>${escaped(lines.slice(i + 1, end).join('\n'))}\n</code></pre>`);
      i = end + 1;
    } else if (/^#{1,6} /.test(line)) {
      out.push(heading(line, page, link));
      i++;
    } else if (/^\|/.test(line)) {
      const end = while_(lines, i, (each) => each.startsWith('|'));
      out.push(table(lines.slice(i, end), page, link));
      i = end;
    } else if (/^> ?/.test(line)) {
      const end = while_(lines, i, (each) => each.startsWith('>'));
      out.push(`<blockquote>${blocks(lines.slice(i, end).map((each) => each.replace(/^> ?/, '')), page, link)}</blockquote>`);
      i = end;
    } else if (item(line)) {
      const end = listEnd(lines, i);
      out.push(list(lines.slice(i, end), page, link));
      i = end;
    } else if (/^---+$/.test(line)) {
      out.push('<hr>');
      i++;
    } else {
      const end = while_(lines, i, (each, at) => each.trim() !== '' && (at === i || !/^(```|~~~|#{1,6} |\||> )/.test(each) && !item(each)));
      out.push(`<p>${inline(lines.slice(i, end).join('\n'), page, link)}</p>`);
      i = end;
    }
  }
  return out.join('\n');
}

const item = (line) => /^(?:[-*]|\d+\.) +/.exec(line);

function closing(lines, from, fence) {
  const end = lines.findIndex((each, at) => at >= from && each.startsWith(fence));
  return end < 0 ? lines.length : end;
}

function while_(lines, from, holds) {
  let end = from;
  while (end < lines.length && holds(lines[end], end)) end++;
  return end;
}

/** A list goes on over indented lines, and over a blank one that is followed by an item or an indented line. */
function listEnd(lines, from) {
  let end = from;
  while (end < lines.length) {
    const line = lines[end];
    const goesOn = item(line) || /^\s+\S/.test(line);
    const blankInside = line.trim() === '' && end + 1 < lines.length && /^\s{2,}\S/.test(lines[end + 1]);
    const lazy = line.trim() !== '' && lines[end - 1]?.trim() !== '' && end > from && !/^(```|#{1,6} |\|)/.test(line);
    if (!goesOn && !blankInside && !lazy) break;
    end++;
  }
  return end;
}

function list(lines, page, link) {
  const tag = /^\d/.test(lines[0]) ? 'ol' : 'ul';
  const items = [];
  for (const line of lines) {
    const start = item(line);
    if (start) items.push([line.slice(start[0].length)]);
    else items.at(-1).push(line.replace(/^ {1,4}/, ''));
  }
  const html = items.map((each) => {
    const simple = each.every((line, at) => at === 0 || line.trim() !== '' && !item(line) && !/^(```|\|)/.test(line));
    return `<li>${simple ? inline(each.join('\n'), page, link) : blocks(each, page, link)}</li>`;
  });
  return `<${tag}>\n${html.join('\n')}\n</${tag}>`;
}

function heading(line, page, link) {
  const [, signs, text] = /^(#{1,6}) +(.*?) *#*$/.exec(line);
  let id = slug(plain(text));
  while (page.ids.has(id)) id += '-1';
  page.ids.add(id);
  if (signs.length === 1 && !page.title) page.title = plain(text);
  page.headings.push({ level: signs.length, id, text: plain(text) });
  return `<h${signs.length} id="${id}">${inline(text, page, link)} <a class="here" href="#${id}" aria-label="Link to this section">#</a></h${signs.length}>`;
}

function table(lines, page, link) {
  const cells = (line) => line.replace(/^\|/, '').replace(/\|\s*$/, '').split(/(?<!\\)\|/).map((each) => each.trim().replace(/\\\|/g, '|'));
  const ruled = lines.length > 1 && /^\|[\s|:-]+$/.test(lines[1]);
  const head = ruled ? cells(lines[0]) : null;
  const row = (line, tag) => `<tr>${cells(line).map((each) => `<${tag}>${inline(each, page, link)}</${tag}>`).join('')}</tr>`;
  const body = lines.slice(ruled ? 2 : 0).map((line) => row(line, 'td'));
  const thead = head && head.some((each) => each) ? `<thead>${row(lines[0], 'th')}</thead>` : '';
  return `<div class="table" tabindex="0" role="group" aria-label="Table"><table>${thead}<tbody>\n${body.join('\n')}\n</tbody></table></div>`;
}

/** Words without their markup. */
export const plain = (text) =>
  text.replace(/<[^>]*>/g, '').replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[`*]/g, '').replace(/\\(.)/g, '$1');

/** Spans of one text. Code goes first and is put aside, so that nothing inside it is taken for markup. */
function inline(text, page, link) {
  const aside = [];
  const put = (html) => `\u0000${aside.push(html) - 1}\u0000`;
  let html = text
    .replace(/`([^`]+)`/g, (_, code) => put(`<code>${escaped(code)}</code>`))
    .replace(/<a id="([\w.-]+)"><\/a>/g, (_, id) => (page.ids.add(id), put(`<a id="${id}"></a>`)))
    .replace(/\\([\\`*_[\]|<>])/g, (_, sign) => put(escaped(sign)));
  html = escaped(html)
    .replace(/!\[([^\]]*)\]\(([^)\s]+)\)/g, (_, alt, src) => put(`<img alt="${alt}" src="${link(src) ?? src}" loading="lazy">`))
    .replace(/\[([^\]]+)\]\(([^)\s]+)\)/g, (_, words, href) => {
      const target = link(href);
      return target === null ? words : `${put(`<a href="${target}">`)}${words}${put('</a>')}`;
    })
    .replace(/&lt;(https?:\/\/[^\s&]+)&gt;/g, (_, href) => put(`<a href="${href}">${href}</a>`))
    .replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
    .replace(/(?<![\w*])\*([^*\s][^*]*)\*(?![\w*])/g, '<em>$1</em>');
  for (let i = 0; i < 3; i++) html = html.replace(/\u0000(\d+)\u0000/g, (_, at) => aside[Number(at)]);
  return html;
}
