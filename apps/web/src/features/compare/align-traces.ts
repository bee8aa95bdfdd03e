/** What the alignment looks at; everything else of an observation is the screen's. */
export interface AlignedInput {
  id: string;
  parentObservationId: string | null;
  type: string;
  name: string;
  startOffsetUs: number;
}

/** One row of a comparison: the same step on both sides, or a step that one side alone has. */
export interface AlignedPair<T> {
  left: T | null;
  right: T | null;
  depth: number;
}

/** Cells of the table in which siblings are matched; beyond it they are matched in order of arrival. */
export const maxAlignmentCells = 1_000_000;

/**
 * Aligns two traces by structure: roots with roots, then the children of each matched pair, by type and name,
 * in the order of their starts (longest common subsequence). A step that only one side has keeps its place
 * and brings its whole subtree. Every observation is in exactly one row; cycles and lost parents are roots.
 */
export function alignTraces<T extends AlignedInput>(
  left: readonly T[],
  right: readonly T[],
): AlignedPair<T>[] {
  const before = listChildren(left);
  const after = listChildren(right);
  const rows: AlignedPair<T>[] = [];
  // A stack instead of recursion: agents nest thousands deep.
  const stack: AlignedPair<T>[] = matchSiblings(before.roots, after.roots, 0).reverse();
  for (let pair = stack.pop(); pair; pair = stack.pop()) {
    rows.push(pair);
    const children = matchSiblings(
      pair.left ? (before.childrenOf.get(pair.left.id) ?? []) : [],
      pair.right ? (after.childrenOf.get(pair.right.id) ?? []) : [],
      pair.depth + 1,
    );
    for (const child of children.reverse()) stack.push(child);
  }
  return rows;
}

function listChildren<T extends AlignedInput>(observations: readonly T[]) {
  const sorted = [...observations].sort(
    (a, b) => a.startOffsetUs - b.startOffsetUs || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  );
  const byId = new Map(sorted.map((each) => [each.id, each]));
  const childrenOf = new Map<string, T[]>();
  const roots: T[] = [];
  for (const each of sorted) {
    const parent = each.parentObservationId;
    if (parent === null || !byId.has(parent)) roots.push(each);
    else {
      const siblings = childrenOf.get(parent);
      if (siblings) siblings.push(each);
      else childrenOf.set(parent, [each]);
    }
  }
  // What hangs in a cycle is reached from no root: the first of each cycle becomes one, its link cut.
  const reached = new Set<string>();
  const reach = (from: T) => {
    const stack = [from];
    for (let next = stack.pop(); next; next = stack.pop()) {
      reached.add(next.id);
      const children = (childrenOf.get(next.id) ?? []).filter((child) => !reached.has(child.id));
      childrenOf.set(next.id, children);
      stack.push(...children);
    }
  };
  for (const root of roots) reach(root);
  for (const each of sorted) {
    if (reached.has(each.id)) continue;
    roots.push(each);
    reach(each);
  }
  return { roots, childrenOf };
}

const keyOf = (observation: AlignedInput): string => `${observation.type}\n${observation.name}`;

function matchSiblings<T extends AlignedInput>(
  left: readonly T[],
  right: readonly T[],
  depth: number,
): AlignedPair<T>[] {
  const pairs: AlignedPair<T>[] = [];
  const isHuge = left.length * right.length > maxAlignmentCells;
  const common = isHuge ? matchInOrder(left, right) : matchLongest(left, right);
  let l = 0;
  let r = 0;
  for (const [nextLeft, nextRight] of [...common, [left.length, right.length] as const]) {
    while (l < nextLeft) pairs.push({ left: left[l++] ?? null, right: null, depth });
    while (r < nextRight) pairs.push({ left: null, right: right[r++] ?? null, depth });
    if (l < left.length && r < right.length)
      pairs.push({ left: left[l++] ?? null, right: right[r++] ?? null, depth });
  }
  return pairs;
}

type Match = readonly [left: number, right: number];

function matchLongest(left: readonly AlignedInput[], right: readonly AlignedInput[]): Match[] {
  const width = right.length + 1;
  const lengths = new Uint32Array((left.length + 1) * width);
  const leftKeys = left.map(keyOf);
  const rightKeys = right.map(keyOf);
  const at = (l: number, r: number) => lengths[l * width + r] ?? 0;
  for (let l = left.length - 1; l >= 0; l--) {
    for (let r = right.length - 1; r >= 0; r--) {
      lengths[l * width + r] =
        leftKeys[l] === rightKeys[r] ? at(l + 1, r + 1) + 1 : Math.max(at(l + 1, r), at(l, r + 1));
    }
  }
  const matches: Match[] = [];
  for (let l = 0, r = 0; l < left.length && r < right.length; ) {
    if (leftKeys[l] === rightKeys[r]) matches.push([l++, r++]);
    else if (at(l + 1, r) >= at(l, r + 1)) l++;
    else r++;
  }
  return matches;
}

/** Each step with the next of its kind on the other side; linear. */
function matchInOrder(left: readonly AlignedInput[], right: readonly AlignedInput[]): Match[] {
  const places = new Map<string, number[]>();
  for (const [index, each] of right.entries()) {
    const list = places.get(keyOf(each));
    if (list) list.push(index);
    else places.set(keyOf(each), [index]);
  }
  const next = new Map<string, number>();
  const matches: Match[] = [];
  let least = 0;
  for (const [index, each] of left.entries()) {
    const list = places.get(keyOf(each)) ?? [];
    let cursor = next.get(keyOf(each)) ?? 0;
    while (cursor < list.length && (list[cursor] ?? 0) < least) cursor++;
    const place = list[cursor];
    next.set(keyOf(each), cursor);
    if (place === undefined) continue;
    matches.push([index, place]);
    least = place + 1;
  }
  return matches;
}
