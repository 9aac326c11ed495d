// Search without a server: one small index, fetched when somebody begins to type.

const form = document.querySelector('form.search');
const field = document.querySelector('#q');
const found = document.querySelector('#found');
const HITS_MAX = 12;
let index;

form.hidden = false;

function score(page, words) {
  let sum = 0;
  for (const word of words) {
    const title = page.title.toLowerCase().includes(word) ? 20 : 0;
    const heading = page.headings.some((each) => each.text.toLowerCase().includes(word)) ? 6 : 0;
    const text = page.text.toLowerCase().split(word).length - 1;
    if (title + heading + text === 0) return 0;
    sum += title + heading + Math.min(5, text);
  }
  return sum;
}

/** The place of a hit: the heading that has the word, or an anchor such as a problem's code, else the page. */
function place(page, words) {
  const heading = page.headings.find((each) => words.some((word) => each.text.toLowerCase().includes(word)));
  return heading ? `${page.file}#${heading.id}` : page.file;
}

function excerpt(page, words) {
  const at = page.text.toLowerCase().indexOf(words[0]);
  return at < 0 ? '' : `… ${page.text.slice(Math.max(0, at - 40), at + 90)} …`;
}

async function look() {
  const words = field.value.toLowerCase().split(/\s+/).filter((word) => word.length > 1);
  if (words.length === 0) {
    found.hidden = true;
    return;
  }
  index ??= await (await fetch('search.json')).json();
  const hits = index
    .map((page) => ({ page, points: score(page, words) }))
    .filter((hit) => hit.points > 0)
    .sort((a, b) => b.points - a.points)
    .slice(0, HITS_MAX);
  found.replaceChildren(
    ...hits.map(({ page }) => {
      const entry = document.createElement('li');
      const link = document.createElement('a');
      link.href = place(page, words);
      link.textContent = page.title;
      const text = document.createElement('p');
      text.textContent = excerpt(page, words);
      entry.append(link, text);
      return entry;
    }),
  );
  if (hits.length === 0) {
    const nothing = document.createElement('li');
    nothing.textContent = 'Nothing found.';
    found.append(nothing);
  }
  found.hidden = false;
}

field.addEventListener('input', look);
form.addEventListener('submit', (event) => {
  event.preventDefault();
  const first = found.querySelector('a');
  if (first) location.href = first.href;
});
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') found.hidden = true;
  if (event.key === '/' && document.activeElement !== field && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    field.focus();
  }
});
document.addEventListener('click', (event) => {
  if (!form.contains(event.target)) found.hidden = true;
});
