import type { Device } from '../api/types.ts';

/** A cell that no spreadsheet takes for a formula, and that holds quotes, commas and line ends. */
export function csvCell(value: unknown): string {
  const text = value === null || value === undefined ? '' : String(value);
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const HEAD = ['id', 'name', 'group', 'tags', 'presence', 'updateStatus', 'installedName', 'installedVersion', 'assignedName', 'assignedVersion', 'model', 'revision', 'address', 'lastSeen', 'createdAt'];

export function devicesCsv(devices: Device[]): string {
  const rows = devices.map((each) => [each.id, each.name, each.group, each.tags.join(' '), each.presence, each.updateStatus,
    each.installed?.name, each.installed?.version, each.assigned?.name, each.assigned?.version,
    each.hardware.model, each.hardware.revision, each.address, each.lastSeen, each.createdAt]);
  return `${[HEAD, ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`;
}

/** Hands a text to the browser as a file. */
export function saveAs(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
