/** ` Did you mean "x"?` when a known name is near, else ''. Differences of case are the nearest. */
export function suggest(name: string, known: Iterable<string>): string {
  const wanted = name.slice(0, maxLength).toLowerCase();
  let best: { name: string; distance: number } | undefined;
  for (const candidate of known) {
    const distance = editDistance(wanted, candidate.toLowerCase());
    if (!best || distance < best.distance) best = { name: candidate, distance };
  }
  if (!best || best.distance > Math.max(1, Math.floor(best.name.length / 3))) return '';
  return ` Did you mean "${best.name}"?`;
}

/** Names are shorter; the rest of a longer text makes it no name. */
const maxLength = 64;

/** Insertions, deletions and substitutions from one to the other. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const substituted = row[j - 1]! + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(substituted, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[to.length]!;
}
