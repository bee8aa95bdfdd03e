export type PostgresFailureReason =
  | 'binaries-missing'
  | 'no-unprivileged-user'
  | 'wrong-version'
  | 'damaged'
  | 'in-use'
  | 'not-started';

/** The embedded Postgres cannot run; the message names the thing and the way out. */
export class EmbeddedPostgresFailed extends Error {
  override readonly name = 'EmbeddedPostgresFailed';
  constructor(
    readonly reason: PostgresFailureReason,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
