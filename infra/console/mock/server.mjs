// A stand-in for the server while developing the console: enough of /api/v1 with plausible data and live events.
// Never shipped. node mock/server.mjs [port] [--setup] [--devices=10000] [--quiet]; signs anybody in.
import { createHash } from 'node:crypto';
import { readFileSync, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { appRoutes } from './apps.mjs';
import { configRoutes } from './config.mjs';
import { actionsOf, device as makeDevice, pick, random, ref, releases, rollouts, seedRollouts, uuid } from './data.mjs';
import { labRoutes } from './lab.mjs';
import { observeRoutes } from './observe.mjs';
import { rolloutRoutes, seedCareful, whyRoutes } from './rollouts.mjs';
import { compile, valueAt } from './rsql.mjs';

const flag = (name, fallback) => process.argv.find((each) => each.startsWith(`--${name}`))?.split('=')[1] ?? (process.argv.includes(`--${name}`) ? 'true' : fallback);
const PORT = Number(process.argv.slice(2).find((each) => /^\d+$/.test(each)) ?? 8099);
const COUNT = Number(flag('devices', '10000'));
const ROOT = fileURLToPath(new URL('../target/classes/console', import.meta.url));
const CSP = "default-src 'self'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'";

let setupOpen = flag('setup', '') === 'true';
const devices = new Map(Array.from({ length: COUNT }, (_, i) => makeDevice(i, COUNT)).sort((a, b) => (a.id < b.id ? -1 : 1)).map((each) => [each.id, each]));
seedRollouts([...devices.values()]);
const actions = new Map();
const users = [{ id: uuid(), username: 'admin', roles: ['admin'], enabled: true, createdAt: new Date().toISOString() }, { id: uuid(), username: 'maria', roles: ['operator', 'release-manager'], enabled: true, createdAt: new Date().toISOString() }, { id: uuid(), username: 'old-intern', roles: ['viewer'], enabled: false, createdAt: new Date().toISOString() }];
const tokens = [{ id: uuid(), name: 'ci-release', prefix: 'mst_8f2a', scopes: ['software-write', 'rollouts-write'], createdAt: new Date(Date.now() - 9e8).toISOString(), expiresAt: new Date(Date.now() + 2e9).toISOString(), lastUsedAt: new Date(Date.now() - 3e5).toISOString() }];
const standing = [{ id: uuid(), name: 'New devices get the newest system', filter: 'updateStatus==registered', release: null, latest: true, releaseName: 'base-os', type: 'soft', weight: null, createdAt: new Date().toISOString() }];
const settings = { version: 4, value: { pollingTime: '00:05:00', targetToken: true, gatewayToken: true, certificateHeader: false, authorities: [], trust: 'registered', external: null, confirmationFlow: false, autoClose: false, windowPollCount: 3, trackAddress: true, openDownloads: false, publicBaseUrl: null, downloadBaseUrl: null, rolloutApproval: false } };
const permissions = ['devices-read', 'devices-write', 'software-read', 'software-write', 'rollouts-read', 'rollouts-write', 'rollouts-operate', 'rollouts-approve', 'events-read', 'audit-read', 'observe-read', 'observe-write', 'lab-read', 'lab-use', 'lab-admin', 'config-read', 'config-write', 'config-secrets', 'config-admin', 'apps-read', 'apps-write', 'apps-operate', 'apps-shell', 'settings-read', 'settings-write', 'users-admin', 'metrics-read', 'own-account'];
const roles = [{ name: 'viewer', permissions: permissions.filter((each) => each.endsWith('-read')) }, { name: 'operator', permissions: ['devices-read', 'devices-write', 'rollouts-operate'] }, { name: 'release-manager', permissions: ['software-write', 'rollouts-write'] }, { name: 'auditor', permissions: ['audit-read'] }, { name: 'admin', permissions }];
const artifacts = new Map();
seedCareful([...devices.values()], users);
const me = { kind: 'user', id: users[0].id, name: 'admin', roles: ['admin'], permissions, demo: true, version: '0.1.0' };

// ---- events ----
let position = 5000;
const log = [];
const streams = new Set();
function emit(type, subject, data, actor = 'system') {
  position++;
  const event = { specversion: '1.0', id: `e${position}`, source: '/', type: `muster.${type}.v1`, subject, time: new Date().toISOString(), datacontenttype: 'application/json', sequence: String(position), partitionkey: subject, actor, data };
  log.push(event);
  if (log.length > 5000) log.shift();
  for (const stream of streams) stream.write(`id: ${position}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
  return position;
}

// ---- a little life ----
const all = () => [...devices.values()];
function tick() {
  const running = rollouts.find((each) => each.state === 'running');
  for (let i = 0; i < 2; i++) {
    const one = pick(all());
    one.lastSeen = new Date().toISOString();
    if (one.presence === 'overdue') { one.presence = 'online'; emit('registry.device-came-back', `devices/${one.id}`, { deviceId: one.id }); }
    else if (random() < 0.15) { one.presence = 'overdue'; emit('registry.device-fell-silent', `devices/${one.id}`, { deviceId: one.id, lastSeen: one.lastSeen }); }
  }
  if (running) {
    const group = running.groups.find((each) => each.state === 'running');
    if (group && group.succeeded + group.failed + group.canceled < group.offered) {
      const failed = random() < 0.07;
      group[failed ? 'failed' : 'succeeded']++;
      const last = running.progress.at(-1);
      const point = { ...last, at: new Date().toISOString() };
      point[failed ? 'failed' : 'succeeded']++;
      running.progress.push(point);
      if (failed) running.reasons[0].count++;
      const one = pick(all());
      emit(failed ? 'updates.action-failed' : 'updates.action-finished', `devices/${one.id}`, { deviceId: one.id, action: 2, release: running.plan.release, messages: failed ? ['Checksum mismatch on rootfs.ext4'] : [], rollout: running.id, group: 1 }, `device:${one.id}`);
      emit('updates.rollout-progressed', `rollouts/${running.id}`, { rolloutId: running.id, tallies: [{ group: 1, succeeded: failed ? 0 : 1, failed: failed ? 1 : 0, canceled: 0 }] });
    }
  }
  const pending = all().find((each) => each.updateStatus === 'pending');
  if (pending) {
    const action = actionList(pending).find((each) => each.active);
    if (action) {
      action.done = Math.min(6, (action.done ?? 0) + (random() < 0.3 ? 1 : 0));
      action.entries.push({ status: 'running', at: new Date().toISOString(), messages: [`Writing rootfs to slot B, block ${1000 + action.entries.length * 37}`], code: null });
      if (action.entries.length > 60) action.entries.splice(4, 20);
      emit('updates.action-progressed', `devices/${pending.id}`, { deviceId: pending.id, action: action.action, status: 'RUNNING', done: action.done, of: action.of, messages: action.entries.at(-1).messages }, `device:${pending.id}`);
    }
  }
}
const actionList = (device) => {
  if (!actions.has(device.id)) actions.set(device.id, actionsOf(device));
  return actions.get(device.id);
};

// ---- helpers ----
class Refusal extends Error {
  constructor(status, code, title, more = {}) {
    super(title);
    this.body = { type: `/docs/errors/${code}`, title, status, code, traceId: createHash('md5').update(String(Math.random())).digest('hex'), retryable: false, ...more };
  }
}
const json = (value, status = 200, headers = {}) => ({ status, headers: { 'Content-Type': 'application/json', ...headers }, body: value === undefined ? '' : JSON.stringify(value) });
const written = (value, at, status = 200, headers = {}) => json(value, status, { 'Muster-Position': String(at), ...headers });
function filterOf(text) {
  try { return text ? compile(text) : () => true; } catch (thrown) { throw new Refusal(400, 'kernel.filter-broken', 'Bad Request', { detail: thrown.message, hint: 'A filter looks like group==berlin;presence==online' }); }
}
function page(query) {
  const hits = filterOf(query.get('filter'));
  const words = (query.get('q') ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  let found = all().filter((each) => hits(each) && words.every((word) => JSON.stringify([each.id, each.name, each.group, each.tags, each.address, each.attributes]).toLowerCase().includes(word)));
  const sort = query.get('sort') ?? 'id';
  const field = sort.replace('-', '');
  if (sort !== 'id') found.sort((a, b) => String(valueAt(a, field) ?? '').localeCompare(String(valueAt(b, field) ?? '')) * (sort.startsWith('-') ? -1 : 1));
  const after = Number(query.get('after') ?? 0);
  const limit = Number(query.get('limit') ?? 100);
  return { items: found.slice(after, after + limit), ...(after + limit < found.length && { next: String(after + limit) }), ...(query.get('count') && { count: found.length }) };
}
function find(id) {
  const device = devices.get(id);
  if (!device) throw new Refusal(404, 'registry.device-unknown', 'Not Found', { detail: `There is no device ${id}.`, hint: 'Register the device first.' });
  return device;
}
const one = (list, id, what) => list.find((each) => each.id === id) ?? (() => { throw new Refusal(404, `updates.${what}-unknown`, `There is no such ${what}`); })();
function matching(device, headers) {
  if (!headers['if-match']) throw new Refusal(428, 'kernel.if-match-missing', 'If-Match is missing');
  if (headers['if-match'] !== `"${device.version}"`) throw new Refusal(412, 'kernel.version-lost', 'Somebody else changed this meanwhile', { hint: 'Look at the newest state, then make your change again.' });
}
const counts = (list, key) => list.reduce((sum, each) => ({ ...sum, [each[key]]: (sum[each[key]] ?? 0) + 1 }), {});

// ---- routes ----
const theLab = labRoutes({ me, emit, written, json, Refusal });
const theRollouts = rolloutRoutes({ all, me, settings, emit, written, json, one, Refusal, filterOf });
const theApps = appRoutes({ devices, emit, written, json, Refusal, hits: (filter) => all().filter(filterOf(filter)) });
const routes = [
  ['GET', '/setup', () => json({ open: setupOpen, demo: true })],
  ['POST', '/setup', ({ body }) => { if (body.link !== 'demo-code') throw new Refusal(403, 'identity.link-used', 'This link does not work', { hint: 'Start the server again: it prints a new one.' }); setupOpen = false; return signIn(); }],
  ['POST', '/session', ({ body }) => { if (body.password === 'wrong') throw new Refusal(401, 'identity.wrong-credentials', 'Unauthorized', { detail: 'User name or password is wrong.', hint: 'Check name and password.' }); return signIn(); }],
  ['GET', '/session', () => json(me)],
  ['DELETE', '/session', () => json(undefined, 204, { 'Set-Cookie': 'MUSTER_SESSION=; Path=/; Max-Age=0' })],
  ['PUT', '/session/password', () => json(undefined, 204)],
  ['GET', '/users', () => json({ items: users })],
  ['POST', '/users', ({ body }) => { if (users.some((each) => each.username === body.username)) throw new Refusal(409, 'identity.username-taken', 'This user name is taken'); const user = { id: uuid(), username: body.username, roles: body.roles, enabled: true, createdAt: new Date().toISOString() }; users.push(user); return written(user, emit('identity.user-created', `users/${user.id}`, {}), 201); }],
  ['PATCH', '/users/:id', ({ id, body }) => { const user = one(users, id, 'user'); const { password: _, ...rest } = body; Object.assign(user, rest); return written(user, position); }],
  ['DELETE', '/users/:id', ({ id }) => { users.splice(users.indexOf(one(users, id, 'user')), 1); return json(undefined, 204); }],
  ['GET', '/tokens', () => json({ items: tokens })],
  ['POST', '/tokens', ({ body }) => { const token = { id: uuid(), name: body.name, prefix: 'mst_77aa', scopes: body.scopes, createdAt: new Date().toISOString(), expiresAt: new Date(Date.now() + 2.6e9).toISOString() }; tokens.push(token); return written({ ...token, token: 'mst_77aaQ0wE5rT8yU2iO4pA6sD1fG3hJ9kL' }, position, 201); }],
  ['DELETE', '/tokens/:id', ({ id }) => { tokens.splice(tokens.indexOf(one(tokens, id, 'token')), 1); return json(undefined, 204); }],
  ['GET', '/roles', () => json(roles)],
  ['GET', '/permissions', () => json(permissions)],
  ['GET', '/fleet/fields', () => json({ items: [['id', 'text'], ['name', 'text'], ['group', 'text'], ['tag', 'text'], ['presence', 'enum'], ['updatestatus', 'enum'], ['lastseen', 'instant'], ['createdat', 'instant'], ['address', 'text'], ['installed.name', 'text'], ['installed.version', 'version'], ['assigned.name', 'text'], ['assigned.version', 'version'], ['hardware.model', 'text'], ['hardware.revision', 'text'], ['origin', 'enum'], ['attributes.kernel', 'text'], ['metadata.feed', 'text']].map(([name, kind]) => ({ name, aliases: [], kind, sortable: name !== 'tag', values: [] })) })],
  ['GET', '/fleet/summary', () => json({ devices: devices.size, presence: counts(all(), 'presence'), updateStatus: counts(all(), 'updateStatus'), versions: releases.map((each) => ({ name: each.name, version: each.version, releaseId: each.id, count: all().filter((one) => one.installed?.id === each.id).length })).filter((each) => each.count > 0) })],
  ['GET', '/devices', ({ query }) => json(page(query))],
  ['POST', '/devices', ({ body }) => {
    if (devices.has(body.id)) throw new Refusal(409, 'registry.device-exists', 'Conflict', { detail: `There is a device '${body.id}' already.`, hint: 'Change the existing device or choose another id.' });
    if (/[\s/;\\]/.test(body.id)) throw new Refusal(400, 'registry.device-id-invalid', 'Bad Request', { detail: 'A device id has no white space and no control characters.', details: { member: 'id' } });
    const made = { ...makeDevice(0, 1), id: body.id, name: body.name ?? body.id, group: body.group ?? null, tags: body.tags ?? [], metadata: body.metadata ?? {}, attributes: {}, presence: 'never-seen', updateStatus: 'registered', installed: null, assigned: null, action: null, actions: [], lastSeen: null, address: null, createdAt: new Date().toISOString(), version: 0, hasToken: body.issueToken === true };
    devices.set(made.id, made);
    return written({ ...made, ...(body.issueToken && { token: 'dk_9s8d7f6g5h4j3k2l1q0w9e8r7t6y5u4i' }) }, emit('registry.device-registered', `devices/${made.id}`, { deviceId: made.id }, 'user:admin'), 201);
  }],
  ['POST', '/devices:bulk', ({ text }) => ({ status: 200, headers: { 'Content-Type': 'application/x-ndjson' }, body: text.split('\n').filter(Boolean).map((line, i) => { const { id } = JSON.parse(line); return JSON.stringify(devices.has(id) ? { line: i + 1, id, status: 'exists' } : /\s/.test(id) ? { line: i + 1, id, status: 'refused', code: 'registry.device-id-invalid', message: 'A device id has no white space.' } : { line: i + 1, id, status: 'created' }); }).join('\n') })],
  ['GET', '/devices/:id', ({ id }) => json(find(id), 200, { ETag: `"${find(id).version}"` })],
  ['PATCH', '/devices/:id', ({ id, body, headers }) => {
    const device = find(id);
    matching(device, headers);
    const { metadata, ...rest } = body;
    Object.assign(device, rest, { version: device.version + 1 });
    for (const [key, value] of Object.entries(metadata ?? {})) { if (value === null) delete device.metadata[key]; else device.metadata[key] = value; }
    return written(device, emit('registry.device-described', `devices/${id}`, { deviceId: id }, 'user:admin'), 200, { ETag: `"${device.version}"` });
  }],
  ['DELETE', '/devices/:id', ({ id, headers }) => { matching(find(id), headers); devices.delete(id); return written(undefined, emit('registry.device-decommissioned', `devices/${id}`, { deviceId: id }), 204); }],
  ['PUT', '/devices/:id/token', ({ id }) => { find(id).hasToken = true; return written({ token: 'dk_q1w2e3r4t5y6u7i8o9p0a1s2d3f4g5h6' }, emit('registry.token-issued', `devices/${id}`, {})); }],
  ['DELETE', '/devices/:id/token', ({ id }) => { find(id).hasToken = false; return written(undefined, emit('registry.token-withdrawn', `devices/${id}`, {}), 204); }],
  ['POST', '/devices/:id/attributes/request', ({ id }) => { find(id).attributesRequested = true; return written(undefined, emit('registry.attributes-requested', `devices/${id}`, {}), 202); }],
  ['GET', '/devices/:id/timeline', ({ id }) => json({ items: timeline(find(id)) })],
  ['GET', '/devices/:id/actions', ({ id }) => json({ items: [...actionList(find(id))].reverse() })],
  ['POST', '/devices/:id/actions', ({ id, body }) => {
    const device = find(id);
    const release = one(releases, body.releaseId, 'release');
    const action = { deviceId: id, action: device.actions.length + 1, release: ref(release), type: body.type ?? 'forced', status: 'running', active: true, timedOut: false, rollout: null, group: null, createdAt: new Date().toISOString(), changedAt: new Date().toISOString(), code: null, done: 0, of: 7, entries: [] };
    actionList(device).push(action);
    Object.assign(device, { assigned: ref(release), updateStatus: 'pending', action: action.action, actions: [...device.actions, action.action] });
    return written({ action: action.action, created: true }, emit('updates.action-assigned', `devices/${id}`, { deviceId: id, action: action.action, release: ref(release) }, 'user:admin'), 201);
  }],
  ...whyRoutes({ find, me, emit, written, json }),
  ['POST', '/devices/:id/actions/:n/cancel', ({ id, n, body }) => {
    const action = actionList(find(id)).find((each) => each.action === Number(n));
    action.status = body.force ? 'canceled' : 'canceling';
    action.active = !body.force;
    return written(undefined, emit('updates.action-cancel-requested', `devices/${id}`, { deviceId: id, action: action.action, cause: 'OPERATOR' }, 'user:admin'), 202);
  }],
  ['POST', '/artifacts', ({ query, text }) => {
    const name = query.get('filename');
    const artifact = { fileName: name, sha256: createHash('sha256').update(text).digest('hex'), sha1: createHash('sha1').update(text).digest('hex'), md5: createHash('md5').update(text).digest('hex'), size: text.length, storedAt: new Date().toISOString(),
      bundle: name.endsWith('.swu') ? { format: 'swu', name: 'base-os', version: '4.3.0-rc1', description: 'Nightly of the 4.3 line', compatibility: [{ model: 'rpi4', revision: '1.4' }, { model: 'imx8mp', revision: 'b2' }], images: [{ file: 'rootfs.ext4.zst', size: 301_000_000, sha256: 'a'.repeat(64), type: 'raw' }, { file: 'post-install.sh', size: 1832, sha256: 'b'.repeat(64), type: 'script:shellscript' }], signature: 'present', encrypted: false, warnings: ['The description names no hardware revision for am62x.'] } : null };
    artifacts.set(artifact.sha256, artifact);
    return written(artifact, position, 201);
  }],
  ['GET', '/releases', ({ query }) => json({ items: releases.filter((each) => `${each.name} ${each.version}`.includes(query.get('q') ?? '')).map(counted) })],
  ['POST', '/releases', ({ body }) => {
    if (releases.some((each) => each.name === body.name && each.version === body.version)) throw new Refusal(409, 'updates.release-exists', 'There is such a release already', { hint: 'Give it another version.' });
    const release = { id: uuid(), name: body.name, version: body.version, notes: body.notes, migrationStep: body.migrationStep ?? false, createdAt: new Date().toISOString(), valid: true, revision: 0, modules: body.modules.map((each, i) => ({ number: 100 + i, encrypted: false, metadata: [], compatibility: [], ...each, artifacts: each.artifacts.map((file) => ({ ...artifacts.get(file.sha256), ...file })) })) };
    releases.unshift(release);
    return written(counted(release), emit('updates.release-created', `releases/${release.id}`, { name: release.name, version: release.version }, 'user:admin'), 201);
  }],
  ['GET', '/releases/:id', ({ id }) => json(counted(one(releases, id, 'release')))],
  ['POST', '/releases:fetch', ({ body }) => {
    if (!/^https?:\/\//.test(body.url ?? '')) throw new Refusal(400, 'updates.url-invalid', 'Bad Request', { detail: 'Only http and https addresses can be read.', details: { member: 'url' } });
    const url = body.url.replace(/^(https?:\/\/[^/?#@]*?):[^/?#]*@/i, '$1:***@');
    const [name, version] = [body.name ?? 'base-os', body.version ?? `4.3.${releases.length}`];
    const bundle = { format: 'rauc', name, version, description: null, compatibility: [], images: [{ file: 'rootfs.ext4', size: 301_000_000, sha256: 'c'.repeat(64), type: 'rootfs' }], signature: 'valid', signer: 'CN=Muster release, O=Example', encrypted: false, warnings: [] };
    const release = { id: uuid(), name, version, notes: null, migrationStep: false, createdAt: new Date().toISOString(), valid: true, revision: 0, modules: [{ number: 900 + releases.length, type: body.type ?? 'os', name, version, encrypted: false, metadata: [], compatibility: [], artifacts: [{ fileName: 'bundle.raucb', sha256: 'd'.repeat(64), sha1: 'e'.repeat(40), md5: 'f'.repeat(32), size: 301_002_048, url, bundle }] }] };
    releases.unshift(release);
    return written(release, emit('updates.release-created', `releases/${release.id}`, { name, version }, 'user:admin'), 201);
  }],
  ['POST', '/releases/:id/invalidate', ({ id, body }) => { if (!['none', 'soft', 'force'].includes(body.cancel ?? 'none')) throw new Refusal(400, 'kernel.invalid-request', 'Bad Request'); one(releases, id, 'release').valid = false; rollouts.filter((each) => each.plan.release.id === id && ['ready', 'running', 'paused', 'waiting-for-approval'].includes(each.state)).forEach((each) => Object.assign(each, { state: 'stopped', stopCause: 'release-invalidated', endedAt: new Date().toISOString() })); return written(undefined, emit('updates.release-invalidated', `releases/${id}`, {}), 202); }],
  ['DELETE', '/releases/:id', ({ id }) => { releases.splice(releases.indexOf(one(releases, id, 'release')), 1); return written(undefined, emit('updates.release-deleted', `releases/${id}`, {}), 204); }],
  ...theRollouts,
  ['GET', '/auto-assignments', () => json({ items: standing })],
  ['POST', '/auto-assignments', ({ body }) => { const made = { id: uuid(), createdAt: new Date().toISOString(), type: 'forced', ...body, release: body.releaseId ? ref(one(releases, body.releaseId, 'release')) : null }; standing.push(made); return written(made, position, 201); }],
  ['DELETE', '/auto-assignments/:id', ({ id }) => { standing.splice(standing.indexOf(one(standing, id, 'auto-assignment')), 1); return json(undefined, 204); }],
  ['GET', '/settings/updates', () => json(settings.value, 200, { ETag: `"${settings.version}"` })],
  ['PUT', '/settings/updates', ({ body, headers }) => { matching(settings, headers); if (!/^\d\d:\d\d:\d\d/.test(body.pollingTime)) throw new Refusal(400, 'updates.settings-invalid', 'Bad Request', { detail: `The polling time is refused: '${body.pollingTime}' is no number.`, details: { member: 'pollingTime' } }); settings.value = body; settings.version++; return written(body, emit('updates.settings-changed', 'settings/updates', {}), 200, { ETag: `"${settings.version}"` }); }],
  ['PUT', '/settings/updates/gateway-token', () => written({ token: 'gw_0a9s8d7f6g5h4j3k2l1z0x9c8v7b6n5m' }, position)],
  ['GET', '/events/feed', ({ query }) => { const items = log.filter((each) => Number(each.sequence) > Number(query.get('after') ?? 0) && (!query.get('subject') || each.subject === query.get('subject'))).slice(0, Number(query.get('limit') ?? 100)); return json({ items, next: items.at(-1)?.sequence }); }],
  ['GET', '/audit', ({ query }) => json({ items: audit(query) })],
  ...observeRoutes({ devices, emit, written, json, Refusal }),
  ...theLab.routes,
  ...theApps.routes,
  ...configRoutes({ devices, emit, written, json, Refusal, hits: (filter) => all().filter(filterOf(filter)) }),
];
const signIn = () => json(me, 200, { 'Set-Cookie': ['MUSTER_SESSION=mock; Path=/; HttpOnly; SameSite=Strict', 'XSRF-TOKEN=mock; Path=/; SameSite=Strict'] });
const counted = (release) => ({ ...release, devicesInstalled: all().filter((each) => each.installed?.id === release.id).length, devicesAssigned: all().filter((each) => each.assigned?.id === release.id).length });
function timeline(device) {
  const own = log.filter((each) => each.subject === `devices/${device.id}`).slice(-40).reverse().map((each) => ({ at: each.time, type: `updates.${each.type.split('.')[2].split('-').map((word) => word[0].toUpperCase() + word.slice(1)).join('')}`, actor: each.actor, data: each.data }));
  return [...own, { at: device.lastSeen ?? device.createdAt, type: 'registry.FirstContactMade', actor: `device:${device.id}`, data: {} }, { at: device.createdAt, type: 'registry.DeviceTagged', actor: 'user:admin', data: { tags: device.tags } }, { at: device.createdAt, type: 'registry.DeviceRegistered', actor: 'user:admin', data: { origin: device.origin } }];
}
const like = (pattern, text) => !pattern || new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '.*')}$`, 'i').test(text);
function audit(query) {
  const commands = ['updates.StartRollout', 'registry.ChangeDevice', 'updates.CreateRelease', 'identity.CreateToken', 'updates.AssignRelease', 'updates.ChangeSettings'];
  return Array.from({ length: 60 }, (_, i) => ({ position: 5000 - i * 7, at: new Date(Date.now() - i * 654_321).toISOString(), actor: i % 5 === 0 ? 'token:ci-release' : i % 3 === 0 ? 'user:maria' : 'user:admin', address: '10.2.0.17', command: commands[i % 6], target: ['rollout/base-os', 'device/rpi4-00012', 'release/base-os', 'token/ci', 'updates/imx8mp-00003', 'settings'][i % 6], outcome: i % 11 === 4 ? 'refused' : 'accepted', code: i % 11 === 4 ? 'kernel.version-lost' : null, correlation: `c0ffee${i}`, reason: i % 4 === 0 ? 'Change 4711, approved by operations' : null }))
    .filter((each) => (!query.get('outcome') || each.outcome === query.get('outcome')) && like(query.get('actor'), each.actor) && like(query.get('command'), each.command));
}

/** A broken text is the business of those routes that read it as a text. */
function parsed(text) {
  try { return JSON.parse(text); } catch { return {}; }
}

function match(method, path) {
  for (const [verb, pattern, handle] of routes) {
    if (verb !== method) continue;
    const names = [];
    const found = new RegExp(`^${pattern.replace(/\/:(\w+)/g, (_, name) => { names.push(name); return '/([^/]+)'; })}$`).exec(path);
    if (found) return { handle, params: Object.fromEntries(names.map((name, i) => [name, decodeURIComponent(found[i + 1])])) };
  }
  return undefined;
}

const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.json': 'application/json' };
function file(path) {
  const asked = join(ROOT, normalize(path));
  const found = path !== '/' && asked.startsWith(ROOT) && existsSync(asked) && extname(asked) ? asked : join(ROOT, 'index.html');
  return { status: 200, headers: { 'Content-Type': TYPES[extname(found)] ?? 'application/octet-stream', 'Content-Security-Policy': CSP, 'X-Content-Type-Options': 'nosniff' }, body: readFileSync(found) };
}

function stream(request, response) {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  response.write(`id: ${position}\nevent: muster.position\ndata: {"position":${position}}\n\n`);
  const after = Number(request.headers['last-event-id'] ?? Infinity);
  log.filter((each) => Number(each.sequence) > after).forEach((each) => response.write(`id: ${each.sequence}\nevent: ${each.type}\ndata: ${JSON.stringify(each)}\n\n`));
  // A stream that was cut may still be written to once.
  response.on('error', () => streams.delete(response));
  streams.add(response);
  request.on('close', () => streams.delete(response));
}
setInterval(() => streams.forEach((each) => each.write(': alive\n\n')), 15_000).unref();
if (flag('quiet', '') !== 'true') setInterval(tick, Number(flag('every', '700'))).unref();

createServer(async (request, response) => {
  const url = new URL(request.url, 'http://mock');
  const answer = await (async () => {
    if (url.pathname === '/mock/cut') { streams.forEach((each) => each.destroy()); return json({}); }
    if (!url.pathname.startsWith('/api/v1')) return file(url.pathname);
    const path = url.pathname.slice('/api/v1'.length);
    const signedIn = /MUSTER_SESSION=mock/.test(request.headers.cookie ?? '') || request.headers.authorization;
    if (!signedIn && !(path === '/setup' || (path === '/session' && request.method === 'POST'))) throw new Refusal(401, 'identity.not-signed-in', 'Please sign in');
    if (path === '/events') return stream(request, response);
    if (theApps.stream(path, request, response)) return undefined;
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks);
    const found = match(request.method, path);
    if (!found) throw new Refusal(404, 'kernel.no-route', 'There is no such call', { detail: `${request.method} ${path}` });
    const isJson = /json/.test(request.headers['content-type'] ?? '') && !/ndjson/.test(request.headers['content-type']);
    return found.handle({ ...found.params, query: url.searchParams, headers: request.headers, text: isJson ? String(text) : /ndjson/.test(request.headers['content-type'] ?? '') ? String(text) : text, body: isJson && text.length ? parsed(text) : {} });
  })().catch((thrown) => thrown instanceof Refusal ? { status: thrown.body.status, headers: { 'Content-Type': 'application/problem+json' }, body: JSON.stringify(thrown.body) } : (console.error(thrown), { status: 500, headers: { 'Content-Type': 'text/plain' }, body: String(thrown) }));
  if (!answer) return;
  response.writeHead(answer.status, answer.headers);
  response.end(answer.body);
}).on('upgrade', (request, socket, head) => { if (!theApps.upgrade(request, socket, head)) theLab.upgrade(request, socket, head); }).listen(PORT, '127.0.0.1', function listening() { console.log(`mock on http://127.0.0.1:${this.address().port}`); });
