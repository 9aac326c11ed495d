import { describe, expect, it } from 'vitest';
import { target } from '../src/api/call.ts';
import { config, type RegistryView, valuesOf, wantedOf, writtenOf } from '../src/api/config.ts';
import { asCurl } from '../src/api/curl.ts';
import { changesSince, configDeeds, documentId, driftPaths, EXAMPLE, isAssertion, isSecretRequest, kindWords, laddered, laidOut, leaves, overlap, pathFault, typedValue, wishLines, writablePaths, writeBody } from '../src/model/config.ts';
import { eventWords } from '../src/model/event-words.ts';
import { type Json, readJson, writeJson } from '../src/model/json.ts';
import { layerAt, layerOf, layerPath, layerWords } from '../src/model/layers.ts';
import { countsOf } from '../src/model/rollout-math.ts';
import { configRolloutLink, databagLink, registryLink, routeOf, subjectLink } from '../src/routes.ts';

const ID = { account: 'acme', name: 'network' };
const view: RegistryView = {
  name: 'setup',
  rules: [
    { request: 'host', storage: 'device.host', access: 'read-write' },
    { request: 'id', storage: 'device.uuid', access: 'write' },
    { request: 'config.{name}.mtu', storage: 'interfaces.{name}.mtu', access: 'read-write' },
    { request: 'secret-key', storage: 'tunnel.secret-key', access: 'write' },
    { request: 'seen', storage: 'device.seen', access: 'read' },
  ],
};
const other: RegistryView = { name: 'look', rules: [{ request: 'uuid', storage: 'device.uuid', access: 'read' }] };
const values = (text: string): Json => readJson(text);

describe('layers', () => {
  it('have names in the API and in paths, with slashes of groups escaped', () => {
    for (const [layer, path] of [['fleet', 'fleet'], ['group/berlin', 'groups/berlin'], ['group/site/line~1', 'groups/site~1line~01'], ['device/robot-1', 'devices/robot-1'], ['actual/robot-1', 'actual/robot-1'], ['staged/0193', 'staged/0193']] as const) {
      expect(layerPath(layer)).toBe(path);
      expect(layerAt(path)).toBe(layer);
    }
    for (const path of ['groups', 'groups/', 'boards/x', '']) expect(layerAt(path), path).toBeUndefined();
  });

  it('have words for people', () => {
    expect(layerOf('group/site/line')).toEqual({ kind: 'group', name: 'site/line' });
    expect(['fleet', 'group/a/b', 'device/r', 'actual/r'].map(layerWords)).toEqual(['Whole fleet', 'Group a/b', 'r', 'What r has']);
  });
});

describe('addresses of registries', () => {
  it('lead to a registry, its parts and its layers, and back', () => {
    expect(routeOf('/config')).toEqual({ page: 'registries' });
    expect(routeOf('/config/new')).toEqual({ page: 'registry-new' });
    expect(routeOf(registryLink(ID))).toEqual({ page: 'registry', id: 'acme/network', tab: 'views' });
    expect(routeOf(registryLink(ID, 'drift'))).toEqual({ page: 'registry', id: 'acme/network', tab: 'drift' });
    for (const layer of ['fleet', 'group/site/line', 'device/robot 1', 'actual/r%1']) expect(routeOf(databagLink(ID, layer)), layer).toEqual({ page: 'databag', id: `acme/network/${layerPath(layer)}` });
    expect(routeOf(`${registryLink(ID, 'rollouts')}/new`)).toEqual({ page: 'config-rollout-new', id: 'acme/network' });
    expect(routeOf(configRolloutLink(ID, '0193-7'))).toEqual({ page: 'config-rollout', id: 'acme/network/0193-7' });
  });

  it('are no page where there is nothing', () => {
    for (const path of ['/config/acme', '/config/acme/network/nonsense', '/config/acme/network/groups', '/config/acme/network/groups/a/b', '/config/acme/%/fleet']) expect(routeOf(path), path).toEqual({ page: 'unknown' });
  });

  it('are linked from events', () => {
    expect(subjectLink('registries/acme/network')).toBe('/config/acme/network');
    expect(subjectLink('registries/acme')).toBeUndefined();
    expect(eventWords('muster.config.view-written.v1', { databagId: { registry: ID, layer: 'group/berlin' }, view: 'setup', requests: ['host', 'id'] })).toMatchObject({ title: 'Values written', detail: 'acme/network – group/berlin – setup – host, id' });
    expect(eventWords('config.RegistryDefined', { registryId: ID }).detail).toBe('acme/network');
  });
});

