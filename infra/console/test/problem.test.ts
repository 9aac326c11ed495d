import { describe, expect, it } from 'vitest';
import { Problem } from '../src/api/problem.ts';

describe('a problem', () => {
  it('keeps all that the server says', () => {
    const problem = Problem.parse(409, 'Conflict', JSON.stringify({
      type: '/docs/errors/registry.device-exists', title: 'This device is known already', detail: 'robot-1 was registered before.', code: 'registry.device-exists',
      hint: 'Choose another id.', traceId: 'abc', retryable: false, errors: [{ pointer: '/id', message: 'taken' }],
    }));
    expect(problem).toMatchObject({ status: 409, title: 'This device is known already', code: 'registry.device-exists', hint: 'Choose another id.', traceId: 'abc', retryable: false, docs: '/docs/errors/registry.device-exists' });
    expect(problem.message).toBe('robot-1 was registered before.');
    expect(problem.at('/id')).toBe('taken');
    expect(problem.at('/name')).toBeUndefined();
  });

  it('is told also when a proxy answers with a page', () => {
    const problem = Problem.parse(502, 'Bad Gateway', '<html><script>alert(1)</script></html>');
    expect(problem.title).toBe('The server has a problem');
    expect(problem.detail).toBeUndefined();
    expect(problem.hint).toBe('Try again in a moment.');
  });

  it('says how long to wait', () => {
    const problem = Problem.parse(429, '', '', '7');
    expect(problem.hint).toBe('Try again in 7 s.');
    expect(problem.retryable).toBe(true);
  });

  it('never links to anywhere but pages', () => {
    expect(Problem.parse(400, '', JSON.stringify({ type: 'javascript:alert(1)' })).docs).toBeUndefined();
    expect(Problem.parse(400, '', JSON.stringify({ type: 'about:blank' })).docs).toBeUndefined();
  });

  it('bears members of the wrong kind', () => {
    const problem = Problem.parse(400, '', JSON.stringify({ title: 5, errors: [null, { pointer: 3 }], traceId: {} }));
    expect(problem.title).toBe('The server answered 400');
    expect(problem.errors).toEqual([{ pointer: '', message: '' }, { pointer: '', message: '' }]);
    expect(problem.traceId).toBeUndefined();
  });

  it('is the fault of the one member it is about', () => {
    const problem = Problem.parse(400, '', JSON.stringify({ detail: 'external.url is an http or https address.', details: { member: 'external.url' } }));
    expect(problem.at('/external/url')).toBe('external.url is an http or https address.');
    expect(problem.at('/external')).toBeUndefined();
  });

  it('has a kind that many things can share', () => {
    expect(Problem.parse(409, '', JSON.stringify({ title: 'Conflict', code: 'updates.release-incompatible', detail: 'robot-1 has other hardware.' })).kind).toBe('Release incompatible');
    expect(Problem.parse(502, 'Bad Gateway', '').kind).toBe('The server has a problem');
  });

  it('is made of anything thrown', () => {
    expect(Problem.of(new Error('boom')).detail).toBe('boom');
    const known = Problem.unreachable();
    expect(Problem.of(known)).toBe(known);
  });
});
