// Rollouts of the stand-in: planning, orders, and one of each kind of careful rollout to look at.
import { createHash } from 'node:crypto';
import { ago, group, makeRollout, plan, ref, releases, rollouts, uuid } from './data.mjs';

const now = () => new Date().toISOString();
const policy = (part) => ({ approval: false, rate: null, retry: null, healthyWithin: null, joining: null, rollback: null, retryOf: null, ...part });
const careful = (base, part) => ({ ...base, policy: policy(part) });

/** Waiting for somebody, denied, rolled back, joining with retries and proofs, looked at before the next group. */
export function seedCareful(devices, [me, maria]) {
  const bad = devices.filter((each) => each.updateStatus === 'error').map((each) => each.id);
  const waiting = makeRollout(careful(plan('base-os 4.2.0 to the customers', releases[0], 'group==lyon', [group('Canary', 5), group('Rest', 95)]), { approval: true, rollback: 'failed' }), [71, 1349], 'waiting-for-approval', 3000);
  waiting.by = `user:${maria.id}`;
  const own = makeRollout(careful(plan('robot-app 2.8.1 to all', releases[3], 'id==*', [group('All', 100)]), { approval: true }), [9800], 'waiting-for-approval', 1200);
  own.by = `user:${me.id}`;
  const denied = makeRollout(careful(plan('robot-app 2.8.1 on a Friday', releases[3], 'group==porto', [group('All', 100)]), { approval: true }), [1420], 'approval-denied', 90000);
  Object.assign(denied, { by: `user:${me.id}`, decision: { approved: false, by: `user:${maria.id}`, remark: 'Not before the weekend. Monday, please.', at: ago(88000) } });

  const back = makeRollout(careful(plan('gateway-fw 1.0.7 to the gateways', releases[5], 'hardware.model==imx8mp', [group('Canary', 10), group('Rest', 90)]), { rollback: 'all', retry: { times: 1, after: 'PT10M', factor: 1 } }), [40, 361], 'stopped', 260000);
  Object.assign(back, { startedAt: ago(259000), endedAt: ago(250000), stopCause: 'rolled-back', rollback: { scope: 'all', automatic: true, startedAt: ago(251000), endedAt: ago(250000), devices: 37 }, by: `user:${maria.id}` });
  Object.assign(back.groups[0], { state: 'error', offered: 40, succeeded: 24, failed: 13, canceled: 3 });
  back.reasons = [{ message: 'Watchdog bit within 60 s of the start', count: 11, devices: bad.slice(40, 51), code: 42 }, { message: 'It did not report its version in time', count: 2, devices: bad.slice(51, 53), code: null }];

  const open = makeRollout(careful(plan('robot-app 2.8.1 to new robots', releases[3], 'tag==has-arm', [group('First', 20), group('Rest', 80)]), { joining: { groupSize: 50, successPercent: 80, errorPercent: 20 }, retry: { times: 3, after: 'PT1H', factor: 2 }, healthyWithin: 'PT30M', rate: { perMinute: 20, growth: 1.5, perMinuteMax: 200 } }), [90, 362], 'running', 50000);
  open.groups.push({ name: 'joined-1', successPercent: 80, errorPercent: 20, state: 'scheduled', size: 17, offered: 0, skipped: 0, succeeded: 0, failed: 0, canceled: 0, retrying: 0, verifying: 0, joined: true });
  Object.assign(open, { startedAt: ago(49000), open: true, by: `user:${me.id}`, decision: null });
  Object.assign(open.groups[0], { state: 'finished', offered: 90, succeeded: 86, failed: 4 });
  Object.assign(open.groups[1], { state: 'running', offered: 180, succeeded: 101, failed: 6, retrying: 9, verifying: 14, skipped: 2 });
  open.reasons = [{ message: 'No space left on device', count: 8, devices: bad.slice(60, 68), code: 28 }, { message: 'Silent for 24 h', count: 2, devices: bad.slice(70, 72), code: null }];
  const looked = makeRollout(plan('gateway-fw 1.0.7 to Lyon', releases[5], 'group==lyon', [{ ...group('Canary', 5), pauseAfter: true }, group('Rest', 95)]), [20, 381], 'paused', 8000);
  Object.assign(looked, { pauseCause: 'group-succeeded', startedAt: ago(7900), by: `user:${me.id}` });
  Object.assign(looked.groups[0], { state: 'finished', offered: 20, succeeded: 19, failed: 1 });
  rollouts.push(waiting, own, denied, back, open, looked);
  for (const rollout of rollouts) for (const each of rollout.reasons) each.key = createHash('md5').update(each.message).digest('hex').slice(0, 12);
}

