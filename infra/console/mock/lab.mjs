// The lab of the stand-in: boards that can be reserved, powered and typed at, a queue, a configuration.
import { ago, uuid } from './data.mjs';
import { consoleLines } from './lab-console.mjs';
import { accept, refuse as refuseUpgrade } from './websocket.mjs';

const CLASSES = { 'pine64-a64-lts': { arch: 'arm64-aarch64' }, 'cora-z7s': { arch: 'arm-armv7' }, 'rpi4': { arch: 'arm64-aarch64', ram: '4 GiB' }, 'visionfive2': { arch: 'riscv64' } };
const soon = (seconds) => new Date(Date.now() + seconds * 1000).toISOString();
const seconds = (text) => [...String(text).matchAll(/(\d+)(min|[smhd])/g)].reduce((sum, [, figure, unit]) => sum + Number(figure) * { s: 1, m: 60, min: 60, h: 3600, d: 86_400 }[unit], 0);
/** How long the stand-in takes to prepare, to clean up and to switch, ms. */
const TAKES = 400;
const WORDS = '5a'.repeat(32);
const PEOPLE = { maria: 'user:0193maria', ilya: 'user:0193ilya' };

let configuration = `setup_script = /srv/lab/board_script;

classes {
        pine64-a64-lts = { arch = arm64-aarch64; }
        cora-z7s = { arch = arm-armv7; }
        rpi4 = { arch = arm64-aarch64; ram = 4 GiB; }
        visionfive2 = { arch = riscv64; }
}

switches {
        poe = { address = 192.0.2.10; version = 2c; community = "a secret"; }
}

boards [
        {
                name = a64lts-1;
                brdclass = pine64-a64-lts;
                options = [
                        { cls = etheriface, val = awg0.103 },
                        { cls = serialconsole, val = /dev/ttyU0 },
                        { cls = snmppower, host = poe, port = 3 },
                ]
        },
]
`;

