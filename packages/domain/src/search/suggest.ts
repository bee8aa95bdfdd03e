import { distance } from 'fastest-levenshtein';

const maxSuggestions = 2;

/** Those of the names that a slip of the fingers makes of this one, the nearest first. */
export function nearestNames(name: string, names: readonly string[]): string[] {
  const wanted = name.toLowerCase().slice(0, 40);
  const allowed = Math.max(1, Math.floor((wanted.length - 1) / 2));
  return names
    .map((candidate) => ({
      candidate,
      far: candidate.startsWith(wanted) && wanted.length > 2 ? 0.5 : distance(wanted, candidate),
    }))
    .filter(({ far }) => far <= allowed)
    .sort((a, b) => a.far - b.far || a.candidate.localeCompare(b.candidate))
    .slice(0, maxSuggestions)
    .map(({ candidate }) => candidate);
}
