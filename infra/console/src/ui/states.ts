import { html, type TemplateResult } from 'lit';
import type { ActionStatus, ActionType, GroupState, MemberStatus, Presence, RolloutState, UpdateStatus } from '../api/types.ts';
import type { AgentStatus, AppState, AppTarget, Condition } from '../api/apps.ts';
import type { BoardState, RequestState } from '../api/lab.ts';
import type { Access, ConfigRolloutState } from '../api/config.ts';
import type { CertificateStatus } from '../api/observe.ts';
import { words } from '../model/format.ts';
import type { LayerKind } from '../model/layers.ts';
import { icon, type IconName } from './icons.ts';

/** How a state looks: always a shape and a word beside its colour. */
export interface Look { tone: 'ok' | 'warn' | 'bad' | 'info' | 'idle'; icon: IconName; label: string }

export const PRESENCE: Record<Presence, Look> = {
  online: { tone: 'ok', icon: 'dot', label: 'Online' },
  overdue: { tone: 'warn', icon: 'half', label: 'Overdue' },
  'never-seen': { tone: 'idle', icon: 'dashed', label: 'Never seen' },
};

export const UPDATE: Record<UpdateStatus, Look> = {
  'in-sync': { tone: 'ok', icon: 'check', label: 'In sync' },
  pending: { tone: 'info', icon: 'arrows', label: 'Pending' },
  error: { tone: 'bad', icon: 'alert', label: 'Error' },
  registered: { tone: 'idle', icon: 'ring', label: 'Registered' },
  unknown: { tone: 'idle', icon: 'dashed', label: 'Unknown' },
};

export const ACTION: Record<ActionStatus, Look> = {
  'wait-for-confirmation': { tone: 'warn', icon: 'clock', label: 'Waits for consent' },
  running: { tone: 'info', icon: 'arrows', label: 'Running' },
  retrieved: { tone: 'info', icon: 'arrows', label: 'Retrieved' },
  download: { tone: 'info', icon: 'down', label: 'Downloading' },
  downloaded: { tone: 'info', icon: 'down', label: 'Downloaded' },
  warning: { tone: 'warn', icon: 'alert', label: 'Warning' },
  canceling: { tone: 'warn', icon: 'clock', label: 'Cancelling' },
  'cancel-rejected': { tone: 'warn', icon: 'alert', label: 'Cancel refused' },
  canceled: { tone: 'idle', icon: 'cross', label: 'Cancelled' },
  installed: { tone: 'info', icon: 'clock', label: 'Installed, proof awaited' },
  finished: { tone: 'ok', icon: 'check', label: 'Finished' },
  error: { tone: 'bad', icon: 'alert', label: 'Failed' },
};

export const ROLLOUT: Record<RolloutState, Look> = {
  creating: { tone: 'idle', icon: 'clock', label: 'Planning' },
  'waiting-for-approval': { tone: 'warn', icon: 'clock', label: 'Waits for approval' },
  'approval-denied': { tone: 'bad', icon: 'cross', label: 'Approval denied' },
  ready: { tone: 'info', icon: 'ring', label: 'Ready' },
  running: { tone: 'info', icon: 'play', label: 'Running' },
  paused: { tone: 'warn', icon: 'pause', label: 'Paused' },
  stopped: { tone: 'bad', icon: 'stop', label: 'Stopped' },
  finished: { tone: 'ok', icon: 'check', label: 'Finished' },
};

/** A rollout of values gives them to its target at the end. */
export const CONFIG_ROLLOUT: Record<ConfigRolloutState, Look> = { ...ROLLOUT, finishing: { tone: 'info', icon: 'clock', label: 'Finishing' } };

export const GROUP: Record<GroupState, Look> = {
  scheduled: { tone: 'idle', icon: 'ring', label: 'Waiting' },
  running: { tone: 'info', icon: 'play', label: 'Running' },
  finished: { tone: 'ok', icon: 'done', label: 'Passed' },
  error: { tone: 'bad', icon: 'alert', label: 'Failed' },
};

export const MEMBER: Record<MemberStatus, Look> = {
  waiting: { tone: 'idle', icon: 'ring', label: 'Waiting' },
  running: { tone: 'info', icon: 'arrows', label: 'Under way' },
  succeeded: { tone: 'ok', icon: 'check', label: 'Succeeded' },
  failed: { tone: 'bad', icon: 'alert', label: 'Failed' },
  canceled: { tone: 'idle', icon: 'cross', label: 'Cancelled' },
  gone: { tone: 'idle', icon: 'dashed', label: 'Left the fleet' },
};

export const CERTIFICATE: Record<CertificateStatus, Look> = {
  pending: { tone: 'warn', icon: 'clock', label: 'Waits for a signer' },
  signed: { tone: 'ok', icon: 'shield', label: 'Signed' },
  denied: { tone: 'bad', icon: 'cross', label: 'Denied' },
};

export const BOARD: Record<BoardState, Look> = {
  free: { tone: 'ok', icon: 'ring', label: 'Free' },
  preparing: { tone: 'info', icon: 'arrows', label: 'Preparing' },
  reserved: { tone: 'info', icon: 'lock', label: 'Reserved' },
  releasing: { tone: 'info', icon: 'out', label: 'Releasing' },
  faulty: { tone: 'bad', icon: 'alert', label: 'Faulty' },
  maintenance: { tone: 'warn', icon: 'wrench', label: 'Maintenance' },
};

