/** The words of `/api/v1` that the console reads. Unknown members are ignored, as the API asks of its readers. */

export type Presence = 'never-seen' | 'online' | 'overdue';
export type UpdateStatus = 'unknown' | 'registered' | 'pending' | 'in-sync' | 'error';
export type ActionType = 'forced' | 'soft' | 'time-forced' | 'download-only';
export type ActionStatus =
  | 'wait-for-confirmation' | 'running' | 'retrieved' | 'download' | 'downloaded' | 'warning'
  | 'canceling' | 'cancel-rejected' | 'canceled' | 'installed' | 'finished' | 'error';
export type RolloutState = 'creating' | 'waiting-for-approval' | 'approval-denied' | 'ready' | 'running' | 'paused' | 'stopped' | 'finished';
export type GroupState = 'scheduled' | 'running' | 'finished' | 'error';

export interface Me {
  kind: 'user' | 'token' | 'oidc';
  id: string;
  name: string;
  roles: string[];
  permissions: string[];
  demo: boolean;
  version?: string;
}

export interface ReleaseRef { id: string; name: string; version: string }
export interface Hardware { model: string; revision: string }

export interface Device {
  id: string;
  name: string;
  group?: string | null;
  tags: string[];
  attributes: Record<string, string>;
  metadata: Record<string, string>;
  address?: string | null;
  origin: string;
  createdAt: string;
  version: number;
  lastSeen?: string | null;
  presence: Presence;
  updateStatus: UpdateStatus;
  assigned?: ReleaseRef | null;
  installed?: ReleaseRef | null;
  action?: number | null;
  actions: number[];
  hardware: Hardware;
  attributesRequested: boolean;
  hasToken: boolean;
  autoConfirm: boolean;
  /** Why it is kept from rollouts and standing assignments. */
  heldBack?: string | null;
}

export interface Page<T> { items: T[]; next?: string | null; count?: number | null }

export interface FleetField { name: string; aliases?: string[]; kind?: string; sortable?: boolean; values?: string[] }
export interface FleetSummary {
  devices: number;
  presence: Partial<Record<Presence, number>>;
  updateStatus: Partial<Record<UpdateStatus, number>>;
  versions?: { name: string; version: string; count: number }[];
}

export interface MaintenanceWindow { schedule: string; duration: string; zone: string }
export interface ActionEntry {
  status: ActionStatus;
  at: string;
  code?: number | null;
  messages: string[];
  deviceTime?: number | null;
  /** What the word means. */
  meaning?: string | null;
}
export interface Action {
  deviceId: string;
  action: number;
  release: ReleaseRef;
  type: ActionType;
  forcedAt?: string | null;
  weight?: number | null;
  window?: MaintenanceWindow | null;
  status: ActionStatus;
  active: boolean;
  timedOut?: boolean | null;
  rollout?: string | null;
  group?: number | null;
  createdAt: string;
  changedAt: string;
  code?: number | null;
  done?: number | null;
  of?: number | null;
  /** Which try this is, from 1, and how many there are at most. */
  attempt?: number | null;
  attempts?: number | null;
  retryAt?: string | null;
  /** By when the device must report the release's version. */
  provenBy?: string | null;
  reportedVersion?: string | null;
  before?: ReleaseRef | null;
  /** The rollout that this undoes. */
  rollsBack?: string | null;
  /** What its status means for whoever looks at it. */
  meaning?: string | null;
  entries: ActionEntry[];
}

export interface TimelineItem { at: string; type: string; actor?: string | null; data: Record<string, unknown>; position?: number }

