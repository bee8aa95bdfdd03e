import { ApiError } from '@tracewell/contract';

/**
 * The address of `userName eq "…"`, lower case; undefined for no filter at all. Attributes and operators have no
 * case in SCIM. Throws `invalid_request` for every other filter.
 */
export function readUserNameFilter(filter: string | undefined): string | undefined {
  if (filter === undefined || filter.trim() === '') return undefined;
  const match = /^\s*userName\s+eq\s+("(?:[^"\\]|\\.)*")\s*$/i.exec(filter);
  const text = match && parseText(match[1]!);
  if (typeof text === 'string') return text.trim().toLowerCase();
  throw new ApiError(
    'invalid_request',
    'This filter is not supported. Filter users by userName eq "address@example.com".',
  );
}

/** The compared value is a text of JSON. */
function parseText(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
