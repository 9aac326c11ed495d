import { describe, expect, it } from 'vitest';
import { asCurl } from '../src/api/curl.ts';
import { target } from '../src/api/call.ts';
import { observe } from '../src/api/observe.ts';
import { chained, jsonFault, lineSpan, outwardLink, pemFault, proposedUid, uidFault } from '../src/model/documents.ts';
import { documentLink, routeOf, subjectLink } from '../src/routes.ts';

describe('a dashboard that is typed', () => {
  it('is taken when it is one JSON object', () => {
    expect(jsonFault('{ "title": "x" }\n')).toBeUndefined();
  });

  it('is told where it breaks', () => {
    expect(jsonFault('{\n  "a": 1,\n  "b" 2\n}')?.line).toBe(3);
    expect(jsonFault('{\n  "a": [1,\n')?.message).toBeTruthy();
  });

  it('is no list, no word and not nothing', () => {
    for (const text of ['[]', '"x"', 'null', '7', '   ']) expect(jsonFault(text), text).toBeDefined();
  });
});

describe('the uid that is proposed', () => {
  it('is what the dashboard says of itself', () => {
    expect(proposedUid('export-2026.json', '{"uid":"robot-overview"}')).toBe('robot-overview');
  });

  it('is else the file name, without what a uid must not have', () => {
    expect(proposedUid('battery.yaml', 'groups: []')).toBe('battery');
    expect(proposedUid('node.rules', 'groups: []')).toBe('node');
    expect(proposedUid('x.json', '{"uid":"<b>x</b>"}')).toBe('x');
    expect(uidFault(proposedUid('a<b>.json', '{}'))).toBeUndefined();
  });

  it('is refused here as the server would', () => {
    for (const uid of ['', ' a', 'a/b', '<img src=x>', '..', 'x'.repeat(201)]) expect(uidFault(uid), uid).toBeDefined();
    for (const uid of ['hall 3 robot', 'ünï', '😀'.repeat(200), 'a;b\\c']) expect(uidFault(uid), uid).toBeUndefined();
  });
});

describe('a link that is made of what a device says', () => {
  it('is followed when it leads to a page or to Foxglove', () => {
    for (const link of ['https://fleet.example/d/x?var-Host=%3Cb%3E', 'http://10.0.0.1/', 'foxglove://open?ds=x', '/grafana/']) expect(outwardLink(link), link).toBe(link);
  });

  it('never runs anything', () => {
    for (const link of ['javascript:alert(1)', ' JavaScript:alert(1)', 'java\nscript:alert(1)', 'data:text/html,<script>alert(1)</script>', 'vbscript:x', '', undefined]) expect(outwardLink(link), String(link)).toBeUndefined();
  });
});

describe('what is pasted as a certificate', () => {
  const pem = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----';

  it('never leaves the browser with a private key', () => {
    expect(pemFault(`${pem}\n-----BEGIN EC PRIVATE KEY-----\nMHcC`)).toMatch(/private key/);
    expect(pemFault('hello')).toBeDefined();
    expect(pemFault(pem)).toBeUndefined();
    expect(pemFault('')).toBeUndefined();
  });

  it('is put one after the other', () => {
    expect(chained(pem, '', `\n${pem}  `)).toBe(`${pem}\n${pem}\n`);
  });
});

describe('a document in addresses', () => {
  it('finds back to itself, whatever its uid', () => {
    for (const uid of ['robot', 'hall 3', 'a%b#c?d', '50%', 'ä;ö\\']) {
      const link = documentLink('loki-rules', uid);
      expect(routeOf(new URL(link, 'https://x').pathname), uid).toEqual({ page: 'document', id: `loki-rules/${uid}` });
    }
  });

  it('is no page for a kind that is not known', () => {
    expect(routeOf('/observe/nope')).toEqual({ page: 'unknown' });
    expect(routeOf('/observe/loki-rules/%E0%A4')).toEqual({ page: 'unknown' });
    expect(routeOf('/observe')).toEqual({ page: 'observe', id: 'grafana-dashboard' });
    expect(routeOf('/observe/loki-rules/')).toEqual({ page: 'observe', id: 'loki-rules' });
  });

  it('is linked from its events', () => {
    expect(subjectLink('documents/loki-rules/nav')).toBe('/observe/loki-rules/nav');
    expect(subjectLink('documents/loki-rules')).toBeUndefined();
  });

  it('is sent as the file it is, and shown so as curl', () => {
    const call = observe.revise('prometheus-rules', 'a b', 4, 'groups: []\n');
    expect(target(call)).toBe('/api/v1/documents/prometheus-rules/a%20b');
    const line = asCurl(call, 'https://muster.example');
    expect(line).toContain(`--data-binary @'a b.yaml'`);
    expect(line).toContain(`'If-Match: "4"'`);
    expect(line).not.toContain('groups');
  });
});

describe('lines of a text', () => {
  it('are found from 1 on, and the last one when there are not so many', () => {
    expect(lineSpan('ab\ncde\nf', 2)).toEqual({ start: 3, end: 6 });
    expect(lineSpan('ab\ncde\nf', 3)).toEqual({ start: 7, end: 8 });
    expect(lineSpan('ab', 9)).toEqual({ start: 0, end: 2 });
  });
});
