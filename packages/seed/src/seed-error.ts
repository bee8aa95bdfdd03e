/** Something the person at the terminal can mend. */
export class SeedError extends Error {
  override readonly name = 'SeedError';
}
