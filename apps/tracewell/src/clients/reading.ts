import type { LangfuseClient } from '@langfuse/client';
import { waitFor } from '@tracewell/testkit/instance';

export type ReadTrace = Awaited<ReturnType<LangfuseClient['api']['trace']['get']>>;
export type ReadObservation = ReadTrace['observations'][number];

/** The trace once it has so many observations. */
export async function readTrace(
  client: LangfuseClient,
  traceId: string,
  observations: number,
): Promise<ReadTrace> {
  let seen = '';
  return waitFor(`a trace of ${observations} observations`, async () => {
    const trace = await client.api.trace.get(traceId).catch((error) => {
      if ((error as { statusCode?: number }).statusCode === 404) return null;
      throw error;
    });
    if (trace) seen = outlineOf(trace).join('\n');
    return trace?.observations.length === observations && trace;
  }).catch((error) => {
    throw new Error(`${error.message}; there is\n${seen}`);
  });
}

/** A line for each observation, `name TYPE`, indented below its parent, siblings by name: within a millisecond they have no order. */
export function outlineOf({ observations }: ReadTrace): string[] {
  const ids = new Set(observations.map(({ id }) => id));
  const inOrder = observations.toSorted((a, b) => (a.name ?? '').localeCompare(b.name ?? ''));
  const below = (parentId: string | undefined, indent: string): string[] =>
    inOrder
      .filter(({ parentObservationId: id }) => (id && ids.has(id) ? id : undefined) === parentId)
      .flatMap(({ id, name, type }) => [`${indent}${name} ${type}`, ...below(id, `${indent}  `)]);
  return below(undefined, '');
}

export function findObservation({ observations }: ReadTrace, name: string, index = 0): ReadObservation {
  const found = observations
    .filter((it) => it.name === name)
    .toSorted((a, b) => a.startTime.localeCompare(b.startTime))[index];
  if (!found)
    throw new Error(`no observation ${name}; there are ${observations.map((it) => it.name).join(', ')}`);
  return found;
}
