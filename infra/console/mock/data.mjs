// A plausible fleet for looking at the console while there is no server. Seeded, so pictures can be compared.
let seed = 42;
export const random = () => {
  seed = (seed * 1664525 + 1013904223) % 4294967296;
  return seed / 4294967296;
};
export const pick = (list) => list[Math.floor(random() * list.length)];
const hex = (length) => Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('');
export const uuid = () => `0193${hex(4)}-${hex(4)}-7${hex(3)}-a${hex(3)}-${hex(12)}`;
const start = Date.now();
export const ago = (seconds) => new Date(start - seconds * 1000).toISOString();

const HARDWARE = [{ model: 'rpi4', revision: '1.4' }, { model: 'imx8mp', revision: 'b2' }, { model: 'am62x', revision: '2.0' }];

function module(number, type, name, version, size, compatibility) {
  return { number, type, name, version, encrypted: false, metadata: number % 2 ? [] : [{ key: 'reboot', value: 'required', visible: true }], compatibility,
    artifacts: [{ fileName: `${name}-${version}.swu`, sha256: hex(64), sha1: hex(40), md5: hex(32), size, storedAt: ago(90000 * number) }] };
}
export const releases = [
  ['base-os', '4.2.0', 312_400_128, HARDWARE, 'Kernel 6.12, faster start. Known good on all boards.', 3 * 86400],
  ['base-os', '4.1.3', 309_201_920, HARDWARE, 'Security fixes.', 40 * 86400],
  ['base-os', '4.1.2', 309_180_416, HARDWARE, undefined, 70 * 86400],
  ['robot-app', '2.8.1', 48_244_736, [], 'Navigation: fewer stops in narrow aisles.', 86400],
  ['robot-app', '2.8.0', 48_240_640, [], undefined, 9 * 86400],
  ['gateway-fw', '1.0.7', 8_421_376, [HARDWARE[1]], 'For the i.MX gateways only.', 20 * 86400],
].map(([name, version, size, compatibility, notes, age], i) => ({
  id: uuid(), name, version, modules: [module(i * 2 + 1, name === 'robot-app' ? 'application' : 'os', name, version, size, compatibility), ...(name === 'base-os' ? [module(i * 2 + 2, 'runtime', 'bootloader', `2026.0${i + 1}`, 1_204_224, compatibility)] : [])],
  migrationStep: version === '4.1.3', notes, createdAt: ago(age), valid: version !== '2.8.0', revision: 0, devicesInstalled: 0, devicesAssigned: 0,
}));
export const ref = (release) => ({ id: release.id, name: release.name, version: release.version });

const GROUPS = ['berlin', 'porto', 'lyon', 'lab', 'canary', 'field-north', 'field-south'];
export function device(i, count) {
  const hardware = pick(HARDWARE);
  const group = i < 40 ? 'lab' : pick(GROUPS);
  const presence = i % 53 === 0 ? 'never-seen' : random() < 0.06 ? 'overdue' : 'online';
  const installed = presence === 'never-seen' ? null : ref(pick(releases.filter((each) => each.name === 'base-os')));
  const roll = random();
  const updateStatus = presence === 'never-seen' ? 'registered' : roll < 0.04 ? 'error' : roll < 0.1 ? 'pending' : roll < 0.12 ? 'unknown' : 'in-sync';
  const id = `${hardware.model}-${String(i).padStart(5, '0')}`;
  return {
    id, name: i % 4 === 0 ? `${group} ${hardware.model} #${i}` : id, group: i % 29 === 0 ? null : group,
    tags: [...(i % 7 === 0 ? ['indoor'] : []), ...(i % 11 === 0 ? ['vip', 'has-arm'] : [])],
    attributes: presence === 'never-seen' ? {} : { hw_boardname: hardware.model, hw_revision: hardware.revision, kernel: `6.${6 + (i % 7)}.${i % 20}`, serial: hex(10), firmware: '2026.04' },
    metadata: { feed: i < 300 ? 'qa' : 'stable', ...(i % 3 === 0 ? { site: `hall ${i % 9}` } : {}) },
    address: presence === 'never-seen' ? null : `10.${i % 200}.${(i * 7) % 250}.${(i * 13) % 250}`, origin: i % 5 === 0 ? 'plug-and-play' : 'operator',
    createdAt: ago(30 * 86400 + (count - i) * 60), version: 3 + (i % 9), lastSeen: presence === 'never-seen' ? null : ago(presence === 'overdue' ? 4000 + random() * 200000 : random() * 280),
    presence, updateStatus, assigned: updateStatus === 'pending' || updateStatus === 'error' ? ref(releases[0]) : installed, installed,
    action: updateStatus === 'pending' ? 2 : null, actions: installed ? [1, ...(updateStatus === 'pending' || updateStatus === 'error' ? [2] : [])] : [], hardware, attributesRequested: false, hasToken: i % 5 !== 0, autoConfirm: false, heldBack: i % 211 === 107 ? 'At the customer until Friday' : null,
  };
}

