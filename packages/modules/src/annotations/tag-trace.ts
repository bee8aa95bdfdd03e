import { ApiError, type BodyOf, type tagTrace as operation } from '@tracewell/contract';
import type { Columnar } from '@tracewell/engines/columnar/port';
import { ProjectScope } from '@tracewell/query/sql/project-scope';
import { readTraceAttributes } from '@tracewell/query/traces/read-trace-attributes';
import { type ProjectAccess, requireScope } from '../access/index';
import { receiveTraceFlags } from '../ingestion/index';

type Deps = Parameters<typeof receiveTraceFlags>[0] & { columnar: Columnar };

/** Most tags of one trace, as at the door of ingestion. */
const maxTags = 1_000;

/** Adds and takes away; accepted durably when this resolves. Throws `not_found`. */
export async function tagTrace(
  deps: Deps,
  access: ProjectAccess,
  traceId: string,
  { add, remove }: BodyOf<typeof operation>,
): Promise<{ tags: string[] }> {
  requireScope(access, 'traces:tag');
  const { projectId } = access;
  const traces = await readTraceAttributes(deps.columnar, new ProjectScope(projectId), [traceId]);
  const trace = traces.get(traceId);
  if (!trace) throw new ApiError('not_found', `This project has no trace ${traceId}.`);
  const tags = [...new Set([...trace.tags, ...add])].filter((tag) => !remove.includes(tag)).sort();
  if (tags.length > maxTags) {
    throw new ApiError(
      'invalid_request',
      `A trace has at most ${maxTags} tags, this would be ${tags.length}.`,
    );
  }
  const { timestamp, environment } = trace;
  await receiveTraceFlags(deps, access, {
    traceId,
    timestamp,
    environment,
    publicBefore: trace.public,
    tags,
    removedTags: remove,
  });
  return { tags };
}
