import type { IconName } from '../ui/icons.ts';

export interface EventWords { title: string; icon: IconName; tone: 'ok' | 'warn' | 'bad' | 'info' | 'idle'; detail: string }

type Data = Record<string, unknown>;
type Entry = [title: string, icon: IconName, tone: EventWords['tone'], detail?: (data: Data) => string];

const text = (value: unknown): string => (value === null || value === undefined ? '' : typeof value === 'object' ? '' : String(value));
const release = (data: Data): string => {
  const ref = data['release'] as { name?: unknown; version?: unknown } | null | undefined;
  return ref && typeof ref === 'object' ? `${text(ref.name)} ${text(ref.version)}`.trim() : '';
};
const messages = (data: Data): string => (Array.isArray(data['messages']) ? data['messages'].map(text).join(' · ') : '');
const join = (...parts: string[]): string => parts.filter(Boolean).join(' – ');
const number = (data: Data): string => (data['action'] === undefined || data['action'] === null ? '' : `#${text(data['action'])}`);
const pairs = (value: unknown): string => (value && typeof value === 'object' ? Object.entries(value).slice(0, 6).map(([key, each]) => `${key}=${text(each)}`).join(', ') : '');
const kind = (data: Data): string => text(data['kind']).toLowerCase().replaceAll(/[-_]/g, ' ');
const uids = (value: unknown): string => (Array.isArray(value) ? value.slice(0, 6).map((each) => text((each as Data | null)?.['uid'])).filter(Boolean).join(', ') : '');
const list = (value: unknown): string => (Array.isArray(value) ? value.map(text).join(', ') : '');

