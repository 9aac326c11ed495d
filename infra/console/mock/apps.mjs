// Apps of the stand-in: a catalogue, projects, agents, wishes over one another, reports that follow them, logs and shells.
import { ago, uuid } from './data.mjs';
import { accept } from './websocket.mjs';

const TEMPLATE = { GREETING: { label: 'Greeting', type: 'text', defaultValue: 'hello', description: 'What it says.' }, LEVEL: { label: 'How much it logs', type: 'text', valueList: ['debug', 'info', 'warn'], defaultValue: 'info' }, EVERY: { label: 'Says it every', type: 'numeric', unit: 's', min: 1, max: 3600, defaultValue: 5 }, LOUD: { label: 'In capitals', type: 'boolean' }, API_KEY: { label: 'Key of the service', type: 'text', secret: true } };
const PORT = { name: 'web', port: 8080, protocol: 'http', main: true, active: false, public: false, localIp: '', remotePort: 0, remotePortEnvironment: '' };
const COMPOSE = { services: { camera: { image: 'vision/camera:3', devices: ['/dev/video0'] }, model: { image: 'vision/model:3' } } };
const STATES = { running: ['starting', 'running'], present: ['stopping', 'present'], removed: ['deleting', 'removed'], uninstalled: ['deleting', 'uninstalled'] };
const LINES = ['listening on :8080', 'GET / 200 3 ms', 'GET /health 200 0 ms', '\u001b[33mwarn\u001b[0m the sensor answers slowly (812 ms)', 'GET /metrics 200 4 ms'];
const SHELL = { 'uname -a': 'Linux robot 6.12.0 #1 SMP aarch64 GNU/Linux', id: 'uid=0(root) gid=0(root) groups=0(root)', help: 'help, id, uname -a, exit' };
const STEP_MS = 350;

