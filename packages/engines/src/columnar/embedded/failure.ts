/** An answer that is an error, in the shape ClickHouse gives it: a code in a header and in the text. */
export class FrontError extends Error {
  override readonly name = 'FrontError';
  constructor(
    readonly status: number,
    readonly code: number,
    readonly label: string,
    message: string,
  ) {
    super(`Code: ${code}. DB::Exception: ${message} (${label})`);
  }
}

export const refuse = {
  syntax: (message: string) => new FrontError(400, 62, 'SYNTAX_ERROR', message),
  notImplemented: (message: string) => new FrontError(501, 48, 'NOT_IMPLEMENTED', message),
  badArgument: (message: string) => new FrontError(400, 36, 'BAD_ARGUMENTS', message),
  tooLarge: (message: string) => new FrontError(413, 307, 'TOO_MANY_BYTES', message),
  busy: (message: string) => new FrontError(503, 202, 'TOO_MANY_SIMULTANEOUS_QUERIES', message),
  unauthenticated: () =>
    new FrontError(
      403,
      516,
      'AUTHENTICATION_FAILED',
      'Authentication failed: the password is not the right one.',
    ),
  stopping: () => new FrontError(503, 236, 'ABORTED', 'The engine is shutting down; retry.'),
};

/** Codes of ClickHouse that its HTTP interface does not answer with 500. */
const statusOfCode: Record<number, number> = {
  36: 400,
  46: 404,
  47: 404,
  60: 404,
  62: 400,
  73: 404,
  81: 404,
  115: 404,
  202: 503,
  241: 500,
  252: 500,
  516: 403,
};

/** What the engine threw, with its code; anything else is an unknown exception (code 1002). */
export function toFrontError(error: unknown): { status: number; code: number; text: string } {
  if (error instanceof FrontError) return { status: error.status, code: error.code, text: error.message };
  const text = error instanceof Error ? error.message : String(error);
  const code = Number(/^Code: (\d+)/.exec(text)?.[1] ?? 1002);
  return {
    status: statusOfCode[code] ?? 500,
    code,
    text: code === 1002 ? `Code: 1002. DB::Exception: ${text} (UNKNOWN_EXCEPTION)` : text,
  };
}