describe('calls', () => {
  it('name layers as the API does', () => {
    expect(target(config.readValues(ID, 'group/site/line', true))).toBe('/api/v1/registries/acme/network/groups/site~1line/values?secrets=true');
    expect(target(config.readValues(ID, 'fleet'))).toBe('/api/v1/registries/acme/network/fleet/values');
    expect(target(config.deed(ID, 'r1', 'pause'))).toBe('/api/v1/registries/acme/network/rollouts/r1/pause');
  });

  it('write exact numbers onto the version that was seen, and show no secret', () => {
    const typed = new Map([['host', values('"a"')], ['serial', values('9007199254740993')], ['secret-key', values('"hush"')], ['id', values('null')]]);
    const call = config.write(ID, 'device/robot-1', 'setup', writeBody(typed, (path) => path === 'secret-key' || path === 'id'), { version: 3 });
    expect(call.ifMatch).toBe('"3"');
    expect(call.json).toContain('9007199254740993');
    expect(call.json).toContain('hush');
    const line = asCurl(call, 'https://muster.example');
    expect(line).toContain('9007199254740993');
    expect(line).toContain('"secret-key": "…"');
    expect(line).toContain('"id": null');
    expect(line).not.toContain('hush');
    expect(target(config.write(ID, 'fleet', 'setup', writeBody(typed, () => false), { dryRun: true }))).toContain('dryRun=true');
  });

  it('send a document as what it is', () => {
    expect(config.define(EXAMPLE)).toMatchObject({ type: 'application/json', text: EXAMPLE });
    expect(config.check('type: confdb-schema\naccount-id: acme\n').type).toBe('text/plain');
    expect(config.redefine(ID, 4, EXAMPLE).ifMatch).toBe('"4"');
  });

  it('put the plan of a rollout before its values', () => {
    const call = config.createRollout(ID, { name: 'x', timeout: '' }, writeBody(new Map([['n', values('12345678901234567890')]]), () => false));
    expect(readJson(call.json!)).toEqual(values('{"name":"x","values":{"n":12345678901234567890}}'));
  });
});

describe('answers', () => {
  it('keep values as they came', () => {
    const read = valuesOf(values('{"layer":"fleet","version":2,"values":{"n":9007199254740993},"secrets":["a.b"],"lost":[]}'));
    expect(read).toMatchObject({ layer: 'fleet', version: 2, secrets: ['a.b'], lost: [] });
    expect(writeJson(read.values)).toBe('{"n":9007199254740993}');
    expect(wantedOf(values('{"values":{},"secrets":[],"tag":"t","sources":{"a":"fleet"}}')).sources).toEqual({ a: 'fleet' });
    expect(writtenOf(values('{"version":1,"changes":[{"path":"n","kind":"set","after":1e3,"secret":false}]}')).changes).toEqual([{ path: 'n', kind: 'set', before: undefined, after: { kind: 'number', text: '1e3' }, secret: false }]);
  });
});

describe('what is typed', () => {
  it('is JSON where it is that, else a text', () => {
    expect(['7', 'true', '"x"', '[1]', 'null', 'x y', '', '192.168.0.1', '01'].map((text) => kindWords(typedValue(text)))).toEqual(['a number', 'true or false', 'a text', 'a list', 'null: it is unset', 'a text', 'a text', 'a text', 'a text']);
  });

  it('goes to paths that the view lets somebody write', () => {
    for (const path of ['host', 'config.eth0.mtu', 'config', 'config.eth0', 'id']) expect(pathFault(path, view), path).toBeUndefined();
    for (const path of ['seen', 'nowhere', 'host.deeper', 'Host', 'config.', 'a..b', 'config.{name}.mtu']) expect(pathFault(path, view), path).toBeDefined();
  });

  it('is offered the paths that there are', () => {
    expect(writablePaths(view, values('{"config":{"eth0":{"mtu":1},"wlan0":{}}}'))).toEqual(['config.eth0.mtu', 'config.wlan0.mtu', 'host', 'id', 'secret-key']);
    expect(writablePaths(undefined, values('{}'))).toEqual([]);
  });

  it('may be a secret when nobody can read it, or it is known to be one', () => {
    const views = [view, other];
    expect(isSecretRequest(view, 'secret-key', [], views)).toBe(true);
    expect(isSecretRequest(view, 'id', [], views)).toBe(false);
    expect(isSecretRequest(view, 'id', [], [view])).toBe(true);
    expect(isSecretRequest(view, 'host', [], views)).toBe(false);
    expect(isSecretRequest(view, 'config.eth0.mtu', ['interfaces.eth0.mtu'], views)).toBe(true);
    expect(isSecretRequest(view, 'config.eth0.mtu', ['interfaces.wlan0.mtu'], views)).toBe(false);
    expect(isSecretRequest(view, 'config', ['interfaces.wlan0.mtu'], views)).toBe(true);
  });

  it('compares places with placeholders and filters', () => {
    expect(overlap('a.{x}.b', 'a.k')).toBe(true);
    expect(overlap('a.b', 'a.c')).toBe(false);
    expect(overlap('l[{n}][.name={who}].key', 'l')).toBe(true);
  });
});

