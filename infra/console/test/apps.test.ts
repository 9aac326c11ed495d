import { describe, expect, it } from 'vitest';
import { type AppView, apps, appOf, type Installation, type PortRule, terminalPath, wishOf } from '../src/api/apps.ts';
import { target } from '../src/api/call.ts';
import { asCurl } from '../src/api/curl.ts';
import { canCallOff, canGoOn, composeFault, fileName, nameFault, NEW_PORT, objectIn, parameterFault, parametersAt, parametersOf, parameterText, portDraft, portRule, portsFault, samePort, templateFault, typedParameter, versionFault, wishBody } from '../src/model/apps.ts';
import { filtered, itemOf, LogLines, lineText } from '../src/model/app-log.ts';
import { eventWords } from '../src/model/event-words.ts';
import { EMPTY, type Json, NULL, readJson, writeJson } from '../src/model/json.ts';
import { placeOf, placePath, placeWords } from '../src/model/places.ts';
import { shellAddress, shellCloseWords, sizeMessage } from '../src/model/terminal-line.ts';
import { appLink, appRolloutLink, deviceAppLink, projectLink, routeOf, subjectLink, terminalLink } from '../src/routes.ts';

const LONG = '9007199254740993';
const rule: PortRule = { name: 'web', port: 8080, protocol: 'http', main: true, active: false, public: false, localIp: '', remotePort: 0, remotePortEnvironment: '', hostPort: 40_001 };
const template = readJson(`{
  "GREETING": {"label": "Greeting", "type": "text", "defaultValue": "hello"},
  "EVERY": {"type": "numeric", "min": 1, "max": 10, "unit": "s"},
  "LOUD": {"type": "boolean"},
  "LEVEL": {"type": "text", "valueList": ["info", "warn"]},
  "FREE": {},
  "KEY": {"type": "text", "secret": true}
}`);

describe('addresses of apps', () => {
  it('lead to apps, their tabs, projects and rollouts, and back', () => {
    expect(routeOf('/apps')).toEqual({ page: 'apps' });
    expect(routeOf('/apps/-/new')).toEqual({ page: 'app-new' });
    expect(routeOf('/apps/-/projects')).toEqual({ page: 'projects' });
    expect(routeOf('/apps/-/rollouts/new')).toEqual({ page: 'app-rollout-new' });
    expect(routeOf(appLink('hello'))).toEqual({ page: 'app', id: 'hello', tab: 'releases' });
    expect(routeOf(appLink('hello', 'places'))).toEqual({ page: 'app', id: 'hello', tab: 'places' });
    expect(routeOf(projectLink(7))).toEqual({ page: 'project', id: '7' });
    expect(routeOf(appRolloutLink('0193-7'))).toEqual({ page: 'app-rollout', id: '0193-7' });
    for (const path of ['/apps/hello/nonsense', '/apps/-/nonsense', '/apps/-', '/apps/%']) expect(routeOf(path), path).toEqual({ page: 'unknown' });
  });

  it('lead to an app on a device and to shells', () => {
    expect(routeOf(deviceAppLink('robot 1', 'hello'))).toEqual({ page: 'device-app', id: 'robot 1', app: 'hello' });
    expect(routeOf(terminalLink('robot 1'))).toEqual({ page: 'device-terminal', id: 'robot 1', app: '' });
    expect(routeOf(terminalLink('r', 'hello'))).toEqual({ page: 'device-terminal', id: 'r', app: 'hello' });
    expect(routeOf('/fleet/robot-1')).toEqual({ page: 'device', id: 'robot-1' });
    expect(routeOf('/fleet/terminal')).toEqual({ page: 'device', id: 'terminal' });
  });

  it('are linked from events', () => {
    expect(['apps/hello', 'projects/7', 'app-rollouts/0193'].map(subjectLink)).toEqual(['/apps/hello', '/apps/-/projects/7', '/apps/-/rollouts/0193']);
    expect(eventWords('muster.apps.app-wanted.v1', { place: 'group/a', wish: { target: 'running', version: '1.0.0' } })).toMatchObject({ title: 'App wanted otherwise', detail: 'group/a – running – 1.0.0' });
    expect(eventWords('apps.AppStateReported', { state: 'FAILED', failures: 4 }).detail).toBe('failed – 4 times in a row');
    expect(eventWords('apps.AgentCalled', { procedure: 'system_reboot' }).detail).toBe('system reboot');
  });
});