const KNOWN: Record<string, Entry> = {
  'registry.device-registered': ['Registered', 'plus', 'info', (data) => text(data['origin']).toLowerCase().replaceAll('_', ' ')],
  'registry.device-renamed': ['Renamed', 'edit', 'idle', (data) => text(data['name'])],
  'registry.device-grouped': ['Group changed', 'group', 'idle', (data) => text(data['group']) || 'no group'],
  'registry.device-tagged': ['Tags changed', 'tag', 'idle', (data) => list(data['tags']) || 'no tags'],
  'registry.device-described': ['Metadata changed', 'edit', 'idle', (data) => pairs(data['metadata'])],
  'registry.attributes-reported': ['Reported its attributes', 'info', 'idle', (data) => pairs(data['attributes'])],
  'registry.attributes-requested': ['Asked for its attributes', 'refresh', 'idle'],
  'registry.first-contact-made': ['Heard for the first time', 'dot', 'ok'],
  'registry.address-changed': ['Address changed', 'arrows', 'idle', (data) => text(data['address'])],
  'registry.token-issued': ['Token issued', 'key', 'idle'],
  'registry.token-withdrawn': ['Token taken away', 'key', 'idle'],
  'registry.device-fell-silent': ['Fell silent', 'half', 'warn'],
  'registry.device-came-back': ['Came back', 'dot', 'ok'],
  'registry.device-decommissioned': ['Decommissioned', 'trash', 'idle'],
  'observe.device-enrolled': ['Enrolled for observation', 'plus', 'info', (data) => join(text(data['uid']), text(data['address']))],
  'observe.uid-changed': ['Goes by another uid', 'edit', 'idle', (data) => `${text(data['before'])} → ${text(data['uid'])}`],
  'observe.observed-address-changed': ['Observed at another address', 'arrows', 'idle', (data) => text(data['address'])],
  'observe.public-key-changed': ['Public key changed', 'key', 'idle', (data) => (data['publicKey'] === '' ? 'none' : '')],
  'observe.used-documents-changed': ['Dashboards and rules changed', 'file', 'idle', (data) => join(kind(data), uids(data['documents']) || 'none')],
  'observe.certificate-requested': ['Asked for a certificate', 'lock', 'info'],
  'observe.certificate-decided': ['Certificate decided', 'shield', 'info', (data) => text(data['status']).toLowerCase()],
  'observe.enrolment-ended': ['Observed no longer', 'cross', 'idle', (data) => text(data['uid'])],
  'observe.document-published': ['Document published', 'file', 'info', (data) => join(kind(data), text(data['uid']))],
  'observe.document-revised': ['Document revised', 'edit', 'idle', (data) => join(kind(data), text(data['uid']))],
  'observe.document-removed': ['Document removed', 'trash', 'idle', (data) => join(kind(data), text(data['uid']))],
  'updates.action-assigned': ['Update assigned', 'arrows', 'info', (data) => join(number(data), release(data))],
  'updates.action-confirmed': ['Update agreed to', 'check', 'ok', (data) => join(number(data), messages(data))],
  'updates.action-denied': ['Update declined', 'cross', 'warn', (data) => join(number(data), messages(data))],
  'updates.action-retrieved': ['Update read by the device', 'down', 'info', number],
  'updates.action-progressed': ['Update goes on', 'arrows', 'info', (data) => join(number(data), data['of'] ? `${text(data['done'] ?? 0)} of ${text(data['of'])}` : '', messages(data))],
  'updates.action-installed': ['Update installed, proof awaited', 'clock', 'info', (data) => join(number(data), release(data), messages(data))],
  'updates.other-version-reported': ['Runs another version', 'alert', 'warn', (data) => join(number(data), text(data['version']))],
  'updates.action-finished': ['Update finished', 'check', 'ok', (data) => join(number(data), release(data), messages(data))],
  'updates.action-failed': ['Update failed', 'alert', 'bad', (data) => join(number(data), release(data), data['timedOut'] === true ? 'no word from the device in time' : '', data['retryAt'] ? 'tried again' : '', messages(data))],
  'updates.retry-given-up': ['Update not tried again', 'alert', 'bad', (data) => join(number(data), release(data), messages(data))],
  'updates.action-downloaded': ['Update downloaded', 'down', 'ok', (data) => join(number(data), release(data))],
  'updates.action-cancel-requested': ['Cancel asked for', 'clock', 'warn', (data) => join(number(data), text(data['cause']).toLowerCase().replaceAll('_', ' '))],
  'updates.cancel-progressed': ['Cancel goes on', 'clock', 'warn', (data) => join(number(data), messages(data))],
  'updates.cancel-rejected': ['Cancel refused by the device', 'alert', 'warn', (data) => join(number(data), messages(data))],
  'updates.action-canceled': ['Update cancelled', 'cross', 'idle', (data) => join(number(data), data['forced'] === true ? 'forced' : '', messages(data))],
  'updates.auto-confirm-activated': ['Agrees to updates by itself', 'check', 'idle', (data) => text(data['remark'])],
  'updates.auto-confirm-deactivated': ['No longer agrees by itself', 'cross', 'idle'],
  'updates.device-held-back': ['Held back', 'lock', 'warn', (data) => text(data['reason'])],
  'updates.device-let-go': ['Let go', 'check', 'idle'],
  'updates.installed-declared': ['Said what it runs', 'software', 'info', release],
  'updates.release-created': ['Release created', 'software', 'info', (data) => `${text(data['name'])} ${text(data['version'])}`.trim()],
  'updates.release-invalidated': ['Release invalidated', 'alert', 'warn'],
  'updates.release-deleted': ['Release deleted', 'trash', 'idle'],
  'updates.rollout-created': ['Rollout created', 'rollouts', 'info', (data) => text((data['plan'] as Data | undefined)?.['name'])],
  'updates.members-planned': ['Rollout members planned', 'rollouts', 'idle'],
  'updates.rollout-ready': ['Rollout ready', 'ring', 'info', (data) => (Array.isArray(data['sizes']) ? `${(data['sizes'] as number[]).reduce((sum, each) => sum + each, 0)} devices` : '')],
  'updates.rollout-started': ['Rollout started', 'play', 'info'],
  'updates.group-started': ['Group started', 'play', 'info', (data) => groupNumber(data)],
  'updates.group-offered': ['Group offered', 'arrows', 'idle', (data) => join(groupNumber(data), `${text(data['offered'])} devices`)],
  'updates.rollout-progressed': ['Rollout goes on', 'rollouts', 'idle', (data) => tallies(data)],
  'updates.group-succeeded': ['Group passed', 'done', 'ok', (data) => groupNumber(data)],
  'updates.group-failed': ['Group failed', 'alert', 'bad', (data) => groupNumber(data)],
  'updates.rollout-paused': ['Rollout paused', 'pause', 'warn', (data) => text(data['cause']).toLowerCase().replaceAll('_', ' ')],
  'updates.rollout-approved': ['Rollout agreed to', 'check', 'ok', (data) => text(data['remark'])],
  'updates.rollout-denied': ['Rollout denied', 'cross', 'warn', (data) => text(data['remark'])],
  'updates.group-added': ['Group added for those that join', 'plus', 'idle', (data) => groupNumber(data)],
  'updates.members-joined': ['Devices joined the rollout', 'plus', 'info', (data) => (Array.isArray(data['members']) ? `${data['members'].length} devices` : '')],
  'updates.members-offered': ['Part of a group offered', 'arrows', 'idle', (data) => join(groupNumber(data), `${text(data['offered'])} devices`)],
  'updates.joining-closed': ['Nobody joins the rollout any more', 'lock', 'idle'],
  'updates.rollback-started': ['Rollback started', 'refresh', 'warn', (data) => join(text(data['scope']).toLowerCase(), data['automatic'] === true ? 'too many failed' : '')],
  'updates.rollback-finished': ['Rollback finished', 'done', 'ok', (data) => `${text(data['devices'])} devices`],
  'updates.rollout-deleted': ['Rollout deleted', 'trash', 'idle'],
  'updates.rollout-resumed': ['Rollout resumed', 'play', 'info'],
  'updates.rollout-aborted': ['Rollout aborted', 'stop', 'bad'],
  'updates.rollout-finished': ['Rollout finished', 'check', 'ok'],
  'updates.settings-changed': ['Settings changed', 'settings', 'idle'],
  'updates.auto-assignment-created': ['Standing assignment created', 'refresh', 'idle', (data) => text(data['name'])],
  'updates.auto-assignment-deleted': ['Standing assignment deleted', 'trash', 'idle'],
  'updates.mode-chosen': ['Update mode chosen', 'edit', 'idle', (data) => join(text(data['mode']).toLowerCase(), text(data['feed']))],
  'updates.feed-set': ['Feed chosen', 'edit', 'idle', (data) => text(data['feed']) || 'none'],
  'updates.force-set': ['Update forced', 'refresh', 'warn', (data) => (data['force'] === false ? 'no longer' : '')],
  'updates.software-offered': ['Read what it shall install', 'eye', 'idle', release],
  'updates.following-started': ['Began to install', 'down', 'info', release],
  'updates.following-reported': ['Said', 'info', 'idle', messages],
  'updates.following-finished': ['Installed', 'check', 'ok', (data) => join(text(data['version']), messages(data))],
  'updates.following-failed': ['Failed to install', 'cross', 'bad', (data) => join(data['timedOut'] === true ? 'silent for too long' : '', messages(data))],
  'updates.software-version-reported': ['Said which version it has', 'info', 'idle', (data) => text(data['version']) || 'none'],
  'updates.following-forgotten': ['Update mode begins anew', 'refresh', 'idle'],
  'updates.feed-rollout-created': ['Rollout of a feed created', 'rollouts', 'info', (data) => join(text(data['feed']), release(data))],
  'updates.feed-rollout-paused': ['Rollout of a feed paused', 'pause', 'warn'],
  'updates.feed-rollout-resumed': ['Rollout of a feed resumed', 'play', 'info'],
  'updates.feed-rollout-deleted': ['Rollout of a feed deleted', 'trash', 'idle'],
  'lab.board-defined': ['Board configured', 'board', 'idle', (data) => text((data['definition'] as Data | undefined)?.['brdclass'])],
  'lab.board-retired': ['Board left the lab', 'trash', 'idle'],
  'lab.board-reserved': ['Board reserved', 'lock', 'info', (data) => text((data['reservation'] as Data | undefined)?.['purpose'])],
  'lab.board-handed-over': ['Board ready for its holder', 'check', 'ok'],
  'lab.preparation-failed': ['Board could not be made ready', 'alert', 'bad', (data) => text(data['message'])],
  'lab.setup-script-ran': ['Setup script ran', 'terminal', 'idle', (data) => join(text(data['action']).toLowerCase(), text(data['outcome']).toLowerCase().replaceAll(/[-_]/g, ' '), took(data))],
  'lab.reservation-extended': ['Reservation extended', 'clock', 'info'],
  'lab.reservation-shared': ['Board shared', 'users', 'idle', (data) => ({ ro: 'to look', rw: 'to use' })[text(data['mode']).toLowerCase()] ?? 'no longer'],
  'lab.release-started': ['Board being released', 'out', 'info', (data) => join(text(data['reason']).toLowerCase().replaceAll('_', ' '), Number(data['attempt']) > 1 ? `attempt ${text(data['attempt'])}` : '')],
  'lab.board-freed': ['Board free', 'ring', 'ok'],
  'lab.release-failed': ['Board faulty', 'alert', 'bad', (data) => text(data['message'])],
  'lab.maintenance-requested': ['Maintenance asked for', 'wrench', 'warn', (data) => text(data['note'])],
  'lab.maintenance-started': ['Maintenance started', 'wrench', 'warn', (data) => text(data['note'])],
  'lab.power-ordered': ['Power ordered', 'power', 'idle', (data) => text(data['action']).toLowerCase()],
  'lab.power-observed': ['Power read back', 'power', 'idle', (data) => text(data['power']).toLowerCase()],
  'lab.power-failed': ['Power failed', 'alert', 'bad', (data) => text(data['message'])],
  'lab.board-degraded': ['Board degraded', 'alert', 'warn', (data) => text(data['reason'])],
  'lab.board-recovered': ['Board well again', 'check', 'ok'],
  'lab.request-queued': ['Queued for a board', 'clock', 'info', (data) => selector(data)],
  'lab.request-granted': ['Request has a board', 'board', 'info', (data) => text(data['board'])],
  'lab.request-returned': ['Request waits again', 'clock', 'warn', (data) => join(text(data['board']), text(data['message']))],
  'lab.request-fulfilled': ['Request fulfilled', 'check', 'ok', (data) => text(data['board'])],
  'lab.request-failed': ['Request failed', 'alert', 'bad', (data) => text(data['message'])],
  'lab.request-cancelled': ['Request cancelled', 'cross', 'idle'],
  'lab.request-expired': ['Request waited too long', 'clock', 'warn'],
  'config.registry-defined': ['Registry defined', 'registry', 'info', (data) => registry(data)],
  'config.registry-redefined': ['Registry given another schema', 'edit', 'info', (data) => join(registry(data), data['revision'] ? `revision ${text(data['revision'])}` : '')],
  'config.view-written': ['Values written', 'edit', 'info', (data) => join(databag(data), text(data['view']), list(data['requests']))],
  'config.databag-reverted': ['Values taken back', 'refresh', 'warn', (data) => join(databag(data), `to version ${text(data['toVersion'])}`)],
  'config.secrets-forgotten': ['Secrets are gone', 'lock', 'warn', (data) => join(databag(data), list(data['paths']))],
  'config.secrets-read': ['Secrets read', 'eye', 'warn', (data) => join(registry(data), text(data['view']), list(data['paths']))],
  'config.snap-settings-changed': ['Snap set', 'edit', 'info', (data) => text(data['snap'])],
  'config.snap-settings-read': ['Settings of a snap read', 'eye', 'warn', (data) => join(text(data['snap']), list(data['keys']))],
  'config.key-destroyed': ['Key of its secrets destroyed', 'key', 'warn'],
  'config.wish-applied': ['Applied what it should have', 'check', 'ok', (data) => join(registry(data), text(data['message']))],
  'config.wish-refused': ['Could not apply what it should have', 'alert', 'bad', (data) => join(registry(data), text(data['message']))],
  'apps.project-created': ['Project made', 'group', 'info', (data) => text(data['name'])],
  'apps.project-changed': ['Project changed', 'edit', 'idle', (data) => text(data['name'])],
  'apps.project-removed': ['Project ended', 'trash', 'idle'],
  'apps.app-created': ['App made', 'apps', 'info', (data) => text(data['app'])],
  'apps.app-changed': ['App changed', 'edit', 'idle', (data) => text(data['app'])],
  'apps.app-removed': ['App left the catalogue', 'trash', 'idle', (data) => text(data['app'])],
  'apps.release-added': ['Release of an app', 'software', 'info', (data) => join(text(data['app']), text(data['version']))],
  'apps.architecture-noted': ['Release is there for another architecture', 'plus', 'idle', (data) => join(text(data['app']), text(data['version']), text(data['architecture']))],
  'apps.release-offered': ['Release offered', 'check', 'info', (data) => join(text(data['app']), text(data['version']))],
  'apps.release-yanked': ['Release taken back', 'alert', 'warn', (data) => join(text(data['app']), text(data['version']), text(data['why']))],
  'apps.app-wanted': ['App wanted otherwise', 'layers', 'info', (data) => appWish(data)],
  'apps.app-inherited': ['App left to wider places', 'layers', 'idle', (data) => text(data['place'])],
  'apps.agent-enrolled': ['Agent enrolled', 'plus', 'info'],
  'apps.agent-secret-rotated': ['Agent has another secret', 'key', 'idle'],
  'apps.agent-moved': ['Agent moved to another project', 'group', 'idle', (data) => `project ${text(data['project'])}`],
  'apps.enrolment-ended': ['Agent’s enrolment ended', 'cross', 'idle'],
  'apps.agent-status-changed': ['Agent reported', 'dot', 'info', (data) => text(data['status']).toLowerCase().replaceAll(/[-_]/g, ' ')],
  'apps.agent-disconnected': ['Agent went away', 'unplugged', 'warn'],
  'apps.agent-system-reported': ['Agent told its system', 'info', 'idle', (data) => { const system = data['system'] as Data | undefined; return join(text(system?.['arch']), text(system?.['agentVersion'])); }],
  'apps.app-state-reported': ['App reported', 'apps', 'info', (data) => join(text(data['state']).toLowerCase(), Number(data['failures']) > 1 ? `${text(data['failures'])} times in a row` : '')],
  'apps.app-ports-reported': ['App told its ports', 'arrows', 'idle'],
  'apps.app-held': ['App called off', 'pause', 'warn'],
  'apps.app-resumed': ['App goes on', 'play', 'info'],
  'apps.app-credential-rotated': ['App has another credential', 'key', 'idle'],
  'apps.installation-forgotten': ['Nothing is left of an app', 'trash', 'idle'],
  'apps.rollout-created': ['Rollout of an app created', 'rollouts', 'info', (data) => text((data['plan'] as Data | undefined)?.['name'])],
  'apps.rollout-progressed': ['Rollout of an app goes on', 'rollouts', 'idle', (data) => tallies(data)],
  'apps.group-started': ['Group started', 'play', 'info', (data) => groupNumber(data)],
  'apps.group-succeeded': ['Group passed', 'done', 'ok', (data) => groupNumber(data)],
  'apps.group-failed': ['Group failed', 'alert', 'bad', (data) => groupNumber(data)],
  'apps.rollout-paused': ['Rollout of an app paused', 'pause', 'warn', (data) => text(data['cause']).toLowerCase().replaceAll(/[-_]/g, ' ')],
  'apps.rollout-aborted': ['Rollout of an app aborted', 'stop', 'bad', (data) => text(data['why'])],
  'apps.rollout-finished': ['Rollout of an app finished', 'check', 'ok'],
  'apps.agent-called': ['Told to the agent', 'wrench', 'warn', (data) => join(text(data['procedure']).replaceAll('_', ' '), text(data['detail']))],
  'apps.terminal-opened': ['Terminal opened', 'terminal', 'warn', (data) => text(data['container'])],
  'apps.terminal-closed': ['Terminal closed', 'terminal', 'idle', (data) => text(data['container'])],
  'identity.user-created': ['User created', 'users', 'info'],
  'identity.grants-listed': ['Grants changed', 'shield', 'idle', (data) => list(data['grants'])],
  'identity.user-disabled': ['User disabled', 'lock', 'warn'],
  'identity.user-enabled': ['User enabled', 'users', 'idle'],
  'identity.user-erased': ['User erased', 'trash', 'idle'],
  'identity.roles-changed': ['Roles changed', 'shield', 'idle', (data) => list(data['roles']).toLowerCase().replaceAll('_', '-')],
  'identity.password-changed': ['Password changed', 'key', 'idle'],
  'identity.token-created': ['API token created', 'key', 'idle', (data) => text(data['name'])],
  'identity.token-revoked': ['API token revoked', 'key', 'warn'],
  'overview.command-refused': ['Refused', 'cross', 'warn', (data) => join(text(data['command']), text(data['code']))],
};

