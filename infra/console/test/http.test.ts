import { describe, expect, it } from 'vitest';
import { Api } from '../src/api/http.ts';
import { Problem } from '../src/api/problem.ts';

interface Asked { url: string; init: RequestInit; headers: Record<string, string> }

function server(...answers: (Response | Error)[]) {
  const asked: Asked[] = [];
  const fetcher = (async (url: string, init: RequestInit) => {
    asked.push({ url, init, headers: init.headers as Record<string, string> });
    const answer = answers.shift();
    if (answer === undefined || answer instanceof Error) throw answer ?? new Error('no more answers');
    return answer;
  }) as unknown as typeof fetch;
  return { asked, fetcher };
}
const json = (body: unknown, status = 200, headers: Record<string, string> = {}) => new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } });

describe('the way to the server', () => {
  it('sends the CSRF token and an idempotency key with a POST, and neither with a GET', async () => {
    const { asked, fetcher } = server(json({}), json({}));
    const api = new Api(fetcher, () => 'a=b; XSRF-TOKEN=ab%3D%3D; c=d');
    await api.send({ method: 'POST', path: '/devices', body: { id: 'x' } });
    await api.get('/devices');
    expect(asked[0]!.headers['X-XSRF-TOKEN']).toBe('ab==');
    expect(asked[0]!.headers['Idempotency-Key']).toMatch(/^[0-9a-f]{32}$/);
    expect(asked[0]!.init.body).toBe('{"id":"x"}');
    expect(asked[1]!.headers).not.toHaveProperty('X-XSRF-TOKEN');
    expect(asked[1]!.headers).not.toHaveProperty('Idempotency-Key');
  });

  it('lets reads wait for its own last write, and forgets it after a while', async () => {
    const { asked, fetcher } = server(json({}, 201, { 'Muster-Position': '42' }), json({}), json({}));
    let now = 0;
    const api = new Api(fetcher, () => '', () => now);
    await api.send({ method: 'POST', path: '/devices', body: {} });
    await api.get('/devices');
    now = 60_000;
    await api.get('/devices');
    expect(asked[1]!.headers['Muster-Min-Position']).toBe('42');
    expect(asked[2]!.headers).not.toHaveProperty('Muster-Min-Position');
  });

  it('hands a text on as it is, also one that looks like JSON, and tells a refusal', async () => {
    const { asked, fetcher } = server(new Response('{"a":  1}', { headers: { 'Content-Type': 'application/json' } }), json({ title: 'There is no such document' }, 404));
    const api = new Api(fetcher, () => '');
    expect(await api.text({ method: 'GET', path: '/documents/grafana-dashboard/x/content' })).toBe('{"a":  1}');
    expect(asked[0]!.headers['Accept']).toContain('*/*');
    await expect(api.text({ method: 'GET', path: '/documents/grafana-dashboard/y/content' })).rejects.toBeInstanceOf(Problem);
  });

  it('sends a text that was written here as the file it stands for', async () => {
    const { asked, fetcher } = server(new Response(null, { status: 204 }));
    await new Api(fetcher, () => '').send({ method: 'PUT', path: '/documents/loki-rules/x', file: 'x.yaml', text: 'groups: []\n', ifMatch: '"2"' });
    expect(asked[0]!.init.body).toBe('groups: []\n');
    expect(asked[0]!.headers).toMatchObject({ 'Content-Type': 'application/octet-stream', 'If-Match': '"2"' });
  });

  it('asks once more when the view had not caught up with its own write', async () => {
    const { asked, fetcher } = server(json({}, 201, { 'Muster-Position': '42' }), json({ code: 'kernel.not-caught-up' }, 503), json({ ok: true }));
    const api = new Api(fetcher, () => '');
    await api.send({ method: 'POST', path: '/devices', body: {} });
    expect(await api.get('/devices')).toEqual({ ok: true });
    expect(asked).toHaveLength(3);
  });

  it('throws the problem of a refusal', async () => {
    const { fetcher } = server(json({ title: 'No', code: 'x.y' }, 409));
    await expect(new Api(fetcher, () => '').get('/devices')).rejects.toMatchObject({ status: 409, title: 'No', code: 'x.y' });
  });

  it('tells once more that the session has ended', async () => {
    const { fetcher } = server(json({}, 401));
    const api = new Api(fetcher, () => '');
    let signedOut = 0;
    api.onSignedOut = () => { signedOut++; };
    await expect(api.get('/devices')).rejects.toBeInstanceOf(Problem);
    expect(signedOut).toBe(1);
  });

  it('tells a dead network from a refusal', async () => {
    const { fetcher } = server(new TypeError('Failed to fetch'));
    await expect(new Api(fetcher, () => '').get('/devices')).rejects.toMatchObject({ status: 0, retryable: true });
  });

  it('reads NDJSON line by line, and an empty answer as nothing', async () => {
    const { fetcher } = server(new Response('{"line":1}\n{"line":2}\n', { headers: { 'Content-Type': 'application/x-ndjson' } }), new Response(null, { status: 204 }));
    const api = new Api(fetcher, () => '');
    expect((await api.send({ method: 'POST', path: '/devices:bulk', lines: [{}] })).data).toEqual([{ line: 1 }, { line: 2 }]);
    expect((await api.send({ method: 'DELETE', path: '/devices/x', ifMatch: '"1"' })).data).toBeUndefined();
  });

  it('leaves empty query values out and encodes the rest', async () => {
    const { asked, fetcher } = server(json({}));
    await new Api(fetcher, () => '').get('/devices', { filter: 'a=="b c"', q: '', after: undefined, limit: 5 });
    expect(asked[0]!.url).toBe('/api/v1/devices?filter=a%3D%3D%22b+c%22&limit=5');
  });
});