describe('places', () => {
  it('have addresses in the API and words for people', () => {
    expect(['project/1', 'group/site/line~1', 'device/robot 7'].map(placePath)).toEqual(['/projects/1', '/groups/site~1line~01', '/devices/robot%207']);
    expect(placeOf('group/a/b')).toEqual({ kind: 'group', name: 'a/b' });
    for (const text of ['rollout/1', 'group/', 'fleet', '']) expect(placeOf(text), text).toBeUndefined();
    expect(['project/1', 'group/a/b', 'device/r', 'rollout/1'].map((each) => placeWords(each, new Map([['1', 'main']])))).toEqual(['Project main', 'Group a/b', 'r', 'a rollout']);
  });
});

describe('parameters', () => {
  const [greeting, every, loud, level, free, key] = parametersOf(template);

  it('are read from a template, with a kind for what says none', () => {
    expect(parametersOf(template).map(({ name, kind, secret }) => [name, kind, secret])).toEqual([['GREETING', 'text', false], ['EVERY', 'numeric', false], ['LOUD', 'boolean', false], ['LEVEL', 'text', false], ['FREE', 'any', false], ['KEY', 'text', true]]);
    expect([greeting!.label, every!.label, every!.unit, every!.min]).toEqual(['Greeting', 'EVERY', 's', 1]);
  });

  it('are those of the template and what a place says beside it', () => {
    const wish = { environment: readJson('{"OTHER": 1, "GREETING": "x"}'), secrets: ['KEY', 'TOKEN', 'FREE'] };
    expect(parametersAt(template, wish).map(({ name, secret }) => [name, secret])).toEqual([['GREETING', false], ['EVERY', false], ['LOUD', false], ['LEVEL', false], ['FREE', true], ['KEY', true], ['OTHER', false], ['TOKEN', true]]);
  });

  it('are typed as their kind is, and written as they were typed', () => {
    for (const [parameter, text, json] of [[greeting, '7', '"7"'], [every, LONG, LONG], [loud, 'true', 'true'], [free, '7', '7'], [free, 'seven', '"seven"'], [free, '"7"', '"7"']] as const) {
      const value = typedParameter(parameter!, text);
      expect(writeJson(value)).toBe(json);
      expect(typedParameter(parameter!, parameterText(parameter!, value))).toEqual(value);
    }
  });

  it('tell why a text is no value', () => {
    expect(parameterFault(every!, '5')).toBeUndefined();
    for (const [parameter, text] of [[every, 'often'], [every, '0'], [every, '11'], [loud, 'maybe'], [level, 'debug']] as const) expect(parameterFault(parameter!, text), text).toBeDefined();
    expect(parameterFault(key!, '')).toBeUndefined();
  });
});

describe('a wish', () => {
  it('keeps numbers as they are, and never shows a secret', () => {
    const { json, shown } = wishBody({ target: undefined, version: undefined, environment: new Map<string, Json>([['N', { kind: 'number', text: LONG }]]), secrets: new Map<string, Json>([['KEY', { kind: 'text', text: 'hush' }], ['OLD', NULL]]), ports: [rule] });
    expect(json).toContain(`"N": ${LONG}`);
    expect(json).toContain('hush');
    expect(json).not.toContain('hostPort');
    const body = JSON.parse(json) as Record<string, unknown>;
    expect(body['target']).toBe('inherit');
    expect(body['version']).toBeNull();
    expect(body['secrets']).toEqual({ KEY: 'hush', OLD: null });
    expect(JSON.parse(shown)).toMatchObject({ secrets: { KEY: '…', OLD: null } });
  });

  it('names the revision that was seen, and is shown as curl without the secret', () => {
    const call = apps.want('group/site/line', 'hello', 3, wishBody({ target: 'running', version: '1.0.0', environment: new Map(), secrets: new Map<string, Json>([['KEY', { kind: 'text', text: 'hush' }]]), ports: [] }));
    expect(target(call)).toBe('/api/v1/groups/site~1line/apps/hello');
    expect(call.ifMatch).toBe('"3"');
    expect(asCurl(call, 'http://h')).not.toContain('hush');
  });

  it('is read with its numbers', () => {
    const wish = wishOf(readJson(`{"app":"hello","place":"device/r","environment":{"N":${LONG}},"secrets":["KEY"],"ports":[],"revision":2}`));
    expect(writeJson(wish.environment)).toBe(`{"N":${LONG}}`);
    expect([wish.target, wish.revision, wish.secrets]).toEqual([undefined, 2, ['KEY']]);
  });
});