describe('what a device should have and has', () => {
  const wanted = wantedOf(values('{"values":{"host":"new","eth":{"mtu":1500,"up":true},"none":{}},"secrets":["key"],"tag":"t","sources":{"host":"device/r","eth.mtu":"fleet","eth.up":"group/a","key":"fleet"}}'));
  const actual = (text: string, secrets: string[] = []) => ({ version: 1, values: values(text), secrets });

  it('differs where it is something else or missing, whatever more there is', () => {
    expect(driftPaths(wanted, actual('{"host":"new","eth":{"mtu":1500.0,"up":true,"more":1},"none":{},"own":1}', ['key']))).toEqual([]);
    expect(driftPaths(wanted, actual('{"host":"old","eth":{"mtu":1500},"none":{}}'))).toEqual(['eth.up', 'host', 'key']);
    expect(driftPaths(wanted, actual('{"host":"new","none":{}}', ['key']))).toEqual(['eth']);
  });

  it('is not compared when it never told', () => {
    expect(driftPaths(wanted, { version: 0, values: values('{}'), secrets: [] })).toEqual([]);
  });

  it('is told place by place with who says so', () => {
    const lines = wishLines(wanted, actual('{"host":"old","none":{}}', ['key']));
    expect(lines.map(({ path, differs, source, secret }) => [path, differs, source, secret])).toEqual([['eth.mtu', true, 'fleet', false], ['eth.up', true, 'group/a', false], ['host', true, 'device/r', false], ['key', false, 'fleet', true], ['none', false, undefined, false]]);
  });

  it('has leaves', () => {
    expect(leaves(values('{"a":{"b":1,"c":[1,2],"d":{}}}')).map(([path]) => path)).toEqual(['a.b', 'a.c', 'a.d']);
    expect(leaves(values('{}'))).toEqual([]);
  });
});

describe('history', () => {
  it('tells what was there before, but for secrets', () => {
    const changes = changesSince(values('{"a":{"b":1},"k":"x"}'), [{ path: 'a.b', kind: 'set', value: values('2'), secret: false }, { path: 'n', kind: 'set', value: values('3'), secret: false }, { path: 'k', kind: 'removed', secret: true }]);
    expect(changes.map(({ before, after }) => [before && writeJson(before), after && writeJson(after)])).toEqual([['1', '2'], [undefined, '3'], [undefined, undefined]]);
  });
});

describe('a document', () => {
  it('is JSON or an assertion, and says whose it is', () => {
    const assertion = 'type: confdb-schema\nauthority-id: acme\naccount-id: acme\nname: network\nviews:\n  setup:\n    rules:\n';
    expect([EXAMPLE, assertion].map(isAssertion)).toEqual([false, true]);
    expect([EXAMPLE, assertion].map(documentId)).toEqual([ID, ID]);
    for (const text of ['', '{', '{"name":"network"}', '{"account-id":7,"name":"x"}']) expect(documentId(text), text).toBeUndefined();
  });

  it('is laid out when it is one line, with its numbers as they are', () => {
    expect(laidOut('{"a":{"max":9007199254740993}}')).toBe('{\n  "a": {\n    "max": 9007199254740993\n  }\n}\n');
    expect(laidOut('{\n"a":1}')).toBe('{\n"a":1}');
    expect(laidOut('{"a":')).toBe('{"a":');
  });
});

describe('a rollout of values', () => {
  const group = { name: 'g', percent: 50, successPercent: 80, errorPercent: 20, size: 10, succeeded: 3, failed: 1, canceled: 0 };

  it('has reached all of a group that was started', () => {
    const counts = countsOf(laddered([{ ...group, state: 'running' }, { ...group, state: 'scheduled', succeeded: 0, failed: 0 }]));
    expect(counts).toMatchObject({ size: 20, offered: 10, open: 6, waiting: 10, skipped: 0 });
  });

  it('allows what its state allows', () => {
    expect(configDeeds({ state: 'running' })).toEqual(['pause', 'abort']);
    expect(configDeeds({ state: 'finishing' })).toEqual([]);
    expect(configDeeds({ state: 'finishing', why: 'The schema was replaced.' })).toEqual(['resume', 'abort']);
    for (const state of ['creating', 'stopped', 'finished'] as const) expect(configDeeds({ state })).toEqual([]);
  });
});