const entry = (status, seconds, ...messages) => ({ status, at: ago(seconds), messages, code: null, deviceTime: null });
export function actionsOf(device) {
  return device.actions.map((number) => {
    const last = number === 2;
    const status = !last ? 'finished' : device.updateStatus === 'error' ? 'error' : 'running';
    return {
      deviceId: device.id, action: number, release: last ? device.assigned : device.installed, type: last ? 'forced' : 'soft', ...(last && { attempt: 1, attempts: 3, retryAt: status === 'error' ? ago(-2400) : null }), weight: null, window: null, status, active: status === 'running', timedOut: false,
      rollout: last ? rollouts[0]?.id : null, group: last ? 1 : null, createdAt: ago(last ? 700 : 900000), changedAt: ago(last ? 20 : 890000), code: status === 'error' ? 17 : null, done: status === 'running' ? 3 : null, of: status === 'running' ? 7 : null,
      entries: status === 'error' ? [entry('retrieved', 690, 'The device read the deployment'), entry('download', 600, 'base-os-4.2.0.swu'), entry('error', 480, 'Checksum mismatch on rootfs.ext4', 'Rolled back to slot A')]
        : status === 'running' ? [entry('retrieved', 690, 'The device read the deployment'), entry('download', 600, 'base-os-4.2.0.swu'), entry('running', 120, 'Downloaded 312 MB in 74 s'), entry('running', 40, 'Writing rootfs to slot B (3/7)')]
        : [entry('retrieved', 899000, 'The device read the deployment'), entry('running', 895000, 'Installing'), entry('finished', 890000, 'Installed, restarted in 41 s')],
    };
  });
}

export const rollouts = [];
export function makeRollout(plan, sizes, state, age) {
  const groups = plan.groups.map(({ name, successPercent, errorPercent, pauseAfter }, i) => ({ name, successPercent, errorPercent, pauseAfter: pauseAfter === true, state: 'scheduled', size: sizes[i] ?? 0, offered: 0, skipped: 0, succeeded: 0, failed: 0, canceled: 0, retrying: 0, verifying: 0, joined: false }));
  return { id: uuid(), plan, state, pauseCause: null, groups, incompatible: 0, by: null, decision: null, stopCause: null, rollback: null, open: false, reasons: [], progress: [], createdAt: ago(age), startedAt: null, endedAt: null, version: 1 };
}
export const plan = (name, release, filter, groups) => ({ name, release: ref(release), filter, groups, type: 'forced', forcedAt: null, weight: null, window: null, confirm: false, startAt: null, timeout: 'PT24H' });
export const group = (name, percent) => ({ name, percent, successPercent: 80, errorPercent: 20 });

export function seedRollouts(devices) {
  const running = makeRollout(plan('base-os 4.2.0 to the field', releases[0], 'group=in=(berlin,porto,lyon)', [group('Canary', 2), group('Early', 18), group('Most', 40), group('Rest', 40)]), [85, 772, 1716, 1717], 'running', 5400);
  running.startedAt = ago(5000);
  running.incompatible = 12;
  Object.assign(running.groups[0], { state: 'finished', offered: 85, succeeded: 81, failed: 4 });
  Object.assign(running.groups[1], { state: 'running', offered: 772, succeeded: 412, failed: 31, canceled: 2, skipped: 6 });
  const bad = devices.filter((each) => each.updateStatus === 'error').map((each) => each.id);
  running.reasons = [{ message: 'Checksum mismatch on rootfs.ext4', count: 23, devices: bad.slice(0, 20) }, { message: 'No space left on device', count: 9, devices: bad.slice(20, 29) }, { message: 'Silent for 24 h', count: 3, devices: bad.slice(30, 33) }];
  running.progress = Array.from({ length: 60 }, (_, i) => {
    const share = i / 59;
    const offered = i < 18 ? Math.round(85 * Math.min(1, i / 6)) : 85 + Math.round(772 * Math.min(1, (i - 18) / 12));
    const failed = Math.round(35 * share ** 1.3);
    return { at: ago(5000 - i * 84), offered, failed, succeeded: Math.min(offered - failed, Math.round(493 * share ** 1.2)), canceled: share > 0.8 ? 2 : 0 };
  });
  const paused = makeRollout(plan('robot-app 2.8.0', releases[4], 'metadata.feed==qa', [group('Canary', 10), group('All', 90)]), [30, 270], 'paused', 200000);
  paused.pauseCause = 'error-threshold';
  paused.startedAt = ago(199000);
  Object.assign(paused.groups[0], { state: 'error', offered: 30, succeeded: 19, failed: 11 });
  paused.reasons = [{ message: 'Service navigation did not come up within 60 s', count: 11, devices: bad.slice(0, 11) }];
  paused.progress = Array.from({ length: 30 }, (_, i) => ({ at: ago(199000 - i * 60), offered: 30, succeeded: Math.min(19, i), failed: Math.min(11, Math.floor(i / 2)), canceled: 0 }));
  const done = makeRollout(plan('base-os 4.1.3', releases[1], '', [group('All', 100)]), [9871], 'finished', 30 * 86400);
  Object.assign(done, { startedAt: ago(30 * 86400), endedAt: ago(29 * 86400) });
  Object.assign(done.groups[0], { state: 'finished', offered: 9871, succeeded: 9790, failed: 81 });
  const ready = makeRollout(plan('gateway-fw 1.0.7', releases[5], 'group==lab', [group('Lab', 100)]), [402], 'ready', 600);
  rollouts.push(running, ready, paused, done);
}