/** Account and name, wherever an event has them. */
function registry(data: Data): string {
  const id = (data['registryId'] ?? data['registry'] ?? (data['databagId'] as Data | undefined)?.['registry']) as Data | undefined;
  return id && typeof id === 'object' ? `${text(id['account'])}/${text(id['name'])}` : text(id);
}

function databag(data: Data): string {
  return join(registry(data), text((data['databagId'] as Data | undefined)?.['layer']));
}

function appWish(data: Data): string {
  const wish = data['wish'] as Data | undefined;
  return join(text(data['place']), text(wish?.['target']).toLowerCase(), text(wish?.['version']));
}

function took(data: Data): string {
  return typeof data['millis'] === 'number' ? `${(data['millis'] / 1000).toFixed(1)} s` : '';
}

function selector(data: Data): string {
  const wish = (data['wish'] as Data | undefined)?.['selector'] as Data | undefined;
  return text(wish?.['board']) || text(wish?.['brdclass']);
}

function groupNumber(data: Data): string {
  return typeof data['group'] === 'number' ? `group ${data['group'] + 1}` : '';
}

function tallies(data: Data): string {
  const sums = { succeeded: 0, failed: 0, canceled: 0 };
  for (const each of Array.isArray(data['tallies']) ? (data['tallies'] as Data[]) : []) {
    for (const key of Object.keys(sums) as (keyof typeof sums)[]) sums[key] += Number(each?.[key] ?? 0) || 0;
  }
  return Object.entries(sums).filter(([, value]) => value > 0).map(([key, value]) => `+${value} ${key}`).join(', ');
}

