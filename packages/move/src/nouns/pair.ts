/** Things that have other ids here than there, found again by what they are. */
export interface Pair<There, Here> {
  there: There;
  /** undefined: there is none yet. */
  here: Here | undefined;
}

/**
 * Pairs each thing of there with one of here: by the ids that are known, else with one that is the same and has no
 * partner yet. So what is there twice is to be here twice.
 */
export function pairUp<There extends { id: string }, Here extends { id: string }>(
  there: readonly There[],
  here: readonly Here[],
  known: ReadonlyMap<string, string>,
  keyOfThere: (item: There) => string,
  keyOfHere: (item: Here) => string,
): Pair<There, Here>[] {
  const byId = new Map(here.map((item) => [item.id, item]));
  const partners = new Map<string, Here>();
  const taken = new Set<string>();
  for (const item of there) {
    const partner = byId.get(known.get(item.id) ?? '');
    if (!partner || taken.has(partner.id)) continue;
    partners.set(item.id, partner);
    taken.add(partner.id);
  }
  const free = new Map<string, Here[]>();
  for (const item of here) {
    if (taken.has(item.id)) continue;
    const key = keyOfHere(item);
    free.set(key, [...(free.get(key) ?? []), item]);
  }
  return there.map((item) => ({
    there: item,
    here: partners.get(item.id) ?? free.get(keyOfThere(item))?.shift(),
  }));
}

/** JSON text in which the order of keys does not matter. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const entries = Object.entries(value)
    .filter(([, member]) => member !== undefined && member !== null)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(',')}}`;
}