export interface BundleImage { file: string; size: number; sha256?: string | null; type?: string | null }
export interface BundleFacts {
  format: 'swu' | 'rauc' | 'raw';
  name?: string | null;
  version: string;
  description?: string | null;
  compatibility: Hardware[];
  images: BundleImage[];
  /** `present`: there is one that the server could not judge. */
  signature: 'absent' | 'valid' | 'untrusted' | 'present';
  signer?: string | null;
  signatureProblem?: string | null;
  encrypted: boolean;
  warnings: string[];
}
export interface Artifact { fileName: string; sha256: string; sha1: string; md5: string; size: number; storedAt?: string; bundle?: BundleFacts | null; /** Where devices get it from, if not from here. */ url?: string | null }
export interface Metadatum { key: string; value: string; visible: boolean }
export interface SoftwareModule {
  number: number;
  type: string;
  name: string;
  version: string;
  encrypted: boolean;
  artifacts: Artifact[];
  metadata: Metadatum[];
  compatibility: Hardware[];
}
export interface Release {
  id: string;
  name: string;
  version: string;
  modules: SoftwareModule[];
  migrationStep: boolean;
  notes?: string | null;
  createdAt: string;
  valid: boolean;
  revision?: number;
  devicesInstalled?: number;
  devicesAssigned?: number;
}

export interface GroupPlan {
  name: string;
  /** 0 with a count. */
  percent: number;
  successPercent: number;
  errorPercent: number;
  count?: number | null;
  filter?: string | null;
  /** Everything pauses once it has succeeded, so that somebody looks before the next one starts. */
  pauseAfter?: boolean | null;
}
export type PauseCause = 'operator' | 'group-succeeded' | 'error-threshold';
/** A pause as somebody saw it: why, and the index of the newest group that had started. */
export interface SeenPause { pauseCause: PauseCause; group?: number }
/** How careful a rollout is; what is not there is not asked for. */
export interface RolloutPolicy {
  approval: boolean;
  rate?: { perMinute: number; growth?: number | null; perMinuteMax?: number | null } | null;
  retry?: { times: number; after: string; factor: number } | null;
  healthyWithin?: string | null;
  joining?: { groupSize: number; successPercent: number; errorPercent: number } | null;
  rollback?: RollbackScope | null;
  retryOf?: string | null;
}
export type RollbackScope = 'failed' | 'all';
export interface RolloutPlan {
  name: string;
  release: ReleaseRef;
  filter: string;
  groups: GroupPlan[];
  type: ActionType;
  forcedAt?: string | null;
  weight?: number | null;
  window?: MaintenanceWindow | null;
  confirm: boolean;
  startAt?: string | null;
  timeout?: string | null;
  policy?: RolloutPolicy | null;
}
export interface RolloutGroup {
  name: string;
  state: GroupState;
  size: number;
  offered: number;
  skipped: number;
  succeeded: number;
  failed: number;
  canceled: number;
  /** Of those under way: failed, and will be tried again. */
  retrying?: number;
  /** Of those under way: installed, and must prove their health. */
  verifying?: number;
  /** It was added for devices that joined. */
  joined?: boolean;
  successPercent: number;
  errorPercent: number;
  /** Everything pauses once it has succeeded, so that somebody looks before the next one starts. */
  pauseAfter?: boolean;
}
export interface RolloutReason { /** Of failures that differ in numbers only. */ key?: string; message: string; count: number; devices: string[]; code?: number | null }
export interface RolloutDecision { approved: boolean; by: string; remark?: string | null; at: string }
export interface RolloutRollback { scope: RollbackScope; automatic: boolean; startedAt: string; endedAt?: string | null; devices?: number | null }
export interface RolloutPoint { at: string; offered: number; succeeded: number; failed: number; canceled: number }
export interface Rollout {
  id: string;
  plan: RolloutPlan;
  state: RolloutState;
  pauseCause?: PauseCause | null;
  groups: RolloutGroup[];
  incompatible: number;
  by?: string | null;
  decision?: RolloutDecision | null;
  stopCause?: 'release-invalidated' | 'rolled-back' | 'operator' | null;
  rollback?: RolloutRollback | null;
  /** Devices that match later still join. */
  open?: boolean;
  /** So many of the oldest joined groups are summed up in the one after the planned ones. */
  earlier?: number;
  reasons: RolloutReason[];
  progress: RolloutPoint[];
  createdAt: string;
  startedAt?: string | null;
  endedAt?: string | null;
  version: number;
}
export type MemberStatus = 'waiting' | 'running' | 'succeeded' | 'failed' | 'canceled' | 'gone';
export interface RolloutDevice {
  id: string;
  name?: string | null;
  /** Index of its group, from 0. */
  group: number;
  status: MemberStatus;
  action?: number | null;
  actionStatus?: ActionStatus | null;
  changedAt?: string | null;
  code?: number | null;
  /** The device's newest line. */
  message?: string | null;
}
export interface RolloutPreview {
  matching: number;
  incompatible: number;
  members: number;
  groups: { name: string; size: number }[];
  /** Members that no group takes. */
  leftOver?: number;
  excluded?: PreviewExclusion[];
  warnings?: string[];
  /** How long offering takes at the chosen rate when no gate holds it up. */
  offeredWithin?: string | null;
  sample: Device[];
}
/** Devices that the filter hits and that do not get the release, or not at once, by why. */
export interface PreviewExclusion { reason: string; count: number; text: string; sample: string[] }

