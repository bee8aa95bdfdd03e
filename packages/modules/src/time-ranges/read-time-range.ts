import { type Microseconds, parseIsoTime } from '@tracewell/domain';

/** Bounds of a list as its parameters say them: inclusive `from`, exclusive `to`. The contract checked the form. */
export const readTimeRange = (
  from: string | undefined,
  to: string | undefined,
): { from: Microseconds | undefined; to: Microseconds | undefined } => ({
  from: readTime(from),
  to: readTime(to),
});

const readTime = (text: string | undefined): Microseconds | undefined =>
  text === undefined ? undefined : (parseIsoTime(text) ?? undefined);
