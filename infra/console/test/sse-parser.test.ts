import { describe, expect, it } from 'vitest';
import { SseParser, type SseMessage } from '../src/live/sse-parser.ts';

function parse(...chunks: string[]): { messages: SseMessage[]; comments: number } {
  const messages: SseMessage[] = [];
  let comments = 0;
  const parser = new SseParser((message) => messages.push(message), () => { comments++; });
  chunks.forEach((chunk) => parser.push(chunk));
  return { messages, comments };
}
const TEXT = ': hello\n\nid: 7\nevent: muster.a.b.v1\ndata: {"a":\ndata: 1}\n\nid: 8\ndata: two\n\n';

describe('the reader of event streams', () => {
  it('reads ids, names and data of several lines', () => {
    expect(parse(TEXT)).toEqual({ comments: 1, messages: [{ id: '7', event: 'muster.a.b.v1', data: '{"a":\n1}' }, { id: '8', event: 'message', data: 'two' }] });
  });

  it('does not care where chunks are cut', () => {
    const whole = parse(TEXT);
    for (let i = 1; i < TEXT.length; i++) expect(parse(TEXT.slice(0, i), TEXT.slice(i))).toEqual(whole);
    expect(parse(...TEXT)).toEqual(whole);
  });

  it('takes CR LF as one line end, also when cut between the two', () => {
    const crlf = TEXT.replaceAll('\n', '\r\n');
    const whole = parse(TEXT);
    for (let i = 1; i < crlf.length; i++) expect(parse(crlf.slice(0, i), crlf.slice(i))).toEqual(whole);
  });

  it('keeps the last id for messages without one, and waits for the blank line', () => {
    expect(parse('id: 1\ndata: a\n\ndata: b\n\ndata: c\n').messages).toEqual([{ id: '1', event: 'message', data: 'a' }, { id: '1', event: 'message', data: 'b' }]);
  });

  it('drops a message without end instead of keeping it for ever', () => {
    const line = `data: ${'x'.repeat(300_000)}\n`;
    expect(parse(line, line, line, line, '\n', 'data: ok\n\n').messages).toEqual([{ id: undefined, event: 'message', data: 'ok' }]);
  });
});
