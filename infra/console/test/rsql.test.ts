import { describe, expect, it } from 'vitest';
import { and, equals, halfTyped, hints, isIn, looksLikeRsql, quoteValue } from '../src/model/rsql.ts';

const FIELDS = [{ name: 'id' }, { name: 'group', kind: 'text' }, { name: 'presence' }, { name: 'updateStatus' }, { name: 'installed.version' }, { name: 'mode', values: ['a b', 'plain'] }];
/** What is offered when the caret stands at |. */
function offered(text: string): string[] {
  const caret = text.indexOf('|');
  return hints(text.replace('|', ''), caret, FIELDS).map((each) => each.text);
}
/** The text after the first offer was taken. */
function taken(text: string): string {
  const caret = text.indexOf('|');
  const plain = text.replace('|', '');
  const [first] = hints(plain, caret, FIELDS);
  return first ? plain.slice(0, first.from) + first.text + plain.slice(first.to) : plain;
}

describe('hints while typing a filter', () => {
  it('offers fields first, those that begin as typed before those that contain it', () => {
    expect(offered('|')).toHaveLength(FIELDS.length);
    expect(offered('p|')).toEqual(['presence', 'group', 'updateStatus']);
    expect(offered('ver|')).toEqual(['installed.version']);
  });

  it('offers operators after a whole field', () => {
    expect(offered('group|')).toContain('==');
    expect(offered('group=|')).toEqual(['==', '=in=', '=out=', '=lt=', '=le=', '=gt=', '=ge=']);
    expect(offered('group=l|')).toEqual(['=lt=', '=le=']);
    expect(taken('group=i|')).toBe('group=in=');
  });

  it('offers values where they are known', () => {
    expect(offered('presence==|')).toEqual(['online', 'overdue', 'never-seen']);
    expect(offered('presence==o|')).toEqual(['online', 'overdue']);
    expect(offered('presence==online|')).toEqual([]);
    expect(offered('group==|')).toEqual([]);
    expect(offered('mode==a|')).toEqual(['"a b"']);
  });

  it('helps within lists', () => {
    expect(offered('presence=in=(online,|')).toEqual(['online', 'overdue', 'never-seen']);
    expect(taken('presence=in=(online,ov|')).toBe('presence=in=(online,overdue');
  });

  it('starts again after and, or, brackets', () => {
    expect(offered('group==a;pre|')).toEqual(['presence']);
    expect(offered('group==a,pre|')).toEqual(['presence']);
    expect(offered('group==a and pre|')).toEqual(['presence']);
    expect(offered('(pre|')).toEqual(['presence']);
    expect(taken('group==a; upd|')).toBe('group==a; updateStatus');
  });

  it('is not fooled by quotes and lists', () => {
    expect(offered('group=="a;pre|')).toEqual([]);
    expect(offered('group=in=(a,b);pre|')).toEqual(['presence']);
  });
});

describe('writing filters', () => {
  it('quotes what RSQL would read', () => {
    expect(quoteValue('berlin')).toBe('berlin');
    expect(quoteValue('hall 3')).toBe('"hall 3"');
    expect(quoteValue('say "x"\\')).toBe('"say \\"x\\"\\\\"');
    expect(equals('group', 'a,b')).toBe('group=="a,b"');
    expect(isIn('id', ['a', 'b c'])).toBe('id=in=(a,"b c")');
  });

  it('joins parts, with brackets around an or', () => {
    expect(and('a==1', undefined, '')).toBe('a==1');
    expect(and('a==1', 'b==2')).toBe('a==1;b==2');
    expect(and('a==1,a==2', 'b==2')).toBe('(a==1,a==2);b==2');
    expect(and('a==1 or a==2', 'b==2')).toBe('(a==1 or a==2);b==2');
    expect(and('a=in=(1,2)', 'b=="x,y"')).toBe('a=in=(1,2);b=="x,y"');
    expect(and('(a==1,a==2)', 'b==2')).toBe('(a==1,a==2);b==2');
  });

  it('knows when a value is still missing', () => {
    for (const text of ['group', 'group=', 'group==', 'group=l', 'group=lt=', 'a==1;', 'a==1;b', 'a==1 and b=', 'a=in=(x,', 'a=in=(', 'a=="x y', '(', 'a<']) expect(halfTyped(text), text).toBe(true);
    for (const text of ['', 'group==online', 'a=lt=abc', 'a=in=(x,y)', 'a=="x y"', "a=='x'", '(a==1,b==2)', 'a<5', 'a==1;b!=2']) expect(halfTyped(text), text).toBe(false);
  });

  it('tells a filter from words', () => {
    expect(looksLikeRsql('robot 17')).toBe(false);
    expect(looksLikeRsql('10.2.0.1')).toBe(false);
    expect(looksLikeRsql('group==berlin')).toBe(true);
    expect(looksLikeRsql('lastSeen=lt=2026')).toBe(true);
  });
});
