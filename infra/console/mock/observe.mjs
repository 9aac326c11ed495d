// How devices are observed, for the stand-in: enrolments, certificates, dashboards and alert rules with plausible data.
import { createHash } from 'node:crypto';
import { ago, uuid } from './data.mjs';

const KINDS = ['grafana-dashboard', 'foxglove-layout', 'prometheus-rules', 'loki-rules'];
const PLACEHOLDER = '%%juju_device_uuid%%';
const dashboard = (title, ...panels) => JSON.stringify({ title, schemaVersion: 39, tags: ['fleet'], time: { from: 'now-6h', to: 'now' }, panels: panels.map((name, i) => ({ id: i + 1, type: 'timeseries', title: name, gridPos: { h: 8, w: 12, x: (i % 2) * 12, y: Math.floor(i / 2) * 8 }, targets: [{ expr: `${name.toLowerCase().replaceAll(' ', '_')}{device_instance="$Host"}` }] })) }, null, 2);
const layout = (...panels) => JSON.stringify({ configById: Object.fromEntries(panels.map((each, i) => [`${each}!${i}`, { followTopic: '/base_link' }])), globalVariables: {}, layout: { first: `${panels[0]}!0`, second: `${panels[1]}!1`, direction: 'row' } }, null, 2);
const rules = (group, alert, expr, more = '') => `groups:\n  - name: ${group}\n    rules:\n      - alert: ${alert}\n        expr: ${expr}\n        for: 5m\n        labels:\n          severity: warning\n        annotations:\n          summary: ${alert} on {{ $labels.instance }}\n${more}`;

const documents = [];
const add = (kind, uid, text, age) => {
  const doc = { kind, uid, id: uuid(), text, createdAt: ago(age * 3), updatedAt: ago(age), version: 0 };
  documents.push(described(doc));
  return doc;
};
function described(doc) {
  return Object.assign(doc, { size: Buffer.byteLength(doc.text), sha256: createHash('sha256').update(doc.text).digest('hex'), template: doc.template ?? (doc.kind.endsWith('rules') && doc.text.includes(PLACEHOLDER)) });
}
add('grafana-dashboard', 'robot-overview', dashboard('Robot overview', 'Battery level', 'Cpu load', 'Wifi signal', 'Motor current'), 86_400);
add('grafana-dashboard', 'navigation', dashboard('Navigation', 'Path deviation', 'Stops per hour'), 3_600);
add('grafana-dashboard', 'gateway-uplink', dashboard('Gateway uplink', 'Bytes sent', 'Reconnects'), 900_000);
add('foxglove-layout', 'teleop', layout('3D', 'Teleop'), 500_000);
add('foxglove-layout', 'sensor-check', layout('Image', 'Plot'), 90_000);
add('prometheus-rules', 'robot-battery', rules('battery', 'BatteryLow', `battery_level{device_instance="${PLACEHOLDER}"} < 0.2`, `      - alert: BatteryHot\n        expr: battery_celsius{device_instance="${PLACEHOLDER}"} > 55\n        for: 1m\n`), 7_200);
add('prometheus-rules', 'fleet-disk', rules('disk', 'DiskAlmostFull', 'node_filesystem_avail_bytes / node_filesystem_size_bytes < 0.1'), 700_000);
add('loki-rules', 'navigation-errors', rules('navigation', 'ManyReplans', `sum(rate({device="${PLACEHOLDER}"} |= "replanning" [5m])) > 0.5`), 40_000);

const pem = (label, length) => `-----BEGIN ${label}-----\n${createHash('sha512').update(label + length).digest('base64').repeat(length).replaceAll('=', '').match(/.{1,64}/g).join('\n')}\n-----END ${label}-----\n`;

