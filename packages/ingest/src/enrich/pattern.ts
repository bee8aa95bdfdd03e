import { RE2JS } from 're2js';

/** Instructions of a compiled pattern: repetitions of repetitions in few characters can make very many. */
const maxPatternSize = 2_000;

/** Why a pattern cannot be taken, in a sentence; null when it can. */
export function findPatternFault(pattern: string): string | null {
  let size: number;
  try {
    size = RE2JS.compile(pattern).programSize();
  } catch (error) {
    return `must be a regular expression in RE2 syntax (without look-around and back-references): ${(error as Error).message}`;
  }
  if (size <= maxPatternSize) return null;
  return `is too large: it compiles to ${size} instructions of at most ${maxPatternSize}; repeat less`;
}
