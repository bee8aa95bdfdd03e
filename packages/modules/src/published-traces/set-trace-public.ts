import { ApiError } from '@tracewell/contract';
import type { Columnar } from '@tracewell/engines/columnar/port';
import type { Relational } from '@tracewell/engines/relational/port';
import { ProjectScope } from '@tracewell/query/sql/project-scope';
import { readTraceAttributes } from '@tracewell/query/traces/read-trace-attributes';
import { type ProjectAccess, requireScope } from '../access/index';
import { recordChange } from '../audit-log/index';
import { receiveTraceFlags } from '../ingestion/index';

type Deps = Parameters<typeof receiveTraceFlags>[0] & {
  relational: Pick<Relational, 'db'>;
  columnar: Columnar;
};

/**
 * Publishes a trace to everybody who has its link, or takes that back: accepted durably when this resolves, in
 * force when it is ingested. Throws `not_found`.
 */
export async function setTracePublic(
  deps: Deps,
  access: ProjectAccess,
  traceId: string,
  isPublic: boolean,
): Promise<{ public: boolean }> {
  requireScope(access, 'traces:publish');
  const { projectId, organizationId, actor } = access;
  const traces = await readTraceAttributes(deps.columnar, new ProjectScope(projectId), [traceId]);
  const trace = traces.get(traceId);
  if (!trace) throw new ApiError('not_found', `This project has no trace ${traceId}.`);
  // Also when nothing changes to the eye: an earlier word may still be on its way.
  const { timestamp, environment } = trace;
  await deps.relational.db.transaction(async (transaction) => {
    await recordChange(transaction, {
      actor,
      organizationId,
      projectId,
      action: isPublic ? 'traces.publish' : 'traces.unpublish',
      resourceType: 'trace',
      resourceId: traceId,
      before: { public: trace.public },
      after: { public: isPublic },
    });
    await receiveTraceFlags(deps, access, { traceId, timestamp, environment, public: isPublic });
  });
  return { public: isPublic };
}