describe('an app', () => {
  const app: AppView = appOf(readJson(`{"name":"hello","key":7,"description":"","environmentTemplate":{"N":{"defaultValue":${LONG}}},"ports":[],"compose":null,"releases":[],"createdAt":"2026-11-27T09:00:00Z","revision":4}`));

  it('goes back as it came, with its numbers', () => {
    expect(app.compose).toBeUndefined();
    const call = apps.change(app, { description: 'd', environmentTemplate: app.environmentTemplate, ports: [], compose: undefined });
    expect(call.ifMatch).toBe('"4"');
    expect(call.json).toContain(LONG);
    expect(Object.keys(JSON.parse(call.json!) as object)).toEqual(['description', 'environmentTemplate', 'ports']);
  });

  it('has releases with what was said of them', () => {
    expect(JSON.parse(apps.release('hello', { version: '1.0', architectures: [], compose: undefined, notes: '', offered: false }).json!)).toEqual({ version: '1.0', offered: false });
    expect(JSON.parse(apps.release('hello', { version: '1.0', architectures: ['arm64'], compose: readJson('{"services":{}}'), notes: 'n', offered: true }).json!)).toEqual({ version: '1.0', notes: 'n', offered: true, architectures: ['arm64'], compose: { services: {} } });
  });

  it('has a name and versions that images can have', () => {
    for (const name of ['hello', 'a-1', '7']) expect(nameFault(name), name).toBeUndefined();
    for (const name of ['Hello', 'a_b', 'a--b', '-a', 'a.b', '', 'a'.repeat(64)]) expect(nameFault(name), name).toBeDefined();
    expect(['1.0.0', 'v1_2-rc.1'].map(versionFault)).toEqual([undefined, undefined]);
    for (const version of ['', 'latest', '1 0', '-1']) expect(versionFault(version), version).toBeDefined();
  });

  it('tells what is wrong with its template and its composition', () => {
    expect([templateFault(''), templateFault('{"A":{}}'), composeFault(''), composeFault('{"services":{"a":{}}}')]).toEqual([undefined, undefined, undefined, undefined]);
    for (const text of ['{', '[]', '{"a-b":{}}', '{"A":1}']) expect(templateFault(text), text).toBeDefined();
    for (const text of ['{', '{}', '{"services":{}}', '{"services":[]}']) expect(composeFault(text), text).toBeDefined();
    expect(objectIn(' ')).toEqual(EMPTY);
  });
});

describe('ports', () => {
  it('are typed and read back without what the device said', () => {
    const { hostPort: _, ...rest } = rule;
    expect(portRule(portDraft(rule))).toEqual(rest);
    const renamed: PortRule = { ...rule, name: 'other' };
    expect(samePort(rule, renamed)).toBe(true);
    expect(samePort(rule, { ...rule, localIp: '10.0.0.7' })).toBe(false);
  });

  it('tell what is wrong with them', () => {
    expect(portsFault([portDraft(rule), { ...NEW_PORT, port: '22', protocol: 'tcp' }])).toBeUndefined();
    for (const port of ['', '0', '65536', 'x']) expect(portsFault([{ ...NEW_PORT, port }]), port).toBeDefined();
    expect(portsFault([portDraft(rule), portDraft(rule)])).toContain('twice');
    expect(portsFault([{ ...NEW_PORT, port: '1', remotePortEnvironment: 'A-B' }])).toBeDefined();
  });
});

