/** Something the person who moves can mend: its message says what and how. */
export class MoveError extends Error {
  override readonly name = 'MoveError';
}