const groupsOf = (body) => body.groups?.map((each, i) => ({ name: each.name || `Group ${i + 1}`, percent: each.percent ?? 0, successPercent: each.successPercent ?? 80, errorPercent: each.errorPercent ?? 20, count: each.count ?? null, filter: each.filter ?? null, ...(each.pauseAfter && { pauseAfter: true }) }))
  ?? Array.from({ length: body.groupCount ?? 1 }, (_, i) => ({ name: `Group ${i + 1}`, percent: 100 / (body.groupCount ?? 1), successPercent: body.successPercent ?? 80, errorPercent: body.errorPercent ?? 20, count: null, filter: null }));

/** Sizes of groups; a filter's group takes of those that no earlier one took. */
function sizes(groups, members, filterOf) {
  let left = [...members];
  const found = groups.map((each, i) => {
    const hits = each.filter ? left.filter(filterOf(each.filter)) : left;
    const last = i === groups.length - 1 && !each.filter && each.count === null;
    const wanted = last ? hits.length : each.count ?? Math.ceil(((each.filter ? hits.length : members.length) * each.percent) / 100);
    const taken = new Set(hits.slice(0, wanted));
    left = left.filter((one) => !taken.has(one));
    return { name: each.name, size: taken.size };
  });
  return { groups: found, leftOver: left.length };
}

const EVENTS = { start: 'started', pause: 'paused', resume: 'resumed', abort: 'aborted', approve: 'approved', deny: 'denied', 'next-group': 'progressed', 'close-joining': 'progressed', rollback: 'aborted', 'retry-failed': 'created' };