describe('an app on a device', () => {
  const one = (part: Partial<Installation>): Installation => ({ device: 'r', app: 'hello', key: 7, stage: 'prod', container: 'prod_7_hello', condition: 'in-step', ...part });
  const reported = { update: 'none', failures: 0, calledOff: false, ports: [] } as const;

  it('can be called off while something is to come, and let go on afterwards', () => {
    expect(canCallOff(one({ condition: 'under-way' }))).toBe(true);
    expect(canCallOff(one({ condition: 'behind', wanted: { target: 'running', targetFrom: 'project/1', versionFrom: 'project/1', next: '1.0', environment: [] } }))).toBe(true);
    expect(canCallOff(one({ condition: 'behind' }))).toBe(false);
    expect(canCallOff(one({ condition: 'under-way', reported: { ...reported, ports: [], calledOff: true } }))).toBe(false);
    expect((['held', 'failed', 'crash-loop', 'in-step', 'behind'] as const).map((condition) => canGoOn(one({ condition })))).toEqual([true, true, true, false, false]);
  });

  it('has a file that any file system takes', () => {
    expect(['robot-7', 'hall a/robot', ''].map(fileName)).toEqual(['robot-7.flock', 'hall-a-robot.flock', 'device.flock']);
  });
});

describe('a log', () => {
  it('is read from the stream, and what is unknown is left out', () => {
    expect(itemOf({ event: 'lines', data: '{"text":"a\\nb"}' })).toEqual({ kind: 'lines', text: 'a\nb' });
    expect(itemOf({ event: 'missed', data: '{"items":3}' })).toEqual({ kind: 'missed', items: 3 });
    expect(itemOf({ event: 'cleared', data: '{}' })).toEqual({ kind: 'cleared' });
    for (const [event, data] of [['later', '{}'], ['lines', 'no json'], ['lines', '7']] as const) expect(itemOf({ event, data }), data).toBeUndefined();
  });

  it('has lines without colours, and words for an engine’s progress', () => {
    expect(lineText('\u001b[32mok\u001b[0m\r')).toBe('ok');
    expect(lineText('10 %\r20 %')).toBe('20 %');
    expect(lineText('{"status":"Downloading","id":"c0ffee","progress":"[=>  ]"}')).toBe('c0ffee: Downloading [=>  ]');
    expect(lineText('{"stream":"Step 1/4\\n"}')).toBe('Step 1/4');
    expect(lineText('{"level":"info"}')).toBe('{"level":"info"}');
    expect(lineText('{not json')).toBe('{not json');
  });

  it('keeps the newest, writes an upload over, and is cleared when it is told so', () => {
    const log = new LogLines(3);
    log.begin(['a', 'b'], true);
    log.add([{ kind: 'lines', text: 'c\nd' }]);
    expect(log.lines.map((each) => each.text)).toEqual(['b', 'c', 'd']);
    log.add([{ kind: 'transfer', file: 'x.tgz', progress: '1 %' }, { kind: 'transfer', file: 'x.tgz', progress: '2 %' }]);
    expect(log.lines.map((each) => each.text)).toEqual(['c', 'd', 'x.tgz 2 %']);
    log.add([{ kind: 'cleared' }, { kind: 'message', text: 'Starting hello…' }]);
    expect(log.lines).toMatchObject([{ kind: 'agent', text: 'Starting hello…' }]);
    expect(new Set(log.lines.map((each) => each.key)).size).toBe(log.lines.length);
  });

  it('is filtered by words in any order, and gaps stay', () => {
    const log = new LogLines();
    log.add([{ kind: 'lines', text: 'GET /health 200\nPOST /health 500\nGET / 200' }, { kind: 'missed', items: 1 }]);
    expect(filtered(log.lines, '200 get').map((each) => each.text)).toEqual(['GET /health 200', 'GET / 200', 'A message is missing here: it came too fast.']);
    expect(filtered(log.lines, ' ')).toHaveLength(4);
  });
});

describe('a shell’s wire', () => {
  it('has an address with the page’s own security', () => {
    expect(shellAddress('https://muster.example', terminalPath('r 1', undefined), undefined)).toBe('wss://muster.example/api/v1/devices/r%201/terminal');
    expect(shellAddress('http://h:8080', terminalPath('r', 'hello'), 'dev')).toBe('ws://h:8080/api/v1/devices/r/apps/hello/terminal?stage=dev');
  });

  it('tells the size, and why it closed', () => {
    expect(JSON.parse(sizeMessage(24, 80))).toEqual({ rows: 24, columns: 80 });
    expect(shellCloseWords(1000, '')).toContain('ended');
    expect(shellCloseWords(1006, '')).toContain('broke off');
    expect(shellCloseWords(4409, 'The agent left.')).toBe('The agent left.');
  });
});
