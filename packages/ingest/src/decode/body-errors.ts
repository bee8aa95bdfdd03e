/** The body is not what its content type says: 400. The message may be shown to the client. */
export class MalformedBody extends Error {
  override readonly name = 'MalformedBody';
  readonly status = 400;
}

/** The body, or what it inflates to, exceeds a limit: 413. */
export class PayloadTooLarge extends Error {
  override readonly name = 'PayloadTooLarge';
  readonly status = 413;
}

/** A content encoding that is not spoken here: 415. */
export class UnsupportedEncoding extends Error {
  override readonly name = 'UnsupportedEncoding';
  readonly status = 415;
}
