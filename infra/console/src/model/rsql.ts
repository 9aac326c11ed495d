/** What the filter box knows of RSQL: enough to help typing. The server alone decides what a filter means. */

export const OPERATORS = [
  { text: '==', meaning: 'equals, * stands for anything' },
  { text: '!=', meaning: 'differs' },
  { text: '=in=', meaning: 'is one of (…)' },
  { text: '=out=', meaning: 'is none of (…)' },
  { text: '=lt=', meaning: 'less than' },
  { text: '=le=', meaning: 'at most' },
  { text: '=gt=', meaning: 'greater than' },
  { text: '=ge=', meaning: 'at least' },
] as const;

export interface Hint { text: string; note: string; from: number; to: number }

export interface HintField { name: string; kind?: string; values?: string[] }

/** Values that a field can have, where the set is small and fixed. */
export const KNOWN_VALUES: Record<string, string[]> = {
  presence: ['online', 'overdue', 'never-seen'],
  updatestatus: ['in-sync', 'pending', 'error', 'registered', 'unknown'],
  origin: ['operator', 'bulk', 'plug-and-play'],
};

const HINTS_MAX = 12;

/** The server reads field names in any case. */
const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
const known = (values: string[] | undefined): string[] | undefined => (values && values.length > 0 ? values : undefined);

/** What may come next at the caret: fields, operators or values. */
export function hints(text: string, caret: number, fields: HintField[]): Hint[] {
  const before = text.slice(0, caret);
  const start = comparisonStart(before);
  const piece = before.slice(start);
  const operator = /(==|!=|=[a-z]+=|<=|>=|<|>)/.exec(piece);
  if (operator) return valueHints(piece, caret, operator, fields);
  const name = /^[\w.-]*/.exec(piece)?.[0] ?? '';
  const rest = piece.slice(name.length);
  if (rest === '' && fields.some((each) => same(each.name, name))) return operatorHints(start + name.length, caret, '');
  if (rest !== '' && /^[=!<>]/.test(rest)) return operatorHints(start + name.length, caret, rest);
  if (rest !== '') return [];
  const wanted = name.toLowerCase();
  return fields
    .filter((each) => each.name.toLowerCase().includes(wanted))
    .sort((a, b) => Number(b.name.toLowerCase().startsWith(wanted)) - Number(a.name.toLowerCase().startsWith(wanted)))
    .slice(0, HINTS_MAX)
    .map((each) => ({ text: each.name, note: each.kind ?? '', from: start, to: caret }));
}

function operatorHints(from: number, to: number, typed: string): Hint[] {
  return OPERATORS.filter((each) => each.text.startsWith(typed) && each.text !== typed)
    .map((each) => ({ text: each.text, note: each.meaning, from, to }));
}

function valueHints(piece: string, caret: number, operator: RegExpExecArray, fields: HintField[]): Hint[] {
  const name = piece.slice(0, operator.index);
  const values = known(fields.find((each) => same(each.name, name))?.values) ?? KNOWN_VALUES[name.toLowerCase()] ?? [];
  const tail = piece.slice(operator.index + operator[0].length);
  const typed = tail.slice(Math.max(tail.lastIndexOf('('), tail.lastIndexOf(',')) + 1);
  const from = caret - typed.length;
  return values.filter((each) => each.startsWith(typed) && each !== typed).slice(0, HINTS_MAX)
    .map((each) => ({ text: quoteValue(each), note: 'value', from, to: caret }));
}

/** Where the comparison under the caret starts: after the last `;`, `,`, `(`, "and" or "or" that is not in quotes or a list. */
function comparisonStart(text: string): number {
  let start = 0;
  let quote = '';
  let list = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charAt(i);
    if (quote) {
      if (c === '\\') i++;
      else if (c === quote) quote = '';
      continue;
    }
    if (c === '"' || c === "'") quote = c;
    else if (c === '(') {
      if (/=(in|out)=$/.test(text.slice(0, i))) list++;
      else start = i + 1;
    } else if (c === ')') list = Math.max(0, list - 1);
    else if (list === 0 && (c === ';' || c === ',')) start = i + 1;
    else if (list === 0 && c === ' ') {
      const word = /^ (and|or) /.exec(text.slice(i));
      if (word) start = i + word[0].length;
    }
  }
  return start + (/^\s*/.exec(text.slice(start))?.[0].length ?? 0);
}

/** A value as RSQL wants it: quoted when it holds reserved characters. */
export function quoteValue(value: string): string {
  return /^[^\s"'();,=!~<>\\]+$/.test(value) ? value : `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

export function equals(field: string, value: string): string {
  return `${field}==${quoteValue(value)}`;
}

export function isIn(field: string, values: string[]): string {
  return `${field}=in=(${values.map(quoteValue).join(',')})`;
}

/** Both must hold. Parts with an "or" on top are put in brackets. */
export function and(...parts: (string | undefined)[]): string {
  const filled = parts.filter((each): each is string => !!each && each.trim() !== '');
  return filled.length === 1 ? filled[0]! : filled.map((each) => (hasOr(each) ? `(${each})` : each)).join(';');
}

function hasOr(text: string): boolean {
  const plain = text.replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/g, '').replace(/=(in|out)=\([^)]*\)/g, '');
  let depth = 0;
  for (let i = 0; i < plain.length; i++) {
    const c = plain[i];
    if (c === '(') depth++;
    else if (c === ')') depth--;
    else if (depth === 0 && (c === ',' || plain.startsWith(' or ', i))) return true;
  }
  return false;
}

/** True when the text is meant as RSQL and not as words to search for. */
export function looksLikeRsql(text: string): boolean {
  return /[\w.-]\s*(==|!=|=[a-z]+=|[<>]=?)/.test(text.replace(/"[^"]*"|'[^']*'/g, ''));
}

/** True while the last comparison has no value yet: asking the server would only be answered with a fault. */
export function halfTyped(text: string): boolean {
  if (text.trim() === '') return false;
  const piece = text.slice(comparisonStart(text)).trimEnd();
  return /^\(*[\w.-]*$/.test(piece) || /^[\w.-]+\s*(!|==?|!=|=[a-z]+=?|[<>]=?)$/.test(piece)
    || /=(in|out)=\s*\([^)]*$/.test(piece) || /(==|!=|=|<|>)\s*("(\\.|[^"\\])*|'(\\.|[^'\\])*)$/.test(piece);
}
