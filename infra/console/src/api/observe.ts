import type { DocumentKind } from '../model/documents.ts';
import { KINDS } from '../model/documents.ts';
import { type Call, path } from './call.ts';
import { api } from './http.ts';
import { Problem } from './problem.ts';
import type { Page } from './types.ts';

export interface Finding { path: string; line?: number | null; message: string }
export interface RuleCheck { storable: boolean; template: boolean; findings: Finding[] }

/** A dashboard or rule file, without what it says. */
export interface Doc {
  kind: DocumentKind;
  uid: string;
  id: string;
  sha256: string;
  size: number;
  template: boolean;
  devices: number;
  findings?: Finding[] | null;
  createdAt: string;
  updatedAt: string;
  version: number;
}
export interface DocumentUser { deviceId: string; uid: string }

export type CertificateStatus = 'pending' | 'signed' | 'denied';
export interface Enrolment {
  deviceId: string;
  uid: string;
  address: string;
  publicKey: string;
  uses: Partial<Record<DocumentKind, string[]>>;
  certificate?: CertificateStatus | null;
  enrolledAt: string;
  version: number;
}
export interface Certificate {
  deviceId: string;
  status: CertificateStatus;
  csr: string;
  certificate: string;
  ca: string;
  chain: string;
  createdAt: string;
  updatedAt: string;
  expiresAt?: string | null;
}
export interface LinkGroup { main: string; documents: { document: string; target: string }[] }
export interface DeviceLinks { grafana: LinkGroup; foxglove: LinkGroup; recordings: string }

/** All that is known of how one device is observed. */
export interface Observed { enrolment: Enrolment; certificate: Certificate | undefined; links: DeviceLinks }

export interface EnrolmentBody { uid?: string; address?: string; publicKey?: string; uses?: Partial<Record<DocumentKind, string[]>> }
export interface Decision { status: CertificateStatus; certificate?: string; ca?: string; chain?: string }

/** Changes name the version that was seen; the ETag of these answers also counts what others do, so it is not used. */
const seen = (version: number): string => `"${version}"`;

/** The calls around enrolments, dashboards and alert rules. */
export const observe = {
  /** Null when the device is not enrolled. */
  ofDevice: async (id: string, signal?: AbortSignal): Promise<Observed | null> => {
    const enrolment = await known(api.get<Enrolment>(path`/devices/${id}/enrolment`, {}, signal));
    if (!enrolment) return null;
    const [certificate, links] = await Promise.all([
      enrolment.certificate ? known(api.get<Certificate>(path`/devices/${id}/certificate`, {}, signal)) : undefined,
      known(api.get<DeviceLinks>(path`/devices/${id}/links`, {}, signal)),
    ]);
    // Ended between two of these reads.
    return links ? { enrolment, certificate, links } : null;
  },
  enrolments: (q: string, limit: number, signal?: AbortSignal): Promise<Page<Enrolment>> => api.get('/enrolments', { q, limit }, signal),
  enrol: (id: string, body: EnrolmentBody): Call => ({ method: 'PUT', path: path`/devices/${id}/enrolment`, body }),
  change: (id: string, version: number, body: EnrolmentBody): Call => ({ method: 'PATCH', path: path`/devices/${id}/enrolment`, ifMatch: seen(version), body }),
  end: (id: string, version: number): Call => ({ method: 'DELETE', path: path`/devices/${id}/enrolment`, ifMatch: seen(version) }),
  decide: (id: string, version: number, body: Decision): Call => ({ method: 'PATCH', path: path`/devices/${id}/certificate`, ifMatch: seen(version), body }),

  list: (kind: DocumentKind, query: { q?: string; limit?: number; after?: string }, signal?: AbortSignal): Promise<Page<Doc>> =>
    api.get(path`/documents/${kind}`, { ...query, count: query.after === undefined ? true : undefined }, signal),
  one: (kind: DocumentKind, uid: string, signal?: AbortSignal): Promise<Doc> => api.get(path`/documents/${kind}/${uid}`, {}, signal),
  content: (kind: DocumentKind, uid: string, signal?: AbortSignal): Promise<string> => api.text({ method: 'GET', path: path`/documents/${kind}/${uid}/content` }, signal),
  download: (kind: DocumentKind, uid: string): string => `/api/v1${path`/documents/${kind}/${uid}/content`}`,
  users: (kind: DocumentKind, uid: string, after?: string, signal?: AbortSignal): Promise<Page<DocumentUser>> =>
    api.get(path`/documents/${kind}/${uid}/devices`, { limit: 100, after }, signal),
  preview: (kind: DocumentKind, uid: string, device: string): Call => ({ method: 'GET', path: path`/documents/${kind}/${uid}/preview`, query: { device } }),
  check: (text: string): Call => ({ method: 'POST', path: '/alert-rules:check', file: 'rules.yaml', text }),
  publish: (kind: DocumentKind, uid: string, text: string): Call =>
    ({ method: 'POST', path: path`/documents/${kind}`, query: { uid }, file: fileOf(kind, uid), text }),
  revise: (kind: DocumentKind, uid: string, version: number, text: string): Call =>
    ({ method: 'PUT', path: path`/documents/${kind}/${uid}`, ifMatch: seen(version), file: fileOf(kind, uid), text }),
  remove: (kind: DocumentKind, uid: string, version: number): Call => ({ method: 'DELETE', path: path`/documents/${kind}/${uid}`, ifMatch: seen(version) }),
};

export function fileOf(kind: DocumentKind, uid: string): string {
  return `${uid}.${KINDS[kind].ending}`;
}

/** What is not there, as undefined; every other problem stays one. */
async function known<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (thrown) {
    if (thrown instanceof Problem && thrown.status === 404) return undefined;
    throw thrown;
  }
}
