import { describe, expect, it } from 'vitest';
import { JsonFault, partsOf, plainJson, readJson, sameJson, valueAt, writeJson } from '../src/model/json.ts';

const fault = (text: string): JsonFault => {
  try {
    readJson(text);
  } catch (thrown) {
    if (thrown instanceof JsonFault) return thrown;
  }
  throw new Error(`${text} was read`);
};

describe('JSON as it was written', () => {
  it('keeps numbers that a double cannot hold', () => {
    for (const text of ['9007199254740993', '-0', '1e400', '0.10', '{"a":[123456789012345678901234567890,{}]}']) expect(writeJson(readJson(text)), text).toBe(text);
  });

  it('keeps the order of members and every sign of a text', () => {
    const text = '{"b":"\\u00e4 \\" \\\\ \\n","a":[true,false,null]}';
    expect(plainJson(readJson(text))).toEqual(JSON.parse(text));
    expect(writeJson(readJson(text))).toBe('{"b":"ä \\" \\\\ \\n","a":[true,false,null]}');
  });

  it('is laid out as JSON.stringify does', () => {
    for (const text of ['{"a":{"b":[1,"x",{}],"c":[]}}', '[]', '"x"']) expect(writeJson(readJson(text), 2)).toBe(JSON.stringify(JSON.parse(text), null, 2));
  });

  it('tells where a text stops being JSON', () => {
    expect(fault('{\n  "a": 1,\n  "b" 2\n}')).toMatchObject({ line: 3, column: 7 });
    expect(fault('{"a":1,"a":2}').message).toContain("'a'");
    for (const text of ['', ' ', '{', '[1,]', '{"a":}', '01', '+1', '.5', '1.', 'NaN', 'nul', '"a', '"\n"', '1 2', '{"a":1,}', "{'a':1}"]) expect(fault(text).line, text).toBeGreaterThan(0);
  });

  it('does not go deeper than the server does', () => {
    expect(fault('['.repeat(200) + ']'.repeat(200)).message).toContain('128 levels');
  });
});

describe('a place in it', () => {
  const value = readJson('{"a":{"b":[{"c":7}]},"x":"y"}');

  it('is a dotted path with indexes', () => {
    expect(partsOf('a.b[0].c')).toEqual(['a', 'b', '[0]', 'c']);
    expect(valueAt(value, 'a.b[0].c')).toEqual({ kind: 'number', text: '7' });
    expect(valueAt(value, '')).toBe(value);
    for (const path of ['a.z', 'a.b[1]', 'x.y', 'a[0]']) expect(valueAt(value, path), path).toBeUndefined();
  });
});

describe('two values', () => {
  const same = (a: string, b: string): boolean => sameJson(readJson(a), readJson(b));

  it('are the same when they mean the same', () => {
    expect(same('{"a":1,"b":[1,2]}', '{"b":[1,2],"a":1}')).toBe(true);
    for (const [a, b] of [['3000', '3000.0'], ['3e3', '3000'], ['0', '-0.0'], ['1.50', '15e-1']] as const) expect(same(a, b), `${a} ${b}`).toBe(true);
  });

  it('differ when they are another number, order, kind or length', () => {
    for (const [a, b] of [['9007199254740993', '9007199254740992'], ['[1,2]', '[2,1]'], ['1', 'true'], ['0', 'false'], ['"1"', '1'], ['{}', '[]'], ['{"a":null}', '{}'], ['1', '-1'], ['10', '1']] as const) expect(same(a, b), `${a} ${b}`).toBe(false);
  });
});
