import { html } from 'lit';
import type { Device, ReleaseRef } from '../api/types.ts';
import { deviceLink, releaseLink } from '../routes.ts';
import { memory } from '../ui/session.ts';
import { PRESENCE, state, UPDATE } from '../ui/states.ts';
import { tagList } from '../ui/pieces.ts';
import '../ui/time.ts';
import type { Column } from '../ui/vtable.ts';

const release = (ref: ReleaseRef | null | undefined) => (ref ? html`<a class="quiet" href=${releaseLink(ref.id)}><span class="muted">${ref.name}</span> ${ref.version}</a>` : html`<span class="muted">–</span>`);
const text = (value: string | null | undefined) => value || html`<span class="muted">–</span>`;

/** Every column the fleet table can show; attributes and metadata come on top by name. */
export const COLUMNS: Column<Device>[] = [
  { key: 'id', label: 'Device', width: 'minmax(170px, 1.6fr)', sort: 'id', render: (device) => html`<a href=${deviceLink(device.id)}>${device.id}</a>` },
  { key: 'name', label: 'Name', width: 'minmax(130px, 1.2fr)', sort: 'name', render: (device) => (device.name === device.id ? html`<span class="muted">–</span>` : text(device.name)) },
  { key: 'presence', label: 'Presence', width: '120px', sort: 'presence', render: (device) => state(PRESENCE, device.presence) },
  { key: 'updateStatus', label: 'Update', width: '120px', sort: 'updateStatus', render: (device) => state(UPDATE, device.updateStatus) },
  { key: 'group', label: 'Group', width: 'minmax(100px, 0.9fr)', sort: 'group', render: (device) => text(device.group) },
  { key: 'installed', label: 'Confirmed software', width: 'minmax(150px, 1.2fr)', sort: 'installed.version', render: (device) => release(device.installed) },
  { key: 'assigned', label: 'Assigned software', width: 'minmax(150px, 1.2fr)', sort: 'assigned.version', render: (device) => release(device.assigned) },
  { key: 'lastSeen', label: 'Last seen', width: '110px', sort: 'lastSeen', render: (device) => html`<m-time .at=${device.lastSeen}></m-time>` },
  { key: 'tags', label: 'Tags', width: 'minmax(120px, 1fr)', render: (device) => tagList(device.tags) },
  { key: 'hardware', label: 'Hardware', width: 'minmax(130px, 1fr)', render: (device) => `${device.hardware.model} ${device.hardware.revision}` },
  { key: 'address', label: 'Address', width: 'minmax(120px, 0.9fr)', sort: 'address', render: (device) => text(device.address) },
  { key: 'origin', label: 'Origin', width: '120px', render: (device) => device.origin },
  { key: 'createdAt', label: 'Registered', width: '120px', sort: 'createdAt', render: (device) => html`<m-time .at=${device.createdAt}></m-time>` },
];

const DEFAULT = ['id', 'presence', 'updateStatus', 'group', 'installed', 'assigned', 'lastSeen', 'tags'];

/** The columns this browser has chosen, in the order of the catalogue. */
export function chosenColumns(): string[] {
  try {
    const stored: unknown = JSON.parse(memory.read('fleet.columns') ?? '');
    if (Array.isArray(stored)) {
      const known = stored.filter((each): each is string => typeof each === 'string' && (COLUMNS.some((column) => column.key === each) || isDetail(each)));
      if (known.length > 0) return ['id', ...known.filter((each) => each !== 'id')];
    }
  } catch {
    // Nothing chosen yet, or not readable.
  }
  return DEFAULT;
}

export function keepColumns(keys: string[]): void {
  memory.keep('fleet.columns', JSON.stringify(keys));
}

const isDetail = (key: string): boolean => /^(attributes|metadata)\..+/.test(key);

export function columnsOf(keys: string[], sortable: ReadonlySet<string>): Column<Device>[] {
  const plain = COLUMNS.filter((each) => keys.includes(each.key)).map((each) => {
    if (each.sort === undefined || sortable.size === 0 || sortable.has(each.sort.toLowerCase())) return each;
    const { sort: _, ...unsorted } = each;
    return unsorted;
  });
  const details = keys.filter(isDetail).map((key): Column<Device> => {
    const [kind, name] = [key.slice(0, key.indexOf('.')) as 'attributes' | 'metadata', key.slice(key.indexOf('.') + 1)];
    return { key, label: name, width: 'minmax(110px, 1fr)', render: (device) => text(device[kind][name]) };
  });
  return [...plain, ...details];
}