/** The routes of this part, for a server that knows `devices` and how to answer. */
export function observeRoutes({ devices, emit, written, json, Refusal }) {
  const enrolments = new Map();
  function enrol(id, body) {
    const made = { deviceId: id, uid: body.uid, address: body.address, publicKey: body.publicKey ?? '', uses: Object.fromEntries(KINDS.map((kind) => [kind, body.uses?.[kind] ?? []])), enrolledAt: new Date().toISOString(), version: 0, ...body.more };
    enrolments.set(id, made);
    return made;
  }
  let i = 0;
  for (const device of [...devices.values()].slice(0, 60)) {
    const asked = i % 3 === 1 ? 'signed' : 'pending';
    enrol(device.id, { uid: i % 4 === 1 ? `hall ${i} robot` : device.id, address: device.address ?? '192.0.2.17', publicKey: i % 5 === 4 ? '' : `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${createHash('sha1').update(device.id).digest('base64').slice(0, 40)} ${device.id}`,
      uses: { 'grafana-dashboard': i % 2 ? ['navigation'] : ['robot-overview', 'navigation'], 'foxglove-layout': i % 2 ? [] : ['teleop'], 'prometheus-rules': i % 3 ? ['robot-battery'] : ['robot-battery', 'fleet-disk'], 'loki-rules': ['navigation-errors'] },
      more: { enrolledAt: device.createdAt, version: 3, ...(i % 3 < 2 && { certificate: asked, texts: { csr: pem('CERTIFICATE REQUEST', 9), certificate: asked === 'signed' ? pem('CERTIFICATE', 12) : '', ca: asked === 'signed' ? pem('CERTIFICATE', 10) : '', chain: asked === 'signed' ? pem('CERTIFICATE', 12) + pem('CERTIFICATE', 10) : '', createdAt: device.createdAt, updatedAt: ago(5_000 * (i + 1)) } }) } });
    i++;
  }
  // One that is known, but not observed: its page offers to enrol it.
  enrolments.delete([...devices.keys()][2]);

  const refuse = (status, code, title, more) => { throw new Refusal(status, `observe.${code}`, title, more); };
  const enrolled = (id) => enrolments.get(id) ?? refuse(404, 'enrolment-unknown', 'The device is not enrolled', { hint: 'Enrol the device first.' });
  const found = (kind, uid) => documents.find((each) => each.kind === kind && each.uid === uid) ?? refuse(404, 'document-unknown', 'There is no such document', { detail: `There is no ${kind} '${uid}'.` });
  const users = (doc) => [...enrolments.values()].filter((each) => each.uses[doc.kind].includes(doc.uid));
  const seen = ({ version }, headers) => {
    if (!headers['if-match']) throw new Refusal(428, 'kernel.if-match-missing', 'If-Match is missing');
    if (headers['if-match'] !== `"${version}"`) throw new Refusal(412, 'kernel.version-lost', 'Somebody else changed this meanwhile', { hint: 'Look at the newest state, then make your change again.' });
  };
  const view = ({ texts: _, more: __, ...rest }) => rest;
  const docView = ({ text: _, ...rest }, findings) => ({ ...rest, devices: users(rest).length, ...(findings && { findings }) });
  const paged = (items, query) => {
    const after = Number(query.get('after') ?? 0);
    const limit = Number(query.get('limit') ?? 100);
    return { items: items.slice(after, after + limit), ...(after + limit < items.length && { next: String(after + limit) }), ...(query.get('count') && { count: items.length }) };
  };
  const has = (query, ...texts) => (query.get('q') ?? '').toLowerCase().split(/\s+/).every((word) => texts.join(' ').toLowerCase().includes(word));
  const address = (text) => (/^[\d.]+$|:/.test(text ?? '') ? text : refuse(400, 'address-invalid', 'This is no address', { detail: `'${text}' is no IP address.`, hint: 'Enter a valid IPv4 or IPv6 address.', errors: [{ pointer: '/address', message: 'Enter a valid IPv4 or IPv6 address.' }] }));
  const free = (uid, id) => { if ([...enrolments.values()].some((each) => each.uid === uid && each.deviceId !== id)) refuse(409, 'uid-taken', 'This uid is taken', { hint: 'Choose another uid, or change the enrolment that has it.' }); };
  const dashboardOf = (kind, text) => { if (!kind.endsWith('rules')) try { JSON.parse(text); } catch (thrown) { refuse(400, 'dashboard-invalid', 'This is no dashboard', { detail: thrown.message }); } else if (!check(text).storable) refuse(400, 'rules-invalid', 'These rules cannot be stored', { detail: check(text).findings[0].message }); };
  const changed = (id, kind) => emit(`observe.${kind}`, `devices/${id}`, { deviceId: id, uid: enrolments.get(id)?.uid }, 'user:admin');
  const group = (base, device, kind, page) => ({ main: `${base}/`, documents: device.uses[kind].map((document) => ({ document, target: page(document) })) });

  return [
    ['GET', '/enrolments', ({ query }) => json(paged([...enrolments.values()].filter((each) => has(query, each.uid, each.deviceId, each.address)).map(view), query))],
    ['GET', '/devices/:id/enrolment', ({ id }) => json(view(enrolled(id)), 200, { ETag: `"${enrolled(id).version}-4"` })],
    ['PUT', '/devices/:id/enrolment', ({ id, body }) => { address(body.address); free(body.uid, id); const made = enrol(id, body); return written({ deviceId: id, uid: made.uid, version: 0 }, changed(id, 'device-enrolled'), 201); }],
    ['PATCH', '/devices/:id/enrolment', ({ id, body, headers }) => {
      const one = enrolled(id);
      seen(one, headers);
      if (body.address) address(body.address);
      if (body.uid) free(body.uid, id);
      Object.assign(one, body, { uses: { ...one.uses, ...body.uses }, version: one.version + 1 });
      return written({ deviceId: id, uid: one.uid, version: one.version }, changed(id, 'used-documents-changed'));
    }],
    ['DELETE', '/devices/:id/enrolment', ({ id, headers }) => { seen(enrolled(id), headers); enrolments.delete(id); return written(undefined, changed(id, 'enrolment-ended'), 204); }],
    ['GET', '/devices/:id/certificate', ({ id }) => { const one = enrolled(id); return one.texts ? json({ deviceId: id, status: one.certificate, ...one.texts, ...(one.certificate === 'signed' && { expiresAt: new Date(Date.now() + 2e10).toISOString() }) }) : refuse(404, 'certificate-unknown', 'There is no certificate'); }],
    ['POST', '/devices/:id/certificate-request', ({ id, body }) => {
      Object.assign(enrolled(id), { certificate: 'pending', texts: { csr: body.csr, certificate: '', ca: '', chain: '', createdAt: new Date().toISOString(), updatedAt: new Date().toISOString() } });
      return written(undefined, changed(id, 'certificate-requested'), 202);
    }],
    ['PATCH', '/devices/:id/certificate', ({ id, body, headers }) => {
      const one = enrolled(id);
      seen(one, headers);
      const { status, ...texts } = body;
      Object.assign(one, { certificate: status ?? one.certificate, version: one.version + 1, texts: { ...one.texts, ...texts, updatedAt: new Date().toISOString() } });
      return written(undefined, emit('observe.certificate-decided', `devices/${id}`, { deviceId: id, status: status?.toUpperCase() }, 'user:admin'), 204);
    }],
    ['GET', '/devices/:id/links', ({ id }) => {
      const one = enrolled(id);
      const uid = encodeURIComponent(one.uid);
      // A template that somebody got badly wrong: the console must not follow it.
      const grafana = one.uid.includes('<') ? 'javascript:alert(1)//' : 'https://observe.example/fleet-grafana';
      return json({ grafana: group(grafana, one, 'grafana-dashboard', (doc) => `${grafana}/d/${encodeURIComponent(doc)}/?var-Host=${uid}`), foxglove: group('https://observe.example/fleet-foxglove-studio', one, 'foxglove-layout', (doc) => `https://observe.example/fleet-foxglove-studio/?ds.url=ws%3A%2F%2F${one.address}%3A8765&layoutUrl=${encodeURIComponent(doc)}`), recordings: `https://observe.example/fleet-ros2bag-fileserver/${uid}/` });
    }],
    ['POST', '/alert-rules:check', ({ text }) => json(check(String(text)))],
    ['GET', '/documents/:kind', ({ kind, query }) => json(paged(documents.filter((each) => each.kind === kind && has(query, each.uid)).map((each) => docView(each)), query))],
    ['POST', '/documents/:kind', ({ kind, query, text }) => {
      const uid = query.get('uid');
      if (documents.some((each) => each.kind === kind && each.uid === uid)) refuse(409, 'document-exists', 'There is such a document already', { hint: 'Revise the existing one or choose another uid.' });
      dashboardOf(kind, String(text));
      const doc = add(kind, uid, String(text), 0);
      return written({ kind, uid, id: doc.id, sha256: doc.sha256, size: doc.size, template: doc.template }, emit('observe.document-published', `documents/${kind}/${uid}`, { kind, uid }, 'user:admin'), 201);
    }],
    ['GET', '/documents/:kind/:uid', ({ kind, uid }) => { const doc = found(kind, uid); return json(docView(doc, kind.endsWith('rules') ? check(doc.text).findings : undefined)); }],
    ['GET', '/documents/:kind/:uid/content', ({ kind, uid }) => ({ status: 200, headers: { 'Content-Type': kind.endsWith('rules') ? 'application/yaml' : 'application/json' }, body: found(kind, uid).text })],
    ['GET', '/documents/:kind/:uid/devices', ({ kind, uid, query }) => json(paged(users(found(kind, uid)).map(({ deviceId, uid: name }) => ({ deviceId, uid: name })), query))],
    ['GET', '/documents/:kind/:uid/preview', ({ kind, uid, query }) => ({ status: 200, headers: { 'Content-Type': 'application/yaml' }, body: found(kind, uid).text.replaceAll(PLACEHOLDER, enrolled(query.get('device')).uid) })],
    ['PUT', '/documents/:kind/:uid', ({ kind, uid, headers, text }) => {
      const doc = found(kind, uid);
      seen(doc, headers);
      dashboardOf(kind, String(text));
      described(Object.assign(doc, { text: String(text), version: doc.version + 1, updatedAt: new Date().toISOString() }));
      return written(undefined, emit('observe.document-revised', `documents/${kind}/${uid}`, { kind, uid }, 'user:admin'), 204);
    }],
    ['DELETE', '/documents/:kind/:uid', ({ kind, uid, headers }) => {
      const doc = found(kind, uid);
      seen(doc, headers);
      documents.splice(documents.indexOf(doc), 1);
      for (const each of enrolments.values()) each.uses[kind] = each.uses[kind].filter((one) => one !== uid);
      return written(undefined, emit('observe.document-removed', `documents/${kind}/${uid}`, { kind, uid }, 'user:admin'), 204);
    }],
  ];
}

/** Not a rule reader: enough to see how findings look. */
function check(text) {
  const lines = text.split('\n');
  const tab = lines.findIndex((each) => each.startsWith('\t'));
  if (tab >= 0 || !/^groups:/m.test(text)) return { storable: false, template: false, findings: [{ path: '', ...(tab >= 0 && { line: tab + 1 }), message: tab >= 0 ? 'A line begins with a tab.' : 'A rule file is one mapping with groups.' }] };
  const lasts = (line) => /^\s*for:\s*(\d+(ms|[smhdwy]))+\s*$/.test(line);
  return { storable: true, template: text.includes(PLACEHOLDER), findings: lines.flatMap((line, i) => (/^\s*for:/.test(line) && !lasts(line) ? [{ path: 'groups[0].rules[0].for', line: i + 1, message: 'This is no duration; one is 30s or 1h30m.' }] : [])) };
}
