/** Layers of a registry's values: their names in the API, in addresses and for people. In the first load, so it is small. */

export type LayerKind = 'fleet' | 'group' | 'staged' | 'device' | 'actual';

const PLURALS: Record<Exclude<LayerKind, 'fleet'>, string> = { group: 'groups', staged: 'staged', device: 'devices', actual: 'actual' };

/** What a layer is of, as the API names it: `group/site/line` is the group `site/line`. */
export function layerOf(layer: string): { kind: LayerKind; name: string } {
  const slash = layer.indexOf('/');
  return { kind: (slash < 0 ? layer : layer.slice(0, slash)) as LayerKind, name: slash < 0 ? '' : layer.slice(slash + 1) };
}

/** A layer as paths have it, `groups/site~1line`: no server lets an encoded slash through. Not encoded otherwise. */
export function layerPath(layer: string): string {
  const { kind, name } = layerOf(layer);
  if (kind === 'fleet') return 'fleet';
  return `${PLURALS[kind]}/${kind === 'group' ? name.replaceAll('~', '~0').replaceAll('/', '~1') : name}`;
}

/** The layer at such a path, or nothing. */
export function layerAt(path: string): string | undefined {
  if (path === 'fleet') return 'fleet';
  const slash = path.indexOf('/');
  const kind = Object.entries(PLURALS).find(([, plural]) => plural === path.slice(0, slash))?.[0];
  const name = path.slice(slash + 1);
  if (kind === undefined || name === '') return undefined;
  return `${kind}/${kind === 'group' ? name.replaceAll('~1', '/').replaceAll('~0', '~') : name}`;
}

/** A layer for people. */
export function layerWords(layer: string): string {
  const { kind, name } = layerOf(layer);
  switch (kind) {
    case 'fleet': return 'Whole fleet';
    case 'group': return `Group ${name}`;
    case 'staged': return `Rollout ${name}`;
    case 'device': return name;
    case 'actual': return `What ${name} has`;
    default: return layer;
  }
}

/** A wish may be written by people; what a rollout wants is given with the rollout. */
export function isWritable(layer: string): boolean {
  return layerOf(layer).kind !== 'staged';
}
