// Registries of the stand-in: two schemas, values in layers, drift, rollouts. Not an engine: enough to see how things look.
import { ago, uuid } from './data.mjs';

const ACCOUNT = 'f22PSauKuNkwQTM9Wz67ZCjNACuSjjhN';
const NETWORK = {
  type: 'confdb-schema', 'account-id': ACCOUNT, name: 'network', summary: 'How robots are connected',
  storage: {
    aliases: { uint: { type: 'int', min: 0 } },
    schema: {
      device: { schema: { host: 'string', 'server-url': 'string' } },
      interfaces: { keys: 'string', values: { schema: { mtu: '${uint}', up: 'bool', 'ip-address': 'string' } } },
      tunnel: { schema: { interface: 'string', 'secret-key': { type: 'string', visibility: 'secret' }, peers: { type: 'array', values: 'string' } } },
    },
  },
  views: {
    'control-device': { summary: 'Names and addresses', rules: [{ request: 'host', storage: 'device.host', access: 'read-write' }, { request: 'server-url', storage: 'device.server-url', access: 'read-write' }] },
    'control-interfaces': { summary: 'Network interfaces', rules: [{ request: 'config.{name}.mtu', storage: 'interfaces.{name}.mtu', access: 'read-write' }, { request: 'config.{name}.up', storage: 'interfaces.{name}.up', access: 'read-write' }, { request: 'config.{name}.ip-address', storage: 'interfaces.{name}.ip-address', access: 'read-write' }] },
    'control-tunnel': { summary: 'The way home', rules: [{ request: 'interface', storage: 'tunnel.interface', access: 'read-write' }, { request: 'secret-key', storage: 'tunnel.secret-key', access: 'write' }, { request: 'peers', storage: 'tunnel.peers', access: 'read-write' }] },
    'observe-device': { rules: [{ request: 'host', storage: 'device.host', access: 'read' }] },
  },
};
const NAVIGATION = {
  type: 'confdb-schema', 'account-id': 'acme', name: 'navigation', summary: 'How robots drive',
  storage: { schema: { 'speed-max': { type: 'number', min: 0, max: 3 }, zones: { keys: 'string', values: { schema: { 'speed-max': 'number', closed: 'bool' } } } } },
  views: { drive: { rules: [{ request: 'speed-max', storage: 'speed-max', access: 'read-write' }, { request: 'zones.{name}.speed-max', storage: 'zones.{name}.speed-max', access: 'read-write' }, { request: 'zones.{name}.closed', storage: 'zones.{name}.closed', access: 'read-write' }] } },
};
const TYPES = ['string', 'int', 'number', 'bool', 'any', 'array', 'map'];

