import { ApiError } from '@tracewell/contract';
import { suggest } from '@tracewell/query/metrics/suggest';

/** The name as one of those allowed. Throws `invalid_request`, with all of them and the one that may be meant. */
export function oneOf<Name extends string>(what: string, name: string, allowed: readonly Name[]): Name {
  const found = allowed.find((one) => one === name);
  if (found !== undefined) return found;
  throw new ApiError(
    'invalid_request',
    `${what} "${name.slice(0, 200)}" is not known here.${suggest(name, allowed)} Known: ${allowed.join(', ')}.`,
  );
}
