/** Where an app can be wanted: a project, a group of devices, one device. */

export type PlaceKind = 'project' | 'group' | 'device';
/** As the API names it: `project/1`, `group/site/line`, `device/robot-7`. */
export type PlaceText = string;

const KINDS: PlaceKind[] = ['project', 'group', 'device'];

/** What a place is; undefined for what is none, such as a rollout. */
export function placeOf(text: PlaceText): { kind: PlaceKind; name: string } | undefined {
  const slash = text.indexOf('/');
  const kind = KINDS.find((each) => each === text.slice(0, slash));
  const name = text.slice(slash + 1);
  return slash < 0 || kind === undefined || name === '' ? undefined : { kind, name };
}

/** A place in an address of the API: `/groups/site~1line`, for no server lets an encoded slash through. */
export function placePath(text: PlaceText): string {
  const place = placeOf(text);
  if (!place) throw new Error(`${text} is no place`);
  const name = place.kind === 'group' ? place.name.replaceAll('~', '~0').replaceAll('/', '~1') : place.name;
  return `/${place.kind}s/${encodeURIComponent(name)}`;
}

/** A place, or the rollout that says something, for people. */
export function placeWords(text: PlaceText, projects: ReadonlyMap<string, string> = new Map()): string {
  if (text.startsWith('rollout/')) return 'a rollout';
  const place = placeOf(text);
  switch (place?.kind) {
    case 'project': return `Project ${projects.get(place.name) ?? place.name}`;
    case 'group': return `Group ${place.name}`;
    case 'device': return place.name;
    default: return text;
  }
}