/** `muster.updates.action-finished.v1` and `updates.ActionFinished` both become `updates.action-finished`. */
export function eventKey(type: string): string {
  const plain = type.replace(/^muster\./, '').replace(/\.v\d+$/, '');
  const dot = plain.indexOf('.');
  const name = plain.slice(dot + 1).replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
  return dot < 0 ? name : `${plain.slice(0, dot)}.${name}`;
}

/** An event in the words of people; an unknown one by its own name. */
export function eventWords(type: string, data: Data): EventWords {
  const key = eventKey(type);
  const entry = KNOWN[key];
  if (entry) return { title: entry[0], icon: entry[1], tone: entry[2], detail: entry[3]?.(data) ?? '' };
  const name = key.slice(key.indexOf('.') + 1).replaceAll('-', ' ');
  return { title: name.charAt(0).toUpperCase() + name.slice(1), icon: 'dot', tone: 'idle', detail: '' };
}

/** All types known here, for the type filter. */
export const EVENT_KEYS = Object.keys(KNOWN);

/** "user:0193…" → "user 0193…"; people read it more easily. */
export function actorWords(actor: string | null | undefined): string {
  if (!actor) return 'system';
  const colon = actor.indexOf(':');
  return colon < 0 ? actor : `${actor.slice(0, colon)} ${actor.slice(colon + 1)}`;
}
