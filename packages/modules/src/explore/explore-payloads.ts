import type { AnswerOf, exploreTracePayloads as operation } from '@tracewell/contract';
import type { Columnar } from '@tracewell/engines/columnar/port';
import { readPayloads } from '@tracewell/query/traces/read-payloads';
import { type ProjectAccess, requireScope } from '../access/index';

/** Inputs and outputs of some observations of a trace, in the order asked for. */
export async function exploreTracePayloads(
  { columnar }: { columnar: Columnar },
  access: ProjectAccess,
  traceId: string,
  observationIds: readonly string[],
): Promise<AnswerOf<typeof operation>> {
  requireScope(access, 'traces:read');
  const { projectId } = access;
  const found = await readPayloads(columnar, { projectId, traceId, observationIds });
  const byId = new Map(found.map((payload) => [payload.id, payload]));
  return {
    data: [...new Set(observationIds)].flatMap((id) => {
      const payload = byId.get(id);
      return payload ? { ...payload, input: payload.input || null, output: payload.output || null } : [];
    }),
  };
}
