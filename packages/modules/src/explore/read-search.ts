import { ApiError } from '@tracewell/contract';
import {
  type FieldCatalogue,
  parseSearch,
  SearchError,
  type SearchExpression,
} from '@tracewell/domain/search/index';

/** The parameter `q`. Throws `invalid_request` with the place of the error in the query. */
export function readSearch(q: string | undefined, catalogue: FieldCatalogue): SearchExpression | null {
  try {
    return parseSearch(q ?? '', { catalogue, now: Date.now() * 1_000 });
  } catch (error) {
    if (!(error instanceof SearchError)) throw error;
    const { message, column, length, suggestions } = error;
    throw new ApiError('invalid_request', `q, column ${column}: ${message}`, [
      { path: 'q', message, column, length, suggestions: [...suggestions] },
    ]);
  }
}
