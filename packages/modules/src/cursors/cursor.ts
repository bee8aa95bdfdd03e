import { ApiError } from '@tracewell/contract';
import type { z } from 'zod';

/** A place in a list, as opaque text. The wire knows two alphabets; what we read may be in either. */
export const encodeCursor = (place: object, alphabet: 'base64' | 'base64url' = 'base64url'): string =>
  Buffer.from(JSON.stringify(place)).toString(alphabet);

const maxLength = 4_000;

/** Throws `invalid_request` when the text is no cursor of this list. */
export function decodeCursor<Schema extends z.ZodType>(schema: Schema, text: string): z.output<Schema> {
  if (text.length <= maxLength) {
    try {
      const parsed = schema.safeParse(JSON.parse(Buffer.from(text, 'base64').toString('utf8')));
      if (parsed.success) return parsed.data;
    } catch {
      // Falls through: whatever is wrong with it, the client is to be told the same.
    }
  }
  throw new ApiError(
    'invalid_request',
    'cursor is not one this list gave out. Pass meta.cursor of the page before, or leave it out.',
  );
}
