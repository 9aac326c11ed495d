import type { Artifact } from '../api/types.ts';

/** What becomes a release when it is saved. */
export interface Draft { name: string; version: string; type: string; notes: string; migrationStep: boolean }

/** A first proposal from what the bundles say of themselves, else from the file's name. */
export function releaseOf(artifacts: Artifact[]): Draft {
  const bundle = artifacts.find((each) => each.bundle)?.bundle;
  const guess = fromFileName(artifacts[0]?.fileName ?? '');
  return {
    name: bundle?.name || guess.name,
    version: bundle?.version || guess.version,
    type: bundle && bundle.format !== 'raw' ? 'os' : 'application',
    notes: bundle?.description ?? '',
    migrationStep: false,
  };
}

/** `base-os-4.2.0.swu` → base-os, 4.2.0 */
export function fromFileName(fileName: string): { name: string; version: string } {
  const stem = fileName.replace(/(\.(tar|img|ext4|squashfs))?\.[a-z][a-z0-9]{0,8}$/i, '');
  const match = /^(.+?)[-_ ]v?(\d+(?:\.\d+)*(?:[-+.~]?[\w.]+)?)$/.exec(stem);
  return match ? { name: match[1]!, version: match[2]! } : { name: stem, version: '' };
}