/** The routes of this part, `stream` for its live logs and `upgrade` for its shells. */
export function appRoutes({ devices, emit, written, json, Refusal, hits }) {
  const refuse = (status, code, title, more) => { throw new Refusal(status, `apps.${code}`, title, more); };
  const projects = [{ key: 1, name: 'main', owner: 'muster', revision: 0 }];
  const catalogue = new Map();
  const agents = new Map();
  /** `<place> <app>` → what is said. */
  const wishes = new Map();
  /** `<device> <app>` → what was reported. */
  const reports = new Map();
  const rollouts = [];
  const listeners = new Set();
  let numbers = 100;

  const now = () => new Date().toISOString();
  const found = (name) => catalogue.get(name) ?? refuse(404, 'app-unknown', 'Not Found', { detail: `There is no app '${name}'.`, hint: 'Make the app first.' });
  const released = (app, version) => app.releases.find((each) => each.version === version) ?? refuse(404, 'release-unknown', 'Not Found', { detail: `App '${app.name}' has no release ${version}.`, hint: "Choose a version from the app's releases." });
  const newest = (app) => app.releases.find((each) => each.offered && !each.yanked);
  const project = (key) => projects.find((each) => each.key === Number(key)) ?? refuse(404, 'project-unknown', 'Not Found', { detail: `There is no project ${key}.` });
  const agentOf = (device) => agents.get(device) ?? refuse(404, 'agent-unknown', 'Not Found', { detail: `Device '${device}' has no agent.`, hint: 'Enrol the device first.' });
  const online = (device) => { const agent = agentOf(device); return agent.online ? agent : refuse(409, 'agent-offline', 'Conflict', { detail: `Device '${device}' is away.`, hint: 'Wait for the device to come back; wishes reach it then.' }); };
  const seen = (revision, headers) => {
    if (!headers['if-match']) throw new Refusal(428, 'kernel.if-match-required', 'If-Match is missing');
    if (headers['if-match'] !== `"${revision}"` && headers['if-match'] !== '*') throw new Refusal(412, 'kernel.version-changed', 'Somebody else changed this meanwhile', { hint: 'Look at the newest state, then make your change again.' });
  };
  const placeOf = (kind, name) => `${kind}/${kind === 'group' ? name.replaceAll('~1', '/').replaceAll('~0', '~') : name}`;
  const wishAt = (place, app) => wishes.get(`${place} ${app}`) ?? { app, place, target: null, version: null, environment: {}, secrets: [], ports: [], revision: 0 };
  const says = (wish) => wish.target !== null || wish.version !== null || Object.keys(wish.environment).length + wish.secrets.length + wish.ports.length > 0;

  function face(body) {
    for (const [name, entry] of Object.entries(body.environmentTemplate ?? {})) if (typeof entry !== 'object') refuse(400, 'app-invalid', 'Bad Request', { detail: `'${name}' is described by an object with a defaultValue.`, details: { member: 'environmentTemplate' } });
    return { description: body.description ?? '', environmentTemplate: body.environmentTemplate ?? {}, ports: body.ports ?? [], compose: body.compose ?? null };
  }
  function make(name, body, createdAt = now()) {
    const app = { name, key: ++numbers, ...face(body), releases: [], createdAt, revision: 1 };
    catalogue.set(name, app);
    return app;
  }
  function release(app, body, createdAt = now()) {
    const made = { key: ++numbers, version: body.version, architectures: body.architectures ?? [], composed: Boolean(body.compose ?? app.compose), notes: body.notes ?? '', offered: body.offered ?? true, createdAt, compose: body.compose ?? app.compose };
    app.releases.unshift(made);
    app.revision++;
    return made;
  }
  const line = ({ compose: _, ...each }) => each;
  const view = (app) => ({ ...app, releases: app.releases.map(line) });
  const told = (subject, type, data, actor = 'user:admin') => emit(`apps.${type}`, subject, data, actor);

  /** What all places say, the strongest last. */
  function wanted(device, app) {
    const groups = (devices.get(device)?.group ?? '').split('/').filter(Boolean).map((_, i, all) => `group/${all.slice(0, i + 1).join('/')}`);
    const staged = rollouts.find((each) => each.plan.app === app.key && ['running', 'paused'].includes(each.state) && each.members.includes(device));
    let result = { environment: [] };
    const add = (source, wish) => {
      if (wish.target) Object.assign(result, { target: wish.target, targetFrom: source });
      if (wish.target || wish.version) Object.assign(result, { pinned: wish.version ?? undefined, versionFrom: source });
      result = { ...result, environment: [...new Set([...result.environment, ...Object.keys(wish.environment ?? {}), ...(wish.secrets ?? [])])].sort() };
    };
    for (const place of [`project/${agents.get(device)?.project ?? 1}`, ...groups]) add(place, wishAt(place, app.name));
    if (staged) add(`rollout/${staged.id}`, { target: staged.plan.target, version: staged.plan.version });
    add(`device/${device}`, wishAt(`device/${device}`, app.name));
    if (!result.target) return undefined;
    const next = result.pinned ? app.releases.find((each) => each.version === result.pinned) : newest(app);
    return { ...result, next: next?.version };
  }
  function condition(want, reported) {
    if (reported?.failures >= 3) return 'crash-loop';
    if (reported?.state === 'failed') return 'failed';
    if (reported?.calledOff) return 'held';
    if (want && ['running', 'present'].includes(want.target) && !want.next) return 'no-release';
    if (['starting', 'stopping', 'downloading', 'updating', 'deleting'].includes(reported?.state)) return 'under-way';
    const gone = !reported?.state || ['removed', 'uninstalled'].includes(reported.state);
    if (!want || ['removed', 'uninstalled'].includes(want.target)) return gone ? 'in-step' : 'behind';
    return reported?.state === want.target && reported.version === want.next ? 'in-step' : 'behind';
  }
  function installation(device, app) {
    const want = wanted(device, app);
    const reported = reports.get(`${device} ${app.name}`);
    return want || reported ? { device, app: app.name, key: app.key, stage: 'prod', container: `prod_${app.key}_${app.name}`, condition: condition(want, reported), ...(want && { wanted: want }), ...(reported && { reported }) } : undefined;
  }
  const onDevice = (device) => (agents.has(device) ? [...catalogue.values()].sort((a, b) => (a.name < b.name ? -1 : 1)).map((app) => installation(device, app)).filter(Boolean) : []);
  function report(device, app, part) {
    const key = `${device} ${app.name}`;
    reports.set(key, { update: 'none', failures: 0, calledOff: false, ports: app.ports.map((each, i) => ({ ...each, hostPort: 40_000 + i })), ...reports.get(key), since: now(), ...part });
    told(`devices/${device}`, 'app-state-reported', { device, app: app.key, stage: 'prod', state: part.state, failures: 0 }, `device:${device}`);
    say(device, app.name, 'message', { text: `${app.name} is ${part.state}` });
  }
  /** Devices that are there do what is wanted, step by step. */
  function follow() {
    for (const [device, agent] of agents) {
      if (!agent.online) continue;
      for (const { app: name, condition: stands, wanted: want } of onDevice(device)) {
        if (stands !== 'behind' || !want) continue;
        const [first, last] = STATES[want.target];
        const app = catalogue.get(name);
        report(device, app, { state: first });
        setTimeout(() => { if (agents.has(device)) report(device, app, { state: last, ...(want.next && { version: want.next }) }); }, STEP_MS).unref();
      }
    }
  }
  const soon = () => { setTimeout(follow, STEP_MS).unref(); };
  function say(device, app, event, data) {
    for (const each of listeners) if (each.device === device && each.app === app) each.response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }
  setInterval(() => { for (const each of listeners) say(each.device, each.app, 'lines', { text: LINES[Math.floor(Math.random() * LINES.length)] }); }, 900).unref();

  function enrol(device, key) {
    const agent = { device, project: key, key: ++numbers, serial: uuid(), status: 'never-seen', online: false, statusSince: now(), enrolledAt: now(), tunnelCapable: false, system: { os: '', arch: '', variant: '', agentVersion: '' }, architecture: '' };
    agents.set(device, agent);
    return agent;
  }
  const file = (device) => { const { project: key, key: number, serial } = agentOf(device); return JSON.stringify({ name: devices.get(device)?.name ?? device, secret: Buffer.from(uuid().slice(0, 16)).toString('base64'), swarm_key: key, device_key: number, serial_number: serial, device_endpoint_url: 'ws://localhost:8080/wamp', status: 'DISCONNECTED' }); };
  const shown = (agent) => ({ ...agent, projectName: project(agent.project).name, ...(agent.online && { reading: { at: now(), stats: { cpuCount: 4, cpuUsage: 23.4, memoryTotal: 8e9, memoryUsed: 3.1e9, memoryAvailable: 4.9e9, storageTotal: 64e9, storageUsed: 57e9, storageFree: 7e9, dockerAppsTotal: 0, dockerAppsUsed: 0, dockerAppsFree: 0, dockerAppsMounted: false } } }) });

  // ---- a past ----
  const hello = make('hello', { description: 'Greets whoever asks.\nThe smallest app there is.', environmentTemplate: TEMPLATE, ports: [PORT] }, ago(900_000));
  release(hello, { version: '1.0.0', architectures: ['amd64', 'arm64'], notes: 'The first.' }, ago(800_000));
  release(hello, { version: '1.1.0', architectures: ['amd64', 'arm64'], notes: 'Greets faster.' }, ago(400_000));
  release(hello, { version: '1.2.0-rc1', offered: false, notes: 'Not offered yet.' }, ago(4_000));
  const vision = make('vision', { description: 'Looks, and says what it sees.', compose: COMPOSE }, ago(700_000));
  release(vision, { version: '3.0.0' }, ago(600_000));
  Object.assign(release(vision, { version: '3.0.1' }, ago(500_000)), { yanked: 'The model was the wrong one.' });
  make('draft', { description: '' }, ago(3_000));
  projects.push({ key: 2, name: 'field', owner: 'maria', revision: 1 });
  const some = [...devices.keys()].slice(0, 24);
  some.forEach((device, i) => {
    const agent = enrol(device, i % 5 === 4 ? 2 : 1);
    if (i % 8 === 7) return;
    Object.assign(agent, { status: i === 3 ? 'emergency' : i % 6 === 5 ? 'disconnected' : 'connected', statusSince: ago(300 * i), tunnelCapable: i % 3 === 0, system: { os: 'linux debian 12.5 6.1.0', arch: 'arm64', variant: '', agentVersion: '0.20.20' }, architecture: 'arm64' });
    agent.online = agent.status !== 'disconnected';
  });
  wishes.set('project/1 hello', { ...wishAt('project/1', 'hello'), target: 'running', revision: 1 });
  wishes.set(`device/${some[0]} vision`, { ...wishAt(`device/${some[0]}`, 'vision'), target: 'running', version: '3.0.0', environment: { THRESHOLD: 0.7 }, secrets: ['API_KEY'], revision: 2 });
  for (const [i, device] of some.entries()) {
    if (!agents.get(device).architecture) continue;
    const state = i === 6 ? { state: 'failed', failures: 7 } : i === 9 ? { state: 'running', version: '1.0.0', calledOff: true } : { state: 'running', version: '1.1.0' };
    if (agents.get(device).project === 1) reports.set(`${device} hello`, { update: 'completed', failures: 0, calledOff: false, ports: [{ ...PORT, hostPort: 40_000 + i }], since: ago(200 * (i + 1)), version: '1.1.0', ...state });
  }
  reports.set(`${some[0]} vision`, { update: 'none', failures: 0, calledOff: false, ports: [], since: ago(90), state: 'running', version: '3.0.0' });

  function plan(body, members) {
    const made = { id: uuid(), members, plan: { name: body.name, app: found(body.app).key, version: released(found(body.app), body.version).version, target: body.target ?? null, place: body.place, filter: body.filter, groups: body.groups, startAt: body.startAt ?? null, timeout: body.timeout ?? 'PT24H', account: 1 }, state: 'ready', pauseCause: null, why: null, groups: body.groups.map((each, i) => ({ name: each.name || `Group ${i + 1}`, percent: each.percent, successPercent: each.successPercent ?? 80, errorPercent: each.errorPercent ?? 20, pauseAfter: each.pauseAfter === true, state: 'scheduled', size: 0, succeeded: 0, failed: 0, canceled: 0 })), createdAt: now(), createdBy: 'user:admin', startedAt: null, endedAt: null, version: 1 };
    let left = members.length;
    made.groups.forEach((each, i) => { each.size = i === made.groups.length - 1 ? left : Math.min(left, Math.ceil((members.length * each.percent) / 100)); left -= each.size; });
    rollouts.unshift(made);
    return made;
  }
  const stopped = plan({ name: 'The release candidate', app: 'hello', version: '1.2.0-rc1', place: 'project/1', filter: 'group==lab', groups: [{ name: 'Canary', percent: 20, successPercent: 90, errorPercent: 10 }, { name: 'Rest', percent: 80, successPercent: 80, errorPercent: 20 }] }, some.slice(10, 20));
  Object.assign(stopped, { state: 'paused', pauseCause: 'error-threshold', startedAt: ago(4_000), createdAt: ago(5_000), members: some.slice(10, 20) });
  Object.assign(stopped.groups[0], { state: 'error', succeeded: 1, failed: 1 });
  const rollout = (id) => rollouts.find((each) => each.id === id) ?? refuse(404, 'rollout-unknown', 'Not Found', { detail: `There is no rollout ${id}.` });
  const bare = ({ members: _, ...rest }) => rest;
  const paged = (items, query) => {
    const after = Number(query.get('cursor') ?? 0);
    const limit = Number(query.get('limit') ?? 100);
    return { items: items.slice(after, after + limit), ...(after + limit < items.length && { next: String(after + limit) }) };
  };

  const placed = (kind) => {
    const base = `/${kind}s/:place/apps/:app`;
    return [
      ['GET', base, (params) => { const wish = wishAt(placeOf(kind, params.place), found(params.app).name); return json(wish, 200, { ETag: `"${wish.revision}"` }); }],
      ['PUT', base, (params) => {
        const app = found(params.app);
        const place = placeOf(kind, params.place);
        const before = wishAt(place, app.name);
        seen(before.revision, params.headers);
        const { target, version, environment = {}, secrets = {}, ports = [] } = params.body;
        if (version) released(app, version);
        const wish = { app: app.name, place, target: target === 'inherit' ? null : target ?? null, version: version ?? null, environment, secrets: Object.keys(secrets).sort(), ports, revision: before.revision + 1 };
        wishes.set(`${place} ${app.name}`, wish);
        for (const [key, each] of reports) if (key.endsWith(` ${app.name}`)) Object.assign(each, { calledOff: false, failures: 0 });
        soon();
        return written(undefined, told(kind === 'device' ? `devices/${params.place}` : `${kind}s/${place.slice(kind.length + 1)}`, 'app-wanted', { app: app.key, place, version: wish.revision, wish: { target: wish.target, version: wish.version } }), 204, { ETag: `"${wish.revision}"` });
      }],
      ['DELETE', base, (params) => {
        const place = placeOf(kind, params.place);
        const before = wishAt(place, found(params.app).name);
        seen(before.revision, params.headers);
        wishes.set(`${place} ${before.app}`, { ...before, target: null, version: null, environment: {}, secrets: [], ports: [], revision: before.revision + 1 });
        soon();
        return written(undefined, told(kind === 'device' ? `devices/${params.place}` : `${kind}s/${place.slice(kind.length + 1)}`, 'app-inherited', { place }), 204);
      }],
    ];
  };
  const all = (kind) => ['GET', `/${kind}s/:place/apps`, (params) => json({ items: [...wishes.values()].filter((each) => each.place === placeOf(kind, params.place) && says(each)) })];
  const order = (device, procedure, answer) => { online(device); return answer === undefined ? written(undefined, told(`devices/${device}`, 'agent-called', { device, procedure }), 202) : written(answer, told(`devices/${device}`, 'agent-called', { device, procedure })); };

  const routes = [
    ['GET', '/projects', () => json({ items: projects.map((each) => ({ ...each, agents: [...agents.values()].filter((agent) => agent.project === each.key).length })) })],
    ['POST', '/projects', ({ body }) => { if (projects.some((each) => each.name === body.name)) refuse(409, 'project-exists', 'Conflict', { detail: 'There is another project of this name.', hint: 'Choose another name.' }); const made = { key: ++numbers, name: body.name, owner: body.owner ?? 'muster', revision: 1 }; projects.push(made); return written({ key: made.key }, told(`projects/${made.key}`, 'project-created', { project: made.key, name: made.name, owner: made.owner }), 201); }],
    ['GET', '/projects/:key', ({ key }) => json({ ...project(key), agents: [...agents.values()].filter((agent) => agent.project === Number(key)).length })],
    ['PATCH', '/projects/:key', ({ key, body, headers }) => { const one = project(key); seen(one.revision, headers); Object.assign(one, body, { revision: one.revision + 1 }); return written(undefined, told(`projects/${key}`, 'project-changed', { project: one.key, name: one.name }), 204); }],
    ['DELETE', '/projects/:key', ({ key }) => { const count = [...agents.values()].filter((agent) => agent.project === Number(key)).length; if (count > 0) refuse(409, 'project-in-use', 'Conflict', { detail: `${count} devices are in project ${key}.`, hint: 'Move its devices to another project first.', details: { agents: count } }); projects.splice(projects.indexOf(project(key)), 1); return written(undefined, told(`projects/${key}`, 'project-removed', {}), 204); }],
    ['GET', '/apps', ({ query }) => json(paged([...catalogue.values()].sort((a, b) => (a.name < b.name ? -1 : 1)).map((each) => ({ name: each.name, key: each.key, description: each.description, newest: newest(each)?.version, releases: each.releases.length, createdAt: each.createdAt })), query))],
    ['POST', '/apps', ({ body }) => { if (catalogue.has(body.name)) refuse(409, 'app-exists', 'Conflict', { detail: `There is another app '${body.name}'.`, hint: 'Choose another name.' }); const made = make(body.name, body); return written({ name: made.name, key: made.key }, told(`apps/${made.name}`, 'app-created', { app: made.name, key: made.key }), 201); }],
    ['GET', '/apps/:app', ({ app }) => json(view(found(app)), 200, { ETag: `"${found(app).revision}"` })],
    ['PUT', '/apps/:app', ({ app, body, headers }) => { const one = found(app); seen(one.revision, headers); Object.assign(one, face(body), { revision: one.revision + 1 }); return written(undefined, told(`apps/${app}`, 'app-changed', { app }), 204); }],
    ['DELETE', '/apps/:app', ({ app }) => { const places = [...wishes.values()].filter((each) => each.app === app && says(each)).map((each) => each.place); if (places.length > 0) refuse(409, 'app-in-use', 'Conflict', { detail: `'${app}' is wanted in ${places.length} places.`, hint: 'Take it from where it is wanted first.', details: { places } }); catalogue.delete(found(app).name); return written(undefined, told(`apps/${app}`, 'app-removed', { app }), 204); }],
    ['GET', '/apps/:app/releases', ({ app }) => json({ items: found(app).releases.map(line) })],
    ['POST', '/apps/:app/releases', ({ app, body }) => { const one = found(app); if (one.releases.some((each) => each.version === body.version)) refuse(409, 'release-exists', 'Conflict', { detail: `App '${app}' has another release ${body.version}.`, hint: 'A version is released once; choose a higher one.' }); const made = release(one, body); soon(); return written({ key: made.key, version: made.version }, told(`apps/${app}`, 'release-added', { app, version: made.version }), 201); }],
    ['GET', '/apps/:app/releases/:version', ({ app, version }) => { const one = released(found(app), version); return json({ release: line(one), compose: one.compose }); }],
    ['POST', '/apps/:app/releases/:version/architectures', ({ app, version, body }) => { released(found(app), version).architectures.push(body.architecture); return written(undefined, told(`apps/${app}`, 'architecture-noted', { app, version, architecture: body.architecture }), 204); }],
    ['POST', '/apps/:app/releases/:version/offer', ({ app, version }) => { released(found(app), version).offered = true; soon(); return written(undefined, told(`apps/${app}`, 'release-offered', { app, version }), 204); }],
    ['POST', '/apps/:app/releases/:version/yank', ({ app, version, body }) => { released(found(app), version).yanked = body.why ?? ''; soon(); return written(undefined, told(`apps/${app}`, 'release-yanked', { app, version, why: body.why }), 204); }],
    ['GET', '/apps/:app/installations', ({ app, query }) => {
      const items = [...agents.keys()].map((device) => installation(device, found(app))).filter(Boolean);
      const counts = {};
      for (const each of items) counts[each.condition] = (counts[each.condition] ?? 0) + 1;
      return json({ ...paged(items.filter((each) => !query.get('condition') || each.condition === query.get('condition')), query), counts });
    }],
    ['GET', '/apps/:app/places', ({ app }) => json({ items: [...wishes.values()].filter((each) => each.app === found(app).name && says(each)) })],
    all('project'), all('group'), ...placed('project'), ...placed('group'), ...placed('device'),
    ['GET', '/devices/:id/agent', ({ id }) => json(shown(agentOf(id)))],
    ['POST', '/devices/:id/agent', ({ id, body }) => { if (agents.has(id)) refuse(409, 'agent-enrolled', 'Conflict', { detail: `Device '${id}' has an agent.` }); enrol(id, body.project ?? 1); return { ...written(undefined, told(`devices/${id}`, 'agent-enrolled', { device: id }), 201), body: file(id) }; }],
    ['DELETE', '/devices/:id/agent', ({ id }) => { agents.delete(agentOf(id).device); return written(undefined, told(`devices/${id}`, 'enrolment-ended', { device: id }), 204); }],
    ['POST', '/devices/:id/agent/secret', ({ id }) => ({ ...written(undefined, told(`devices/${id}`, 'agent-secret-rotated', { device: id })), body: file(id) })],
    ['PUT', '/devices/:id/agent/project', ({ id, body }) => { agentOf(id).project = project(body.project).key; soon(); return written(undefined, told(`devices/${id}`, 'agent-moved', { device: id, project: body.project }), 204); }],
    ['POST', '/devices/:id/agent/execute', ({ id, body }) => order(id, 'execute_cmd', { output: `ran ${[body.command, ...body.arguments].join(' ')}\n` })],
    ['POST', '/devices/:id/agent/update', ({ id }) => order(id, 'update_agent', { CurrentVersion: '0.20.20', LatestVersion: '0.20.20', Message: 'It is the newest', DidUpdate: false })],
    ['POST', '/devices/:id/agent/prune', ({ id }) => order(id, 'prune_images', [])],
    ['POST', '/devices/:id/agent/:order', ({ id, order: procedure }) => order(id, `system_${procedure}`)],
    ['GET', '/devices/:id/agent/logs', ({ id }) => { online(id); return json({ lines: ['2026-11-27T09:00:00Z INFO Session established', '2026-11-27T09:00:02Z WARN Disk is filling up'], returned: 2, truncated: false }); }],
    ['GET', '/devices/:id/agent/:question', ({ id, question }) => { online(id); return json(question === 'containers' ? [{ Id: 'c0ffee', Names: ['/prod_101_hello'], State: 'running', Status: 'Up 3 hours' }] : { question, answer: 'made up' }); }],
    ['GET', '/devices/:id/tunnels', () => json({ items: [] })],
    ['GET', '/devices/:id/apps', ({ id }) => json({ items: onDevice(id) })],
    ['GET', '/devices/:id/apps/:app/logs', ({ id, app, query }) => { online(id); return json({ lines: Array.from({ length: Math.min(40, Number(query.get('tail') ?? 200)) }, (_, i) => `2026-11-27T09:00:${String(i).padStart(2, '0')}Z ${LINES[i % LINES.length]}`), source: 'docker', returned: 40, truncated: true, app }); }],
    ['POST', '/devices/:id/apps/:app/update', ({ id, app }) => { Object.assign(reports.get(`${id} ${app}`) ?? {}, { calledOff: false, failures: 0, state: 'present' }); soon(); return written(undefined, told(`devices/${id}`, 'app-resumed', { device: id, app: found(app).key }), 202); }],
    ['POST', '/devices/:id/apps/:app/cancel', ({ id, app }) => { const key = `${id} ${app}`; reports.set(key, { update: 'canceled', failures: 0, ports: [], since: now(), ...reports.get(key), calledOff: true }); return written(undefined, told(`devices/${id}`, 'app-held', { device: id, app: found(app).key }), 202); }],
    ['POST', '/devices/:id/apps/:app/credential', ({ id, app }) => written(undefined, told(`devices/${id}`, 'app-credential-rotated', { device: id, app: found(app).key }), 202)],
    ['GET', '/app-rollouts', ({ query }) => json(paged(rollouts.filter((each) => !query.get('app') || each.plan.app === found(query.get('app')).key).map(bare), query))],
    ['POST', '/app-rollouts', ({ body }) => {
      // Devices of a story get their agents here: the stand-in has no way for them to come.
      const members = hits(body.filter).map((each) => each.id).filter((id) => agents.has(id));
      if (members.length === 0) refuse(422, 'rollout-empty', 'Unprocessable Content', { detail: `No device with an agent matches '${body.filter}'.`, hint: 'Choose a filter that matches enrolled devices.' });
      const made = plan(body, members);
      return written({ id: made.id, plan: made.plan }, told(`app-rollouts/${made.id}`, 'rollout-created', { rolloutId: made.id, plan: { name: made.plan.name } }), 201);
    }],
    ['GET', '/app-rollouts/:id', ({ id }) => json(bare(rollout(id)))],
    ['GET', '/app-rollouts/:id/devices', ({ id, query }) => {
      const one = rollout(id);
      let from = 0;
      const items = one.groups.flatMap((group, i) => one.members.slice(from, from += group.size).map((member, j) => ({ id: member, group: i, state: group.state === 'scheduled' ? (one.state === 'stopped' ? 'canceled' : 'waiting') : j < group.succeeded ? 'succeeded' : j < group.succeeded + group.failed ? 'failed' : one.state === 'stopped' ? 'canceled' : 'running', ...(j >= group.succeeded && j < group.succeeded + group.failed && group.state !== 'scheduled' && { message: 'manifest unknown', changedAt: ago(200) }) })));
      return json(paged(items.filter((each) => (!query.get('state') || each.state === query.get('state')) && (!query.get('group') || String(each.group) === query.get('group'))), query));
    }],
    ['POST', '/app-rollouts/:id/:deed', ({ id, deed }) => {
      const one = rollout(id);
      Object.assign(one, { state: { start: 'running', pause: 'paused', resume: 'running', abort: 'stopped' }[deed], pauseCause: deed === 'pause' ? 'operator' : null, version: one.version + 1, ...(deed === 'abort' && { endedAt: now() }) });
      if (deed === 'start') { one.startedAt = now(); one.groups[0].state = 'running'; soon(); }
      return written(undefined, told(`app-rollouts/${id}`, `rollout-${{ start: 'started', pause: 'paused', resume: 'resumed', abort: 'aborted' }[deed]}`, { rolloutId: id }), 202);
    }],
  ];

  /** Takes over a request for a live log; answers whether it did. */
  function stream(path, request, response) {
    const [, device, app] = /^\/devices\/([^/]+)\/apps\/([^/]+)\/logs$/.exec(path) ?? [];
    if (!device || !/text\/event-stream/.test(request.headers.accept ?? '')) return false;
    const listener = { device: decodeURIComponent(device), app, response };
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    response.write(': here\n\n');
    response.on('error', () => listeners.delete(listener));
    listeners.add(listener);
    request.on('close', () => listeners.delete(listener));
    return true;
  }

  /** Takes over an upgrade to a shell; answers whether it did. A page sees refusals only as a close. */
  function upgrade(request, socket, head) {
    const asked = /^\/api\/v1\/devices\/([^/]+)\/(?:apps\/[^/]+\/)?terminal$/.exec(new URL(request.url, 'http://mock').pathname);
    if (!asked) return false;
    const channel = accept(request, socket, head);
    try {
      online(decodeURIComponent(asked[1]));
    } catch (refusal) {
      channel.close(4000 + refusal.body.status, refusal.body.detail);
      return true;
    }
    shell(channel);
    return true;
  }
  return { routes, stream, upgrade };
}

/** A made-up shell. */
function shell(channel) {
  let typed = '';
  let columns = 80;
  const say = (text) => channel.send(Buffer.from(text));
  say('root@robot:~# ');
  channel.onMessage = (data, isText) => {
    if (isText) { const asked = JSON.parse(data); columns = asked.columns; return; }
    for (const char of data.toString()) {
      if (char === '\r') {
        const asked = typed.trim();
        typed = '';
        if (asked === 'exit') { say('\r\n'); channel.close(1000); return; }
        const answer = asked === 'tput cols' ? String(columns) : SHELL[asked];
        say(`\r\n${asked === '' ? '' : `${answer ?? `sh: ${asked}: not found`}\r\n`}root@robot:~# `);
      } else if (char === '\u007f') { if (typed) { typed = typed.slice(0, -1); say('\b \b'); } } else if (char >= ' ') { typed += char; say(char); }
    }
  };
}