export function rolloutRoutes({ all, me, settings, emit, written, json, one, Refusal, filterOf }) {
  const find = (id) => one(rollouts, id, 'rollout');
  const who = () => `user:${me.id}`;
  const wanted = (body) => {
    if (!body.filter && !body.feed) throw new Refusal(400, 'kernel.member-missing', "'filter' is missing");
    return body.feed ? `metadata.feed==${body.feed}` : body.filter;
  };
  const membership = (body) => {
    const release = one(releases, body.releaseId, 'release');
    const hit = all().filter(filterOf(wanted(body)));
    const fits = hit.filter((each) => release.modules.every((module) => module.compatibility.length === 0 || module.compatibility.some((fit) => fit.model === each.hardware.model)));
    return { hit, fits, members: fits.filter((each) => !each.heldBack) };
  };
  const ask = (rollout, states) => { if (!states.includes(rollout.state)) throw new Refusal(409, 'updates.rollout-state', 'Conflict', { detail: `It is ${rollout.state}.`, hint: 'Look at the rollout’s state; not every step is possible in it.' }); };
  const begun = (each) => Object.assign(each, { state: 'running', offered: each.size });
  const orders = {
    start: (it) => { ask(it, ['ready']); Object.assign(it, { state: 'running', startedAt: now(), progress: [{ at: now(), offered: it.groups[0].size, succeeded: 0, failed: 0, canceled: 0 }] }); begun(it.groups[0]); },
    pause: (it) => { ask(it, ['running']); Object.assign(it, { state: 'paused', pauseCause: 'operator' }); },
    resume: (it, body) => { ask(it, ['paused']); if (body?.pauseCause && body.pauseCause !== it.pauseCause) throw new Refusal(409, 'updates.rollout-state', 'Conflict', { detail: 'It is paused for another reason than the one that was seen.' }); const next = it.pauseCause === 'group-succeeded' && it.groups.find((each) => each.state === 'scheduled'); Object.assign(it, { state: 'running', pauseCause: null }); if (next) begun(next); },
    abort: (it) => { ask(it, ['ready', 'running', 'paused', 'waiting-for-approval']); Object.assign(it, { state: 'stopped', stopCause: 'operator', pauseCause: null, endedAt: now() }); },
    approve: (it, body) => decide(it, body, true),
    deny: (it, body) => decide(it, body, false),
    'next-group': (it) => { ask(it, ['running']); const next = it.groups.find((each) => each.state === 'scheduled'); if (next) begun(next); },
    'close-joining': (it) => { it.open = false; },
    rollback: (it, body) => { ask(it, ['running', 'paused', 'stopped', 'finished']); Object.assign(it, { state: 'stopped', stopCause: 'rolled-back', endedAt: it.endedAt ?? now(), rollback: { scope: body.scope, automatic: false, startedAt: now(), endedAt: now(), devices: it.groups.reduce((sum, each) => sum + each.failed, 0) } }); },
  };
  function decide(it, body, approved) {
    ask(it, ['waiting-for-approval']);
    if (it.by === who()) throw new Refusal(403, 'updates.rollout-approval-own', 'Forbidden', { detail: 'It is your own rollout.', hint: 'Ask somebody else: a second person must agree.' });
    Object.assign(it, { state: approved ? 'ready' : 'approval-denied', decision: { approved, by: who(), remark: body.remark ?? null, at: now() } });
  }
  return [
    ['GET', '/rollouts', ({ query }) => json({ items: rollouts.filter((each) => !query.get('state') || each.state === query.get('state')) })],
    ['POST', '/rollouts/preview', ({ body }) => {
      const { hit, fits, members } = membership(body);
      const held = fits.filter((each) => each.heldBack);
      const misfits = hit.filter((each) => !fits.includes(each));
      const parts = sizes(groupsOf(body), members, filterOf);
      const excluded = [['held-back', held, 'held back by somebody'], ['incompatible', misfits, 'other hardware than the release names']].filter(([, list]) => list.length > 0)
        .map(([reason, list, text]) => ({ reason, count: list.length, text, sample: list.slice(0, 12).map((each) => each.id) }));
      const warnings = parts.groups.filter((each) => each.size === 0).map((each) => `The group ${each.name} would have no device.`);
      return json({ matching: hit.length, incompatible: misfits.length, members: members.length, ...parts, excluded, warnings, ...(body.rate && { offeredWithin: `PT${Math.ceil(members.length / body.rate.perMinute)}M` }), sample: members.slice(0, 20) });
    }],
    ['POST', '/rollouts', ({ body }) => {
      const { filter: _f, feed: _feed, name, releaseId, groups: _, groupCount: __, successPercent: ___, errorPercent: ____, approval, rate, retry, healthyWithin, joining, rollback, ...rest } = body;
      const { members } = membership(body);
      const care = policy({ approval: approval ?? settings.value.rolloutApproval === true, rate: rate ?? null, retry: retry ?? null, healthyWithin: healthyWithin ?? null, joining: joining ?? null, rollback: rollback ?? null });
      const made = { name, release: ref(one(releases, releaseId, 'release')), filter: wanted(body), type: 'forced', confirm: false, ...rest, groups: groupsOf(body), policy: care };
      const rollout = makeRollout(made, sizes(made.groups, members, filterOf).groups.map((each) => each.size), care.approval ? 'waiting-for-approval' : 'ready', 0);
      Object.assign(rollout, { by: who(), open: care.joining !== null });
      rollouts.unshift(rollout);
      return written(rollout, emit('updates.rollout-created', `rollouts/${rollout.id}`, { rolloutId: rollout.id }, 'user:admin'), 201);
    }],
    ['GET', '/rollouts:compare', ({ query }) => json(compared(find(query.get('a')), find(query.get('b'))))],
    ['GET', '/rollouts/:id', ({ id }) => json(find(id), 200, { ETag: '"1"' })],
    ['DELETE', '/rollouts/:id', ({ id }) => { const it = find(id); ask(it, ['stopped', 'finished', 'approval-denied', 'ready', 'waiting-for-approval']); rollouts.splice(rollouts.indexOf(it), 1); return written(undefined, emit('updates.rollout-deleted', `rollouts/${id}`, { rolloutId: id }, 'user:admin'), 204); }],
    ...['devices', 'members'].map((name) => ['GET', `/rollouts/:id/${name}`, ({ id, query }) => {
      const it = find(id);
      const reason = query.get('reason');
      const wanted = (each) => (!query.get('status') || each.status === query.get('status')) && (!query.get('group') || String(each.group) === query.get('group'));
      return json({ items: (reason ? failedFor(it, reason, all()) : members(it, all())).filter(wanted).slice(0, 50) });
    }]),
    ['GET', '/rollouts/:id/report.csv', ({ id }) => ({ status: 200, headers: { 'Content-Type': 'text/csv' }, body: `device,group,status\r\n${members(find(id), all()).map((each) => `${each.id},${each.group},${each.status}`).join('\r\n')}\r\n` })],
    ['GET', '/rollouts/:id/report.html', ({ id }) => ({ status: 200, headers: { 'Content-Type': 'text/html; charset=utf-8' }, body: `<!doctype html><html lang="en"><title>Report</title><h1>${find(id).plan.release.name}</h1>` })],
    ['POST', '/rollouts/:id/retry-failed', ({ id }) => {
      const before = find(id);
      ask(before, ['stopped', 'finished']);
      const failed = before.groups.reduce((sum, each) => sum + each.failed, 0);
      const again = makeRollout({ ...before.plan, name: `${before.plan.name} (again)`, groups: [group('Failed', 100)], policy: policy({ ...before.plan.policy, retryOf: id }) }, [failed], 'ready', 0);
      again.by = who();
      rollouts.unshift(again);
      return written(again, emit('updates.rollout-created', `rollouts/${again.id}`, { rolloutId: again.id }, 'user:admin'), 201);
    }],
    ['POST', '/rollouts/:id/:order', ({ id, order, body }) => {
      const it = find(id);
      if (!orders[order]) throw new Refusal(404, 'kernel.no-route', 'There is no such call');
      orders[order](it, body);
      return written({ state: it.state }, emit(`updates.rollout-${EVENTS[order]}`, `rollouts/${id}`, { rolloutId: id }, 'user:admin'), 202);
    }],
  ];
}

