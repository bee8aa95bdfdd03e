import type { Role } from './chat-shape';

const keptAtEnd = 4;
const leastFolded = 3;

/** Which messages of a long history to fold: all but the instructions at its start and the last few. */
export function planFold(roles: readonly Role[]): { from: number; to: number } | null {
  let from = 0;
  while (from < roles.length && roles[from] === 'system') from++;
  let to = Math.max(from, roles.length - keptAtEnd);
  // An answer of a tool is not torn from the call before it.
  while (to > from && roles[to] === 'tool') to--;
  return to - from >= leastFolded ? { from, to } : null;
}