/** The routes of the lab, and `upgrade` for its WebSockets. */
export function labRoutes({ me, emit, written, json, Refusal }) {
  const self = `user:${me.id}`;
  const boards = new Map();
  const requests = [];
  const tickets = new Map();
  const refuse = (status, code, title, more) => { throw new Refusal(status, `lab.${code}`, title, more); };
  const tell = (type, board, data, actor = 'system') => { board.version++; board.changedAt = new Date().toISOString(); return emit(`lab.${type}`, `boards/${board.name}`, { board: board.name, ...data }, actor); };
  const lines = consoleLines((board, action) => power(board, action, self));

  function add(name, brdclass, state, more = {}) {
    const port = boards.size + 1;
    boards.set(name, { name, brdclass, state, power: state === 'reserved', powering: false, tags: {}, attributes: CLASSES[brdclass], options: [{ cls: 'etheriface', val: `awg0.${102 + port}` }, { cls: 'serialconsole', val: `/dev/ttyU${port}`, baud: 115200 }, { cls: 'snmppower', host: 'poe', port }], defaultSeconds: 7200, maxSeconds: 28_800, mine: false, version: port, changedAt: ago(600 * port), ...more });
  }
  const reservation = (holder, holderName, purpose, since, left, shares = {}) => ({ id: uuid(), holder, holderName, purpose, since: ago(since), expiresAt: soon(left), shares });
  const environment = { attrs: { ip: '192.0.2.107', iface: 'epair4b', tty: '/dev/ttyU2', nfsroot: '/srv/lab/env/a64lts-2/root' }, ssh: true, exec: true };
  add('a64lts-1', 'pine64-a64-lts', 'free', { tags: { sdwire: 'yes' } });
  add('a64lts-2', 'pine64-a64-lts', 'reserved', { mine: true, power: true, reservation: reservation(self, 'admin', 'Boot loader from the nightly', 3100, 4000, { 'user:0193maria': 'ro' }), environment, tags: { sdwire: 'yes', emmc: '16 GB' } });
  add('a64lts-3', 'pine64-a64-lts', 'reserved', { reservation: reservation('user:0193maria', 'maria', 'CI job 48121: kernel 6.12 boot test', 900, 2700) });
  add('a64lts-10', 'pine64-a64-lts', 'free', { power: null, degraded: 'The switch poe has not answered for 4 min.' });
  add('cora-1', 'cora-z7s', 'maintenance', { note: 'New SD card slot is being soldered on.' });
  add('cora-2', 'cora-z7s', 'reserved', { reservation: reservation('user:0193ilya', 'ilya', null, 12_000, 600), note: 'Firmware of the power supply' });
  add('rpi4-1', 'rpi4', 'reserved', { mine: true, power: false, reservation: reservation(self, 'admin', 'Netboot with the new image', 60, 7000), environment: { attrs: { ip: '192.0.2.113' }, ssh: true, exec: true } });
  add('rpi4-2', 'rpi4', 'preparing', { reservation: reservation('user:0193ilya', 'ilya', 'Wi-Fi regression', 5, 7200), powering: true });
  add('rpi4-3', 'rpi4', 'free', { deviceId: 'rpi4-00012' });
  add('rpi4-4', 'rpi4', 'releasing', { reservation: reservation('user:0193maria', 'maria', null, 5000, -10) });
  add('vf2-1', 'visionfive2', 'faulty', { fault: 'umount: /srv/lab/env/vf2-1/root: target is busy', power: null });
  for (let i = 1; i <= 4; i++) request({ selector: i === 2 ? { board: 'cora-2' } : { brdclass: i === 3 ? 'visionfive2' : 'cora-z7s' }, holder: i === 3 ? self : 'user:0193ilya', holderName: i === 3 ? 'admin' : 'ilya', mine: i === 3, seconds: i === 4 ? null : 3600 * i, purpose: i === 3 ? 'Bisect of the RISC-V hang' : null, priority: i === 1 ? 10 : 0, queuedAt: ago(4000 - i * 700), until: i === 2 ? soon(5400) : null });
  Object.assign(requests[3], { state: 'failed', code: 'lab.setup-failed', message: 'Three boards in turn could not be made ready: jail: address in use', changedAt: ago(400) });

  function request(more) {
    const made = { id: uuid(), state: 'waiting', priority: 0, position: 0, holder: self, holderName: 'admin', mine: true, queuedAt: new Date().toISOString(), changedAt: new Date().toISOString(), ...more };
    requests.push(made);
    return made;
  }
  const placed = () => {
    const waiting = requests.filter((each) => each.state === 'waiting').sort((a, b) => b.priority - a.priority || a.queuedAt.localeCompare(b.queuedAt));
    return requests.map((each) => ({ ...each, position: waiting.indexOf(each) + 1 }));
  };
  const found = (name) => boards.get(name) ?? refuse(404, 'no-such-board', `There is no board '${name}'`, { hint: 'Look at the list of boards and classes.' });
  const held = (name) => { const board = found(name); return board.state === 'reserved' ? board : refuse(409, 'not-reserved', 'The board is not reserved', { hint: 'Reserve it first.' }); };
  const later = (work) => new Promise((resolve) => { setTimeout(() => resolve(work()), TAKES); });
  /** A board as people see it, and as an order left it. */
  const view = ({ power: on, ...board }) => ({ ...board, power: on === null ? null : on ? 'on' : 'off' });
  const lent = ({ name, brdclass, state, power: on, reservation: claim, environment: made, version }) => ({ name, brdclass, state, power: on === null ? null : on ? 'on' : 'off', attrs: made?.attrs ?? {}, version, ...(claim && { reservation: { id: claim.id, holder: claim.holder, since: claim.since, expires: claim.expiresAt } }) });

  function lend(board, body, holder = { holder: self, holderName: 'admin', mine: true }) {
    const { mine, ...who } = holder;
    Object.assign(board, { state: 'preparing', mine, reservation: { id: uuid(), ...who, purpose: body.purpose ?? null, since: new Date().toISOString(), expiresAt: soon(body.duration ? seconds(body.duration) : board.defaultSeconds), shares: {} } });
    tell('board-reserved', board, { reservation: board.reservation }, holder.holder);
    return later(() => {
      Object.assign(board, { state: 'reserved', environment: mine ? { attrs: { ip: '192.0.2.120' }, ssh: true, exec: true } : undefined, power: body.power === 'on' ? true : body.power === 'off' ? false : board.power });
      tell('setup-script-ran', board, { reservation: board.reservation.id, action: 'reserve', outcome: 'done', millis: 1840, words: WORDS });
      return tell('board-handed-over', board, { reservation: board.reservation.id });
    });
  }
  function clean(board, reason, actor) {
    board.state = 'releasing';
    lines.close(board, 4403);
    tell('release-started', board, { reason, attempt: 1 }, actor);
    return later(() => {
      for (const name of ['reservation', 'environment', 'fault']) delete board[name];
      Object.assign(board, { mine: false, power: false, powering: false, state: board.wanted ? 'maintenance' : 'free' });
      delete board.wanted;
      if (board.state === 'free') delete board.note;
      const at = tell(board.state === 'free' ? 'board-freed' : 'maintenance-started', board, { note: board.note });
      serve(board);
      return at;
    });
  }
  /** Gives a board that became free to the first who waits for such a one. */
  function serve(board) {
    if (board.state !== 'free') return;
    const [next] = placed().filter((each) => each.position > 0 && (each.selector.board === board.name || each.selector.brdclass === board.brdclass)).sort((a, b) => a.position - b.position);
    const one = requests.find((each) => each.id === next?.id);
    if (!one) return;
    Object.assign(one, { state: 'granted', board: board.name });
    emit('lab.request-granted', `lab-requests/${one.id}`, { board: board.name });
    void lend(board, { purpose: one.purpose }, one).then(() => { one.state = 'fulfilled'; one.changedAt = new Date().toISOString(); emit('lab.request-fulfilled', `lab-requests/${one.id}`, { board: board.name }); });
  }
  function power(board, action, actor) {
    board.powering = true;
    tell('power-ordered', board, { action: action.toUpperCase() }, actor);
    const read = (on) => { board.power = on; board.powering = action === 'cycle' && !on; const at = tell('power-observed', board, { power: on ? 'ON' : 'OFF' }); lines.powered(board); return at; };
    return later(() => { const at = read(action === 'on'); return action === 'cycle' ? later(() => read(true)) : at; });
  }

  const usage = () => [...boards.values()].map((board, i) => ({ board: board.name, brdclass: board.brdclass, reservations: 3 + ((i * 7) % 19), heldSeconds: 20_000 + ((i * 7919) % 90) * 3000, waits: i % 6, waitedSeconds: (i * 131) % 1500, preparationsFailed: i % 4 === 3 ? i % 3 : 0, releasesFailed: board.state === 'faulty' ? 1 : 0 }));
  const classes = () => Object.entries(CLASSES).map(([name, attributes]) => { const all = [...boards.values()].filter((each) => each.brdclass === name); return { name, attributes, total: all.length, free: all.filter((each) => each.state === 'free').length }; });
  const deed = (work) => async ({ name, body }) => { const board = found(name); const at = await work(board, body ?? {}); return written(lent(board), at); };
  const read = (text) => { const fault = faultIn(text); if (fault) refuse(422, 'configuration-invalid', 'The configuration is not valid', { detail: fault.message, details: fault }); return { classes: [...text.matchAll(/(\S+) = \{ arch/g)].map(([, name]) => name), boards: [...text.matchAll(/\bname\s*=\s*([\w-]+)/g)].map(([, name]) => name), setupScript: true }; };

  const routes = [
    ['GET', '/lab/classes', () => json({ items: classes() })],
    ['GET', '/lab/boards', ({ query }) => json({ items: [...boards.values()].filter((each) => (!query.get('class') || each.brdclass === query.get('class')) && (!query.get('state') || each.state === query.get('state')) && (query.get('mine') !== 'true' || each.mine)).map(view) })],
    ['GET', '/lab/boards/:name', ({ name }) => json(view(found(name)), 200, { ETag: `"${found(name).version}"` })],
    ['GET', '/lab/reservations', () => json({ items: placed() })],
    ['GET', '/lab/reservations/:id', ({ id }) => json(placed().find((each) => each.id === id) ?? refuse(404, 'no-such-reservation', 'There is no such request'))],
    ['POST', '/lab/reservations', async ({ body }) => {
      if (body.board ? !boards.has(body.board) : !CLASSES[body.class]) refuse(422, 'unsatisfiable', 'No board could ever fit', { hint: 'Ask for something that some board has.' });
      const free = [...boards.values()].find((each) => each.state === 'free' && (each.name === body.board || each.brdclass === body.class));
      if (free && !body.until) { const at = await lend(free, body); return written(lent(free), at, 201); }
      const made = request({ selector: body.board ? { board: body.board } : { brdclass: body.class }, seconds: body.duration ? seconds(body.duration) : null, purpose: body.purpose ?? null, until: body.until ?? null });
      const at = emit('lab.request-queued', `lab-requests/${made.id}`, { wish: { selector: made.selector } }, self);
      if (free) serve(free);
      if (body.until) setTimeout(() => { if (made.state === 'waiting') { made.state = 'expired'; made.changedAt = new Date().toISOString(); emit('lab.request-expired', `lab-requests/${made.id}`, {}); } }, Math.max(0, Date.parse(body.until) - Date.now())).unref();
      const { id, state, position: place, board, queuedAt } = placed().find((each) => each.id === made.id);
      return written({ id, state, place, board, queuedAt }, at, 202, { Location: `/api/v1/lab/reservations/${id}` });
    }],
    ['DELETE', '/lab/reservations/:id', ({ id }) => { const one = requests.find((each) => each.id === id) ?? refuse(404, 'no-such-reservation', 'There is no such request'); one.state = 'cancelled'; one.changedAt = new Date().toISOString(); return written(undefined, emit('lab.request-cancelled', `lab-requests/${id}`, {}, self), 204); }],
    ['GET', '/lab/script-output/:digest', ({ digest }) => (digest === WORDS ? { status: 200, headers: { 'Content-Type': 'text/plain; charset=utf-8' }, body: 'jail: a64lts-1: created\nepair4b: moved into the jail' } : refuse(404, 'no-such-output', 'No output is kept under that name'))],
    ['GET', '/lab/usage', ({ query }) => json({ items: usage().filter((each) => !query.get('board') || each.board === query.get('board')) })],
    ['GET', '/lab/configuration', () => ({ status: 200, headers: { 'Content-Type': 'text/plain; charset=utf-8' }, body: configuration })],
    ['PUT', '/lab/configuration', ({ text }) => { const said = read(String(text)); configuration = String(text); return written(said, emit('lab.board-defined', 'boards/a64lts-1', { board: 'a64lts-1', definition: { brdclass: 'pine64-a64-lts' } }, self)); }],
    ['POST', '/lab/configuration:check', ({ text }) => json(read(String(text)))],
    ['POST', '/lab/configuration/reload', () => json(read(configuration))],
    ['POST', '/lab/boards/:name/reserve', async ({ name, body }) => {
      const board = found(name);
      if (['faulty', 'maintenance'].includes(board.state)) refuse(503, 'out-of-service', `${name} is out of service`, { hint: 'It is in maintenance or faulty; take another board.' });
      if (board.state !== 'free') refuse(409, 'reserved', `${name} is reserved`, { hint: "Wait for it: give 'wait', or take any board of its class." });
      if (body.duration && seconds(body.duration) > board.maxSeconds) refuse(422, 'over-limit', 'This is too long', { hint: 'Ask for less time; the board says how much it allows.' });
      const at = await lend(board, body);
      return written(lent(board), at);
    }],
    ['POST', '/lab/boards/:name/release', async ({ name }) => { const board = held(name); if (!board.mine) refuse(403, 'not-holder', 'The board is not yours'); const at = await clean(board, 'RELEASED', self); return written(lent(board), at); }],
    ['POST', '/lab/boards/:name/extend', deed((board, { duration }) => { board.reservation.expiresAt = new Date(Date.parse(board.reservation.expiresAt) + seconds(duration) * 1000).toISOString(); return tell('reservation-extended', board, { expiresAt: board.reservation.expiresAt }, self); })],
    ['POST', '/lab/boards/:name/share', deed((board, { user, mode }) => { const key = user.includes(':') ? user : (PEOPLE[user] ?? refuse(400, 'bad-value', 'Nobody has this user name')); if (mode) board.reservation.shares[key] = mode; else delete board.reservation.shares[key]; return tell('reservation-shared', board, { with: key, mode: mode?.toUpperCase() ?? null }, self); })],
    ['POST', '/lab/boards/:name/power/:action', async ({ name, action }) => { const board = found(name); const at = await power(board, action, self); return written(lent(board), at); }],
    ['POST', '/lab/boards/:name/kick', async ({ name }) => { const board = held(name); const at = await clean(board, 'KICKED', self); return written(lent(board), at); }],
    ['POST', '/lab/boards/:name/maintenance', deed((board, { note, force }) => {
      board.note = note;
      if (!board.reservation) { board.state = 'maintenance'; return tell('maintenance-started', board, { note }, self); }
      board.wanted = true;
      const at = tell('maintenance-requested', board, { note }, self);
      return force ? clean(board, 'MAINTENANCE', self) : at;
    })],
    ['POST', '/lab/boards/:name/return', deed((board) => clean(board, 'RETURNED', self))],
    ['POST', '/lab/boards/:name/console-ticket', ({ name }) => { const board = held(name); const ticket = uuid(); tickets.set(ticket, board.name); setTimeout(() => tickets.delete(ticket), 30_000).unref(); return json({ ticket, expiresAt: soon(30), path: `/bitelab/board/${encodeURIComponent(name)}/console/ws` }, 201); }],
  ];

  // A past for the board that is looked at most, and somebody else's job that goes on.
  const told = boards.get('a64lts-2');
  for (const [type, data] of [['board-defined', { definition: { brdclass: told.brdclass } }], ['board-reserved', { reservation: told.reservation }], ['power-ordered', { action: 'ON' }], ['power-observed', { power: 'ON' }], ['board-handed-over', {}], ['reservation-shared', { mode: 'RO' }], ['power-failed', { message: 'The switch poe did not answer within 2 s.' }]]) tell(type, told, data, type === 'board-reserved' ? self : 'system');
  setInterval(() => { const job = boards.get('a64lts-3'); if (job.state === 'reserved' && !job.powering) power(job, 'cycle', job.reservation.holder); }, 9_000).unref();

  /** Refused in plain HTTP before the protocol is switched; a ticket works once. */
  function upgrade(request, socket, head) {
    const url = new URL(request.url, 'http://mock');
    const [, name, channel] = /^\/bitelab\/board\/([^/]+)\/(console|ssh|exec)\/ws$/.exec(url.pathname) ?? [];
    const board = boards.get(decodeURIComponent(name ?? ''));
    const ticket = url.searchParams.get('ticket') ?? '';
    const let_in = (channel === 'console' && tickets.get(ticket) === board?.name && tickets.delete(ticket)) || request.headers.authorization;
    if (!board) return refuseUpgrade(socket, 404, 'Not Found', { error: `There is no board '${name}'.`, code: 'no-such-board' });
    if (!let_in) return refuseUpgrade(socket, 401, 'Unauthorized', { error: 'The ticket is used or too old.', code: 'unauthorized' });
    if (board.state !== 'reserved') return refuseUpgrade(socket, 409, 'Conflict', { error: `${board.name} is not reserved.`, code: 'not-reserved' });
    const opened = accept(request, socket, head);
    if (channel === 'console') return lines.attach(board, opened, { user: me.name, mode: url.searchParams.get('mode') ?? 'rw', replay: Number(url.searchParams.get('replay') ?? 16_384) });
    // What comes in goes back: enough for a client's own test.
    if (channel === 'ssh') { opened.onMessage = (data) => opened.send(data); return undefined; }
    opened.onMessage = (data, isText) => {
      if (isText && JSON.parse(data).cmd === 'exec') { opened.send('{"status":"started"}'); opened.send(Buffer.concat([Buffer.from([1]), Buffer.from(`ran ${JSON.parse(data).args.join(' ')}\n`)])); opened.send('{"exit":{"code":3}}'); opened.close(); }
    };
    return undefined;
  }
  return { routes, upgrade };
}

/** Not a reader of UCL: enough to see how faults look. */
function faultIn(text) {
  const lines = text.split('\n');
  const i = lines.findIndex((line) => line.includes('cls =') && !/cls = (etheriface|serialconsole|snmppower|gpiopower|commandpower)\b/.test(line));
  if (i >= 0) return { message: 'There is no option class of this name.', line: i + 1, column: lines[i].indexOf('cls =') + 7, board: 'a64lts-1' };
  const depth = text.replaceAll(/[^{}]/g, '').split('').reduce((sum, each) => sum + (each === '{' ? 1 : -1), 0);
  return depth === 0 ? undefined : { message: depth > 0 ? 'A brace is not closed.' : 'There is a closing brace too many.', line: lines.length };
}