const SUMS = ['offered', 'skipped', 'succeeded', 'failed', 'canceled', 'retrying', 'verifying'];
function compared(a, b) {
  const side = (it) => {
    const totals = Object.fromEntries([['members', 'size'], ...SUMS.map((each) => [each, each])].map(([name, key]) => [name, it.groups.reduce((sum, each) => sum + each[key], 0)]));
    const ended = totals.succeeded + totals.failed + totals.canceled;
    return { id: it.id, name: it.plan.name, state: it.state, totals, ...(ended > 0 && { success: totals.succeeded / ended, half: 'PT12M30S', most: 'PT2H' }), ...(it.endedAt && it.startedAt && { took: `PT${Math.round((Date.parse(it.endedAt) - Date.parse(it.startedAt)) / 1000)}S` }) };
  };
  const said = ({ plan: it }) => ({ release: `${it.release.name} ${it.release.version}`, filter: it.filter, groups: it.groups.map((each) => `${each.name}: ${each.percent} %`).join('; '), timeout: it.timeout, 'policy.approval': it.policy?.approval ? 'a second person must agree' : 'not asked for', 'policy.rollback': it.policy?.rollback ?? null });
  const [one, other] = [said(a), said(b)];
  const messages = [...new Set([...a.reasons, ...b.reasons].map((each) => each.message))];
  const count = (it, message) => it.reasons.find((each) => each.message === message)?.count ?? 0;
  return {
    a: side(a), b: side(b),
    plan: Object.keys(one).filter((part) => one[part] !== other[part]).map((part) => ({ part, a: one[part], b: other[part] })),
    reasons: messages.map((message) => ({ key: createHash('md5').update(message).digest('hex').slice(0, 12), message, a: count(a, message), b: count(b, message), change: count(a, message) === 0 ? 'new' : count(b, message) === 0 ? 'gone' : 'both' })),
  };
}