const parts = (path) => path.split('.');
const at = (value, path) => (path === '' ? value : parts(path).reduce((sum, part) => (sum !== null && typeof sum === 'object' ? sum[part] : undefined), value));
function put(values, path, value) {
  const all = structuredClone(values);
  const names = parts(path);
  const last = names.pop();
  let here = all;
  for (const name of names) here = here[name] = here[name] !== null && typeof here[name] === 'object' ? here[name] : {};
  if (value === undefined) delete here[last]; else here[last] = value;
  return all;
}
const leaves = (value, path = '') => (value === null || typeof value !== 'object' || Array.isArray(value) ? [[path, value]] : Object.entries(value).flatMap(([name, each]) => leaves(each, path === '' ? name : `${path}.${name}`)));
const over = (below, above) => Object.entries(above).reduce((sum, [name, value]) => ({ ...sum, [name]: isObject(value) && isObject(sum[name]) ? over(sum[name], value) : value }), below);
const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/** The routes of this part, for a server that knows `devices` and how to answer. */
export function configRoutes({ devices, emit, written, json, Refusal, hits }) {
  const refuse = (status, code, title, more) => { throw new Refusal(status, `config.${code}`, title, more); };
  const registries = new Map();
  const rollouts = [];
  const key = (account, name) => `${account}/${name}`;

  function define(document, text, who = 'user:admin') {
    const id = key(document['account-id'], document.name);
    const known = registries.get(id);
    const one = { account: document['account-id'], name: document.name, document: text, schema: document, revision: (known?.revision ?? 0) + 1, revisions: known?.revisions ?? [], bags: known?.bags ?? new Map(), changedAt: new Date().toISOString(), changedBy: who };
    one.revisions.unshift({ revision: one.revision, at: one.changedAt, by: who, document: text });
    registries.set(id, one);
    return one;
  }
  const found = ({ account, name }) => registries.get(key(account, name)) ?? refuse(404, 'no-schema', 'Not Found', { detail: `There is no registry '${account}/${name}'.`, hint: 'Define the registry first.' });
  const view = (registry, name) => (registry.schema.views[name] ? { name, ...registry.schema.views[name] } : refuse(404, 'no-view', 'Not Found', { detail: `There is no view '${name}'.`, hint: "Ask for one of the registry's views." }));
  const bag = (registry, layer) => registry.bags.get(layer) ?? { version: 0, values: {}, history: [] };
  const layerOf = ({ kind, id }) => (kind === undefined ? 'fleet' : { groups: `group/${id.replaceAll('~1', '/').replaceAll('~0', '~')}`, devices: `device/${id}`, actual: `actual/${id}`, staged: `staged/${id}` }[kind] ?? refuse(400, 'layer-invalid', 'Bad Request', { detail: `'${kind}' is no kind of layer.` }));
  const isSecret = (registry, path) => typeAt(registry, path)?.visibility === 'secret' || path === 'tunnel.secret-key';

  /** A type of the storage schema, as far as the stand-in reads it. */
  function typeAt(registry, path) {
    let here = { schema: registry.schema.storage?.schema ?? {} };
    for (const part of parts(path)) {
      here = resolved(registry, here?.schema?.[part] ?? here?.values);
      if (here === undefined) return undefined;
    }
    return here;
  }
  const resolved = (registry, type) => (typeof type === 'string' ? (type.startsWith('$') ? resolved(registry, registry.schema.storage.aliases[type.replace(/[${}]/g, '')]) : { type }) : type);
  function fitting(registry, path, value) {
    const type = typeAt(registry, path);
    const is = { string: (each) => typeof each === 'string', int: Number.isInteger, number: (each) => typeof each === 'number', bool: (each) => typeof each === 'boolean' }[type?.type];
    const wrong = type && is && (!is(value) || value < type.min || value > type.max);
    if (wrong) refuse(422, 'value-invalid', 'Unprocessable Content', { detail: `The value at '${path}' does not fit: ${type.type}${type.min === undefined ? '' : ` from ${type.min}`} is expected.`, hint: 'Give a value that fits the storage schema.', details: { at: path } });
  }

  /** Requests as the storage has them; a value is taken apart by the rules it meets. */
  function places(registry, rules, request, value) {
    const asked = parts(request);
    const out = [];
    for (const rule of rules.filter((each) => each.access !== 'read')) {
      const wanted = parts(rule.request);
      if (asked.length > wanted.length || !asked.every((part, i) => wanted[i] === part || wanted[i].startsWith('{'))) continue;
      const walk = (left, storage, here) => {
        if (left.length === 0) { out.push([storage, here]); return; }
        const [part, ...rest] = left;
        if (here === null) { if (!storage.includes('{')) out.push([storage, null]); return; }
        if (part.startsWith('{')) for (const [name, each] of Object.entries(isObject(here) ? here : {})) walk(rest, storage.replace(part, name), each);
        else if (isObject(here) && here[part] !== undefined) walk(rest, storage, here[part]);
      };
      walk(wanted.slice(asked.length), asked.reduce((sum, part, i) => (wanted[i].startsWith('{') ? sum.replace(wanted[i], part) : sum), rule.storage), value);
    }
    if (out.length === 0) refuse(404, 'no-match', 'Not Found', { detail: `No rule of the view gives this access to '${request}'.`, hint: 'No rule of the view gives this access to this path.' });
    return out;
  }
  function wish(registry, name, values, before) {
    let after = before;
    for (const [request, value] of Object.entries(values)) {
      for (const [storage, each] of places(registry, view(registry, name).rules, request, value)) {
        if (each !== null) fitting(registry, storage, each);
        after = put(after, storage, each === null ? undefined : each);
      }
    }
    return after;
  }
  function changed(registry, before, after) {
    const [old, fresh] = [new Map(leaves(before)), new Map(leaves(after))];
    return [...new Set([...old.keys(), ...fresh.keys()])].filter((path) => path !== '' && !same(old.get(path), fresh.get(path))).sort().map((path) => {
      const secret = isSecret(registry, path);
      return { path, kind: fresh.has(path) ? 'set' : 'removed', ...(!secret && old.has(path) && { before: old.get(path) }), ...(!secret && fresh.has(path) && { after: fresh.get(path) }), secret };
    });
  }
  function store(registry, layer, after, entry, who = 'user:admin') {
    const here = bag(registry, layer);
    const changes = changed(registry, here.values, after);
    if (changes.length === 0) return { version: here.version, changes };
    const version = here.version + 1;
    registry.bags.set(layer, { version, values: after, changedAt: new Date().toISOString(), changedBy: who, history: [{ version, at: entry.at ?? new Date().toISOString(), by: who, requests: [], ...entry, changes: changes.map(({ path, kind, after: value, secret }) => ({ path, kind, ...(value !== undefined && { value }), secret })), values: after }, ...here.history] });
    return { version, changes };
  }
  const told = (registry, layer, type, data) => {
    const [kind, device] = layer.split('/');
    return emit(`config.${type}`, kind === 'device' || kind === 'actual' ? `devices/${device}` : `registries/${key(registry.account, registry.name)}`, { databagId: { registry: { account: registry.account, name: registry.name }, layer }, ...data }, 'user:admin');
  };
  const seen = (version, headers) => { if (headers['if-match'] && headers['if-match'] !== `"${version}"`) throw new Refusal(412, 'kernel.version-changed', 'Somebody else changed this meanwhile', { hint: 'Look at the newest state, then make your change again.' }); };
  function shown(registry, layer, { version, values }, secrets) {
    const hidden = leaves(values).map(([path]) => path).filter((path) => isSecret(registry, path)).sort();
    return { layer, version, values: secrets ? values : hidden.reduce((sum, path) => pruned(put(sum, path, undefined), path), values), secrets: hidden, lost: [] };
  }
  /** Without containers that became empty. */
  function pruned(values, path) {
    const above = parts(path).slice(0, -1).join('.');
    return above !== '' && isObject(at(values, above)) && Object.keys(at(values, above)).length === 0 ? pruned(put(values, above, undefined), above) : values;
  }
  function viewed(registry, layer, name) {
    const { values, version } = shown(registry, layer, bag(registry, layer), false);
    let value = {};
    for (const rule of view(registry, name).rules.filter((each) => each.access !== 'write')) {
      for (const [path, each] of leaves(values)) {
        const [want, have] = [parts(rule.storage), parts(path)];
        if (want.length > have.length || !want.every((part, i) => part === have[i] || part.startsWith('{'))) continue;
        value = put(value, want.reduce((sum, part, i) => (part.startsWith('{') ? sum.replace(part, have[i]) : sum), rule.request), at(values, have.slice(0, want.length).join('.')) ?? each);
      }
    }
    if (Object.keys(value).length === 0) refuse(404, 'no-data', 'Not Found', { detail: 'Nothing is stored there yet.' });
    return { version, value };
  }
  const layersOf = (id) => ['fleet', ...(devices.get(id)?.group ?? '').split('/').filter(Boolean).map((_, i, all) => `group/${all.slice(0, i + 1).join('/')}`), ...rollouts.filter((each) => each.members.includes(id) && ['running', 'paused'].includes(each.state)).map((each) => `staged/${each.id}`), `device/${id}`];
  function wanted(registry, id) {
    let values = {};
    const sources = {};
    for (const layer of layersOf(id)) {
      const here = bag(registry, layer).values;
      values = over(values, here);
      for (const [path] of leaves(here)) if (path !== '') sources[path] = layer;
    }
    const { secrets, values: clear } = shown(registry, '', { version: 0, values }, false);
    return { values: clear, secrets, tag: Buffer.from(JSON.stringify(values)).toString('hex').slice(0, 32), sources, all: values };
  }
  function drift(registry) {
    const items = [];
    for (const [layer, { values, changedAt }] of registry.bags) {
      if (!layer.startsWith('actual/')) continue;
      const device = layer.slice('actual/'.length);
      const paths = leaves(wanted(registry, device).values).filter(([path, value]) => path !== '' && !same(at(values, path), value)).map(([path]) => path);
      if (paths.length > 0) items.push({ device, paths, since: changedAt });
    }
    return items.sort((a, b) => (a.device < b.device ? -1 : 1));
  }
  const line = (each) => ({ account: each.account, name: each.name, revision: each.revision, profile: each.schema.type === 'registry' ? 'registry' : 'confdb', summary: each.schema.summary, databags: [...each.bags.values()].length, changedAt: each.changedAt, changedBy: each.changedBy });
  const paged = (items, query) => {
    const after = Number(query.get('cursor') ?? 0);
    const limit = Number(query.get('limit') ?? 100);
    return { items: items.slice(after, after + limit), ...(after + limit < items.length && { next: String(after + limit) }) };
  };

  // ---- a past ----
  const network = define(NETWORK, JSON.stringify(NETWORK, null, 2));
  const navigation = define(NAVIGATION, JSON.stringify(NAVIGATION, null, 2), 'user:0193maria');
  const some = [...devices.values()].filter((each) => each.group).slice(0, 40);
  store(network, 'fleet', { device: { 'server-url': 'https://muster.example' }, interfaces: { eth0: { mtu: 1500, up: true } } }, { kind: 'written', view: 'control-interfaces', requests: ['config.eth0'], at: ago(900_000) });
  store(network, 'fleet', { device: { 'server-url': 'https://muster.example' }, interfaces: { eth0: { mtu: 1400, up: true } }, tunnel: { interface: 'eth0', 'secret-key': 'k3y-of-the-tunnel', peers: ['10.8.0.1', '10.8.0.2'] } }, { kind: 'written', view: 'control-tunnel', requests: ['interface', 'secret-key', 'peers'], at: ago(90_000) }, 'user:0193maria');
  store(network, 'group/berlin', { interfaces: { wlan0: { up: false } } }, { kind: 'written', view: 'control-interfaces', requests: ['config.wlan0.up'], at: ago(80_000) });
  store(navigation, 'fleet', { 'speed-max': 1.2, zones: { ramp: { 'speed-max': 0.4 } } }, { kind: 'written', view: 'drive', requests: ['speed-max', 'zones.ramp.speed-max'], at: ago(500_000) });
  some.forEach((each, i) => {
    if (i % 5 === 0) store(network, `device/${each.id}`, { device: { host: `robot-${i}` } }, { kind: 'written', view: 'control-device', requests: ['host'], at: ago(60_000) });
    store(network, `actual/${each.id}`, over(wanted(network, each.id).all, i % 7 === 3 ? { interfaces: { eth0: { mtu: 1500 } } } : i === 0 ? { device: { host: 'old-name' } } : {}), { kind: 'written', view: 'control-interfaces', requests: ['config'], at: ago(3_000 * (i + 1)) }, `device:${each.id}`);
  });

  const groupsOf = (body) => body.groups.map((each, i) => ({ name: each.name || `Group ${i + 1}`, percent: each.percent, successPercent: each.successPercent ?? 80, errorPercent: each.errorPercent ?? 20, pauseAfter: each.pauseAfter === true, state: 'scheduled', size: 0, succeeded: 0, failed: 0, canceled: 0 }));
  function plan(registry, body, members) {
    const made = { id: uuid(), registry, members, plan: { name: body.name, registry: { account: registry.account, name: registry.name }, profile: 'confdb', view: body.view, requests: Object.keys(body.values), target: body.target, filter: body.filter, groups: body.groups, startAt: body.startAt ?? null, timeout: body.timeout ?? 'PT24H' }, state: 'ready', pauseCause: null, why: null, groups: groupsOf(body), createdAt: new Date().toISOString(), createdBy: 'user:admin', startedAt: null, endedAt: null, version: 1 };
    let left = members.length;
    made.groups.forEach((each, i) => { each.size = i === made.groups.length - 1 ? left : Math.min(left, Math.ceil((members.length * each.percent) / 100)); left -= each.size; });
    store(registry, `staged/${made.id}`, wish(registry, body.view, body.values, {}), { kind: 'written', view: body.view, requests: Object.keys(body.values) });
    rollouts.unshift(made);
    return made;
  }
  const running = plan(network, { name: 'Smaller packets', view: 'control-interfaces', values: { 'config.eth0.mtu': 1280 }, target: 'fleet', filter: 'group==porto', groups: [{ name: 'Canary', percent: 5, successPercent: 90, errorPercent: 10 }, { name: 'Rest', percent: 95, successPercent: 80, errorPercent: 20 }] }, [...devices.values()].filter((each) => each.group === 'porto').slice(0, 400).map((each) => each.id));
  Object.assign(running, { state: 'paused', pauseCause: 'error-threshold', startedAt: ago(4_000), createdAt: ago(5_000) });
  Object.assign(running.groups[0], { state: 'error', succeeded: 15, failed: 4 });
  const rollout = (params) => rollouts.find((each) => each.id === params.rollout && each.registry === found(params)) ?? refuse(404, 'rollout-unknown', 'Not Found', { detail: `There is no rollout ${params.rollout}.` });
  const view_ = ({ registry: _, members: __, ...rest }) => rest;
  const document = (text) => {
    const findings = check(text);
    if (findings.length > 0) refuse(422, 'schema-invalid', 'Unprocessable Content', { detail: findings[0].message, details: findings[0], hint: 'Correct the schema at the place named.' });
    return JSON.parse(text);
  };

  const layered = (base) => [
    ['GET', `${base}/values`, (params) => { const registry = found(params); const layer = layerOf(params); return json(shown(registry, layer, bag(registry, layer), params.query.get('secrets') === 'true')); }],
    ['GET', `${base}/views/:view`, (params) => json(viewed(found(params), layerOf(params), params.view))],
    ['PATCH', `${base}/views/:view`, (params) => {
      const registry = found(params);
      const layer = layerOf(params);
      const here = bag(registry, layer);
      const after = wish(registry, params.view, params.body.values, here.values);
      if (params.query.get('dryRun') === 'true') return json({ version: here.version, changes: changed(registry, here.values, after) });
      seen(here.version, params.headers);
      const done = store(registry, layer, after, { kind: 'written', view: params.view, requests: Object.keys(params.body.values) });
      return written(done, told(registry, layer, 'view-written', { version: done.version, view: params.view, requests: Object.keys(params.body.values) }), 200, { ETag: `"${done.version}"` });
    }],
    ['GET', `${base}/history`, (params) => json(paged(bag(found(params), layerOf(params)).history.map(({ values: _, ...entry }) => entry), params.query))],
    ['GET', `${base}/versions/:version`, (params) => { const registry = found(params); const layer = layerOf(params); const entry = bag(registry, layer).history.find((each) => each.version === Number(params.version)) ?? refuse(404, 'version-unknown', 'Not Found', { hint: 'Choose a version from the history.' }); return json(shown(registry, layer, entry, false)); }],
    ['POST', `${base}/revert`, (params) => {
      const registry = found(params);
      const layer = layerOf(params);
      const here = bag(registry, layer);
      const old = here.history.find((each) => each.version === params.body.toVersion) ?? refuse(404, 'version-unknown', 'Not Found', { hint: 'Choose a version from the history.' });
      if (params.query.get('dryRun') === 'true') return json({ version: here.version, changes: changed(registry, here.values, old.values) });
      seen(here.version, params.headers);
      const done = store(registry, layer, old.values, { kind: 'reverted', toVersion: params.body.toVersion });
      return written(done, told(registry, layer, 'databag-reverted', { version: done.version, toVersion: params.body.toVersion }));
    }],
  ];

  return [
    ['GET', '/registries', () => json({ items: [...registries.values()].map((each) => ({ ...line(each), views: Object.keys(each.schema.views) })).sort((a, b) => (key(a.account, a.name) < key(b.account, b.name) ? -1 : 1)) })],
    ['POST', '/registries/check', ({ text }) => json({ findings: check(String(text)) })],
    ['POST', '/registries', ({ text }) => { const fresh = document(String(text)); const known = registries.has(key(fresh['account-id'], fresh.name)); const one = define(fresh, String(text)); return written({ account: one.account, name: one.name, revision: one.revision }, emit('config.registry-defined', `registries/${key(one.account, one.name)}`, { registryId: { account: one.account, name: one.name }, revision: one.revision }, 'user:admin'), known ? 200 : 201); }],
    ['GET', '/registries/:account/:name', (params) => { const one = found(params); return json({ ...line(one), document: one.document, views: Object.entries(one.schema.views).map(([name, each]) => ({ name, summary: each.summary, rules: each.rules.map((rule) => ({ request: rule.request ?? rule.storage, storage: rule.storage, access: rule.access ?? 'read-write' })) })) }, 200, { ETag: `"${one.revision}"` }); }],
    ['PUT', '/registries/:account/:name', (params) => { seen(found(params).revision, params.headers); const one = define(document(String(params.text)), String(params.text)); return written({ account: one.account, name: one.name, revision: one.revision }, emit('config.registry-redefined', `registries/${key(one.account, one.name)}`, { registryId: { account: one.account, name: one.name }, revision: one.revision }, 'user:admin')); }],
    ['GET', '/registries/:account/:name/revisions', (params) => json({ items: found(params).revisions.map(({ document: _, ...each }) => each) })],
    ['GET', '/registries/:account/:name/revisions/:revision', (params) => json(found(params).revisions.find((each) => each.revision === Number(params.revision)) ?? refuse(404, 'version-unknown', 'Not Found'))],
    ['GET', '/registries/:account/:name/databags', (params) => {
      const order = ['fleet', 'group', 'staged', 'device', 'actual'];
      const items = [...found(params).bags].map(([layer, { version, changedAt, changedBy }]) => ({ layer, version, changedAt, changedBy })).filter((each) => !params.query.get('kind') || each.layer.split('/')[0] === params.query.get('kind'));
      return json(paged(items.sort((a, b) => order.indexOf(a.layer.split('/')[0]) - order.indexOf(b.layer.split('/')[0]) || (a.layer < b.layer ? -1 : 1)), params.query));
    }],
    ['GET', '/registries/:account/:name/drift', (params) => { const all = drift(found(params)); return json({ ...paged(all, params.query), total: all.length }); }],
    ['GET', '/registries/:account/:name/wanted/:device', (params) => { const { all: _, ...rest } = wanted(found(params), params.device); return json(params.device === some[0]?.id ? { ...rest, outcome: { tag: rest.tag, current: true, status: 'failed', message: 'host: permission denied', at: ago(300) } } : rest); }],
    ['DELETE', '/devices/:device/registry-key', ({ device }) => written(undefined, emit('config.key-destroyed', `devices/${device}`, { device }, 'user:admin'), 204)],
    ['GET', '/registries/:account/:name/rollouts', (params) => json(paged(rollouts.filter((each) => each.registry === found(params)).map(view_), params.query))],
    ['POST', '/registries/:account/:name/rollouts', (params) => {
      const members = hits(params.body.filter).map((each) => each.id);
      if (members.length === 0) refuse(422, 'rollout-empty', 'Unprocessable Content', { detail: `No device matches '${params.body.filter}'.`, hint: 'Choose a filter that matches devices.' });
      const made = plan(found(params), params.body, members);
      return written({ id: made.id, plan: made.plan }, emit('config.rollout-created', `config-rollouts/${made.id}`, { rolloutId: made.id }, 'user:admin'), 201);
    }],
    ['GET', '/registries/:account/:name/rollouts/:rollout', (params) => json(view_(rollout(params)))],
    ['GET', '/registries/:account/:name/rollouts/:rollout/devices', (params) => {
      const one = rollout(params);
      let from = 0;
      const items = one.groups.flatMap((group, i) => one.members.slice(from, from += group.size).map((id, j) => ({ id, group: i, state: group.state === 'scheduled' ? (one.state === 'stopped' ? 'canceled' : 'waiting') : j < group.succeeded ? 'succeeded' : j < group.succeeded + group.failed ? 'failed' : one.state === 'stopped' ? 'canceled' : 'running', ...(j >= group.succeeded && j < group.succeeded + group.failed && group.state !== 'scheduled' && { message: 'eth0: mtu 1280 is refused by the driver', changedAt: ago(200) }) })));
      return json(paged(items.filter((each) => (!params.query.get('state') || each.state === params.query.get('state')) && (!params.query.get('group') || String(each.group) === params.query.get('group'))), params.query));
    }],
    ['POST', '/registries/:account/:name/rollouts/:rollout/:deed', (params) => {
      const one = rollout(params);
      Object.assign(one, { state: { start: 'running', pause: 'paused', resume: 'running', abort: 'stopped' }[params.deed], pauseCause: params.deed === 'pause' ? 'operator' : null, version: one.version + 1, ...(params.deed === 'abort' && { endedAt: new Date().toISOString() }) });
      if (params.deed === 'start') { one.startedAt = new Date().toISOString(); one.groups[0].state = 'running'; }
      return written(undefined, emit(`config.rollout-${{ start: 'started', pause: 'paused', resume: 'resumed', abort: 'aborted' }[params.deed]}`, `config-rollouts/${one.id}`, { rolloutId: one.id }, 'user:admin'), 202);
    }],
    ...layered('/registries/:account/:name/fleet'),
    ...layered('/registries/:account/:name/:kind/:id'),
  ];
}