export const REQUEST: Record<RequestState, Look> = {
  waiting: { tone: 'info', icon: 'clock', label: 'Waiting' },
  granted: { tone: 'info', icon: 'arrows', label: 'Getting ready' },
  fulfilled: { tone: 'ok', icon: 'check', label: 'Fulfilled' },
  failed: { tone: 'bad', icon: 'alert', label: 'Failed' },
  cancelled: { tone: 'idle', icon: 'cross', label: 'Cancelled' },
  expired: { tone: 'warn', icon: 'clock', label: 'Waited too long' },
};

export const LAYERS: Record<LayerKind, Look> = {
  fleet: { tone: 'info', icon: 'fleet', label: 'Fleet' },
  group: { tone: 'info', icon: 'group', label: 'Group' },
  staged: { tone: 'info', icon: 'rollouts', label: 'Rollout' },
  device: { tone: 'info', icon: 'board', label: 'Device' },
  actual: { tone: 'idle', icon: 'dot', label: 'As it is' },
};

export const OUTCOME: Record<'applied' | 'failed', Look> = {
  applied: { tone: 'ok', icon: 'check', label: 'Applied' },
  failed: { tone: 'bad', icon: 'alert', label: 'Failed' },
};

export const ACCESS: Record<Access, Look> = {
  read: { tone: 'idle', icon: 'eye', label: 'read' },
  write: { tone: 'idle', icon: 'lock', label: 'write' },
  'read-write': { tone: 'idle', icon: 'edit', label: 'read and write' },
};

export const AGENT: Record<AgentStatus, Look> = {
  'never-seen': { tone: 'idle', icon: 'dashed', label: 'Never seen' },
  configuring: { tone: 'info', icon: 'arrows', label: 'Starting up' },
  connected: { tone: 'ok', icon: 'dot', label: 'Connected' },
  emergency: { tone: 'bad', icon: 'alert', label: 'Disk is full' },
  disconnected: { tone: 'warn', icon: 'unplugged', label: 'Away' },
};

export const CONDITION: Record<Condition, Look> = {
  'in-step': { tone: 'ok', icon: 'check', label: 'As wanted' },
  behind: { tone: 'warn', icon: 'clock', label: 'Behind' },
  'under-way': { tone: 'info', icon: 'arrows', label: 'Under way' },
  held: { tone: 'idle', icon: 'pause', label: 'Called off' },
  'no-release': { tone: 'warn', icon: 'alert', label: 'No release fits' },
  failed: { tone: 'bad', icon: 'alert', label: 'Failed' },
  'crash-loop': { tone: 'bad', icon: 'refresh', label: 'Crashes again and again' },
};

export const TARGET: Record<AppTarget, Look> = {
  running: { tone: 'ok', icon: 'play', label: 'Running' },
  present: { tone: 'idle', icon: 'pause', label: 'Installed, not running' },
  removed: { tone: 'idle', icon: 'cross', label: 'Removed, data kept' },
  uninstalled: { tone: 'idle', icon: 'trash', label: 'Gone with its data' },
};

const UNDER_WAY = (label: string): Look => ({ tone: 'info', icon: 'arrows', label });
export const APP_STATE: Record<AppState, Look> = {
  running: { tone: 'ok', icon: 'play', label: 'Running' },
  present: { tone: 'idle', icon: 'pause', label: 'Stopped' },
  removed: { tone: 'idle', icon: 'cross', label: 'Removed' },
  uninstalled: { tone: 'idle', icon: 'ring', label: 'Not installed' },
  failed: { tone: 'bad', icon: 'alert', label: 'Failed' },
  building: UNDER_WAY('Building'), built: { tone: 'ok', icon: 'done', label: 'Built' },
  transfering: UNDER_WAY('Uploading'), transfered: { tone: 'ok', icon: 'up', label: 'Uploaded' },
  publishing: UNDER_WAY('Publishing'), published: { tone: 'ok', icon: 'done', label: 'Published' },
  downloading: UNDER_WAY('Downloading'), starting: UNDER_WAY('Starting'), stopping: UNDER_WAY('Stopping'), updating: UNDER_WAY('Updating'), deleting: UNDER_WAY('Deleting'),
};

export const ACTION_TYPES: Record<ActionType, string> = {
  forced: 'Forced – install as soon as the device hears of it',
  soft: 'Soft – the device chooses when',
  'time-forced': 'Soft until a time, forced after it',
  'download-only': 'Download only – do not install',
};

/** A state with its shape and word; `pill` with a tinted ground. Unknown states are shown as they come. */
export function state<K extends string>(looks: Record<K, Look>, key: string | null | undefined, pill = false): TemplateResult {
  const look = looks[key as K] ?? { tone: 'idle', icon: 'dashed', label: words(key ?? 'none') };
  return html`<span class="state ${look.tone} ${pill ? 'pill' : ''}">${icon(look.icon, pill ? 14 : 15)}${look.label}</span>`;
}