const UNSTARTED = ['ready', 'waiting-for-approval', 'approval-denied'];
const members = (rollout, devices) => UNSTARTED.includes(rollout.state)
  ? devices.slice(0, 300).map((each, i) => ({ id: each.id, name: each.name, group: i % Math.min(2, rollout.groups.length), status: 'waiting', action: null, actionStatus: null, changedAt: null, message: null }))
  : devices.slice(0, 300).map((each, i) => ({ id: each.id, name: each.name, group: i % Math.min(2, rollout.groups.length), status: ['succeeded', 'running', 'failed'][i % 7 === 0 ? 2 : i % 2], action: 2, actionStatus: i % 7 === 0 ? 'error' : i % 2 ? (i % 4 === 1 ? 'installed' : 'download') : 'finished', changedAt: each.lastSeen, message: i % 7 === 0 ? 'Checksum mismatch on rootfs.ext4' : null }));

function failedFor(rollout, reason, devices) {
  const found = rollout.reasons.find((each) => each.key === reason || each.message === reason);
  const ids = new Set(found?.devices ?? []);
  return devices.filter((each) => ids.has(each.id)).map((each) => ({ id: each.id, name: each.name, group: 0, status: 'failed', action: 2, actionStatus: 'error', changedAt: each.lastSeen, message: found.message, reason }));
}

/** Why a device stands as it does, and keeping it back. */
export function whyRoutes({ find, me, emit, written, json }) {
  return [
    ['GET', '/devices/:id/why', ({ id }) => {
      const device = find(id);
      const rollout = rollouts[0];
      const steps = [
        { rule: 'registered', outcome: 'passes', text: 'It is registered.', link: null },
        { rule: 'polling', outcome: device.presence === 'online' ? 'passes' : 'blocks', text: device.presence === 'online' ? 'It polls as it should.' : 'It has not polled in time; it gets nothing before it asks.', link: null },
        { rule: 'held-back', outcome: device.heldBack ? 'blocks' : 'passes', text: device.heldBack ? `It is held back: ${device.heldBack}` : 'Nobody holds it back.', link: null },
        { rule: 'update-mode', outcome: 'passes', text: "Its update mode is 'rollout': it follows feed 'default'. Modes count on gooseBit's paths; over DDI v1 only actions are offered.", link: null },
        { rule: 'update-mode', outcome: 'passes', text: "It picks nothing: feed 'default' has no rollout.", link: null },
        { rule: 'rollout', outcome: device.action ? 'applies' : 'passes', text: `“${rollout.plan.name}” ${device.action ? 'offers it a release.' : 'does not have it among its members.'}`, link: `/rollouts/${rollout.id}` },
        { rule: 'poll', outcome: device.action ? 'applies' : 'passes', text: device.action ? 'Its next poll offers it a release.' : 'Its next poll offers it nothing.', link: null },
      ];
      const block = steps.find((each) => each.outcome === 'blocks');
      return json({ summary: [steps.at(-1).text, block?.text].filter(Boolean).join(' '), steps });
    }],
    ['POST', '/devices/:id/hold', ({ id, body }) => { find(id).heldBack = body.reason; return written(undefined, emit('updates.device-held-back', `devices/${id}`, { deviceId: id, reason: body.reason }, `user:${me.name}`), 204); }],
    ['DELETE', '/devices/:id/hold', ({ id }) => { find(id).heldBack = null; return written(undefined, emit('updates.device-let-go', `devices/${id}`, { deviceId: id }, `user:${me.name}`), 204); }],
  ];
}
