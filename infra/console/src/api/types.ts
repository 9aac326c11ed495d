/** The words of `/api/v1` that the console reads. Unknown members are ignored, as the API asks of its readers. */

export type Presence = 'never-seen' | 'online' | 'overdue';
export type UpdateStatus = 'unknown' | 'registered' | 'pending' | 'in-sync' | 'error';
export type ActionType = 'forced' | 'soft' | 'time-forced' | 'download-only';
export type ActionStatus =
  | 'wait-for-confirmation' | 'running' | 'retrieved' | 'download' | 'downloaded' | 'warning'
  | 'canceling' | 'cancel-rejected' | 'canceled' | 'finished' | 'installed' | 'error';
export type RolloutState = 'creating' | 'ready' | 'running' | 'paused' | 'stopped' | 'finished';
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
  attempt?: number | null;
  attempts?: number | null;
  retryAt?: string | null;
  provenBy?: string | null;
  reportedVersion?: string | null;
  before?: ReleaseRef | null;
  rollsBack?: string | null;
  meaning?: string | null;
  entries: ActionEntry[];
}

export interface TimelineItem { at: string; type: string; actor?: string | null; data: Record<string, unknown>; position?: number }

export interface BundleImage { file: string; size: number; sha256?: string | null; type?: string | null }
export interface BundleFacts {
  format: 'swu' | 'raw';
  name?: string | null;
  version: string;
  description?: string | null;
  compatibility: Hardware[];
  images: BundleImage[];
  signature: 'absent' | 'present';
  encrypted: boolean;
  warnings: string[];
}
export interface Artifact { fileName: string; sha256: string; sha1: string; md5: string; size: number; storedAt?: string; bundle?: BundleFacts | null }
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

export interface GroupPlan { name: string; percent: number; successPercent: number; errorPercent: number }
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
  successPercent: number;
  errorPercent: number;
}
export interface RolloutReason { message: string; count: number; devices: string[] }
export interface RolloutPoint { at: string; offered: number; succeeded: number; failed: number; canceled: number }
export interface Rollout {
  id: string;
  plan: RolloutPlan;
  state: RolloutState;
  pauseCause?: 'operator' | 'error-threshold' | null;
  groups: RolloutGroup[];
  incompatible: number;
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
  sample: Device[];
}
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