export interface RolloutTotals { members: number; offered: number; skipped: number; succeeded: number; failed: number; canceled: number; retrying: number; verifying: number }
/** Durations count from the start. */
export interface ComparedSide { id: string; name: string; state: RolloutState; totals: RolloutTotals; /** Of those that ended, 0 to 1. */ success?: number | null; half?: string | null; most?: string | null; took?: string | null }
export interface RolloutComparison {
  a: ComparedSide;
  b: ComparedSide;
  /** What they were meant to do differently. */
  plan: { part: string; a?: string | null; b?: string | null }[];
  reasons: { key: string; message: string; code?: number | null; a: number; b: number; change: 'new' | 'gone' | 'both' }[];
}

/** Why a device is, or is not, updated: the rules in the order in which they were asked. */
export interface Why { summary: string; steps: WhyStep[] }
export interface WhyStep { rule: string; outcome: 'applies' | 'passes' | 'blocks'; text: string; link?: string | null }
export interface AutoAssignment {
  id: string;
  name: string;
  filter: string;
  release?: ReleaseRef | null;
  releaseName?: string | null;
  latest?: boolean;
  type: ActionType;
  weight?: number | null;
  createdAt?: string;
}

export interface CloudEvent {
  id: string;
  source: string;
  type: string;
  subject: string;
  time: string;
  sequence?: string | number;
  partitionkey?: string;
  actor?: string | null;
  data: Record<string, unknown>;
}

export interface User { id: string; username: string; roles: string[]; enabled: boolean; createdAt?: string }
export interface Role { name: string; permissions: string[] }
export interface Token {
  id: string;
  name: string;
  prefix: string;
  scopes: string[];
  expiresAt: string;
  createdAt?: string;
  lastUsedAt?: string | null;
  owner?: string;
  revoked?: boolean;
  /** Only in the answer that creates it. */
  token?: string;
}

export interface UpdateSettings {
  pollingTime: string;
  targetToken: boolean;
  gatewayToken: boolean;
  certificateHeader: boolean;
  authorities: string[];
  trust: 'registered' | 'strict' | 'lax' | 'setup' | 'external';
  external?: { url: string; bearer: boolean; jsonKey: string } | null;
  confirmationFlow: boolean;
  autoClose: boolean;
  windowPollCount: number;
  trackAddress: boolean;
  openDownloads: boolean;
  publicBaseUrl?: string | null;
  downloadBaseUrl?: string | null;
  rolloutApproval?: boolean | null;
}

export interface AuditItem {
  position: number;
  at: string;
  actor?: string | null;
  address?: string | null;
  command?: string | null;
  target?: string | null;
  outcome: 'accepted' | 'refused';
  code?: string | null;
  correlation?: string | null;
  reason?: string | null;
  event?: string | null;
  /** Of a run of the setup script: how it ended, how long it took, what its words are read by. */
  data?: Record<string, unknown> | null;
}