/** Not a reader of schemas: enough to see how findings look. */
function check(text) {
  const lineOf = (index) => ({ line: text.slice(0, index).split('\n').length, column: index - text.lastIndexOf('\n', index - 1) });
  let read;
  try {
    read = JSON.parse(text);
  } catch (thrown) {
    const position = Number(/position (\d+)/.exec(thrown.message)?.[1] ?? text.length);
    return [{ pointer: '', ...lineOf(position), message: `This is not JSON: ${thrown.message}.` }];
  }
  for (const member of ['account-id', 'name', 'storage', 'views']) if (read[member] === undefined) return [{ pointer: `/${member}`, line: 1, column: 1, message: `'${member}' is missing.` }];
  const named = new Set(Object.keys(read.storage.aliases ?? {}));
  for (const [, name, type] of text.slice(0, text.indexOf('"views"') < 0 ? text.length : undefined).matchAll(/"([a-z][a-z0-9-]*)"\s*:\s*"([a-z$][\w${}-]*)"/g)) {
    const isType = JSON.stringify(read.storage).includes(`"${name}":"${type}"`) && !['type', 'visibility', 'pattern', 'keys'].includes(name);
    if (isType && !TYPES.includes(type) && !named.has(type.replace(/[${}]/g, ''))) {
      const index = text.indexOf(`"${type}"`);
      return [{ pointer: `/storage/schema/${name}`, ...lineOf(index), message: `'${type}' is no type.` }];
    }
  }
  return [];
}
