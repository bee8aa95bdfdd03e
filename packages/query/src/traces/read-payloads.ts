import type { Columnar } from '@tracewell/engines/columnar/port';
import { type Integer, toNumber } from '../sql/decode';
import { ProjectScope } from '../sql/project-scope';
import { readRows } from '../sql/read-rows';
import { count, sql, textList } from '../sql/sql';
import { readTraceBounds } from './read-trace-attributes';
import { rowsOfTraces } from './summary-sql';

/** Of one observation; '' when absent, or left out. */
export interface ObservationPayload {
  id: string;
  input: string;
  output: string;
  /** Bytes, of what is left out too. */
  inputBytes: number;
  outputBytes: number;
}

/** Observations of one answer. */
export const maxPayloadsAtOnce = 20;
/** A larger input or output is left out: with all of them there, an answer still fits in memory. */
export const maxPayloadBytes = 512 * 1024;

/** Inputs and outputs of some observations of a trace, in no order; those the trace has not are not there. */
export async function readPayloads(
  columnar: Columnar,
  request: { projectId: string; traceId: string; observationIds: readonly string[] },
): Promise<ObservationPayload[]> {
  const scope = new ProjectScope(request.projectId);
  const bounds = await readTraceBounds(columnar, scope, request.traceId);
  if (!bounds) return [];
  const limit = count(maxPayloadBytes);
  const rows = await readRows<{
    id: string;
    ownInput: string;
    ownOutput: string;
    inputBytes: Integer;
    outputBytes: Integer;
  }>(
    columnar,
    'traces.payloads',
    sql`
      SELECT
        id,
        if(input_length <= ${limit}, input, '') AS ownInput,
        if(output_length <= ${limit}, output, '') AS ownOutput,
        input_length AS inputBytes,
        output_length AS outputBytes
      FROM ${rowsOfTraces(scope, { ids: [request.traceId], ...bounds }, [
        sql`kind = 'observation'`,
        sql`id IN ${textList(request.observationIds.slice(0, maxPayloadsAtOnce))}`,
      ])}`,
  );
  return rows.map(({ id, ownInput, ownOutput, inputBytes, outputBytes }) => ({
    id,
    input: ownInput,
    output: ownOutput,
    inputBytes: toNumber(inputBytes),
    outputBytes: toNumber(outputBytes),
  }));
}
