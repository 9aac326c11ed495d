// A small RSQL evaluator for the mock: comparisons, `;`/and, `,`/or, brackets. Throws on anything else.
const FIELDS = /^(id|name|group|tags?|presence|updatestatus|lastseen|createdat|address|origin|(installed|assigned)\.(id|name|version)|hardware\.(model|revision)|(attributes?|metadata)\..+)$/i;

export function compile(text) {
  let at = 0;
  const rest = () => text.slice(at);
  const skip = () => { while (text[at] === ' ') at++; };
  const fail = () => { throw new Error(`The filter is not understood at character ${at + 1}.`); };

  function or() {
    const parts = [and()];
    for (;;) {
      skip();
      if (text[at] === ',') at++;
      else if (/^or /.test(rest())) at += 3;
      else break;
      parts.push(and());
    }
    return parts.length === 1 ? parts[0] : (row) => parts.some((part) => part(row));
  }
  function and() {
    const parts = [atom()];
    for (;;) {
      skip();
      if (text[at] === ';') at++;
      else if (/^and /.test(rest())) at += 4;
      else break;
      parts.push(atom());
    }
    return parts.length === 1 ? parts[0] : (row) => parts.every((part) => part(row));
  }
  function atom() {
    skip();
    if (text[at] === '(') {
      at++;
      const inner = or();
      skip();
      if (text[at++] !== ')') fail();
      return inner;
    }
    const match = /^([\w.-]+)\s*(==|!=|=[a-z]+=|<=|>=|<|>)\s*/.exec(rest());
    if (!match) fail();
    if (!FIELDS.test(match[1])) throw new Error(`There is no field '${match[1]}'. (character ${at + 1})`);
    at += match[0].length;
    const values = text[at] === '(' ? list() : [value()];
    return comparison(match[1], match[2], values);
  }
  function list() {
    const values = [];
    at++;
    for (;;) {
      values.push(value());
      skip();
      if (text[at] === ',') { at++; skip(); continue; }
      if (text[at++] !== ')') fail();
      return values;
    }
  }
  function value() {
    const quoted = /^"((?:\\.|[^"\\])*)"|^'((?:\\.|[^'\\])*)'/.exec(rest());
    if (quoted) { at += quoted[0].length; return (quoted[1] ?? quoted[2]).replace(/\\(.)/g, '$1'); }
    const plain = /^[^\s"'();,=!~<>\\]+/.exec(rest());
    if (!plain) fail();
    at += plain[0].length;
    return plain[0];
  }
  const predicate = or();
  skip();
  if (at < text.length) fail();
  return predicate;
}

const PLAIN = { updatestatus: 'updateStatus', lastseen: 'lastSeen', createdat: 'createdAt', tag: 'tags' };
export function valueAt(row, given) {
  const path = (PLAIN[given.toLowerCase()] ?? given).replace(/^attribute\./, 'attributes.');
  const dot = path.indexOf('.');
  if (dot > 0 && ['attributes', 'metadata'].includes(path.slice(0, dot))) return row[path.slice(0, dot)][path.slice(dot + 1)];
  return path.split('.').reduce((value, key) => value?.[key], row);
}

function comparison(field, operator, values) {
  const patterns = values.map((each) => new RegExp(`^${each.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`, 'i'));
  return (row) => {
    const found = [valueAt(row, field)].flat().filter((each) => each !== undefined && each !== null).map(String);
    const hit = found.some((each) => patterns.some((pattern) => pattern.test(each)));
    if (operator === '==' || operator === '=in=') return hit;
    if (operator === '!=' || operator === '=out=') return !hit;
    const order = found.length === 0 ? NaN : found[0].localeCompare(values[0], 'en', { numeric: true });
    return { '=lt=': order < 0, '<': order < 0, '=le=': order <= 0, '<=': order <= 0, '=gt=': order > 0, '>': order > 0, '=ge=': order >= 0, '>=': order >= 0 }[operator] ?? false;
  };
}
