import { randomUUID } from 'node:crypto';
import {
  ApiError,
  type annotate as annotateOperation,
  type BodyOf,
  type correctOutput as correctOperation,
} from '@tracewell/contract';
import type { Columnar } from '@tracewell/engines/columnar/port';
import type { Relational } from '@tracewell/engines/relational/port';
import { getObservation } from '@tracewell/query/observations/get-observation';
import { ProjectScope } from '@tracewell/query/sql/project-scope';
import { readTraceAttributes } from '@tracewell/query/traces/read-trace-attributes';
import { type ProjectAccess, requireScope } from '../access/index';
import { receiveAnnotation } from '../ingestion/index';
import { getScoreConfig } from '../score-configs/index';

export interface AnnotationDeps extends Omit<Parameters<typeof receiveAnnotation>[0], never> {
  relational: Pick<Relational, 'db'>;
  columnar: Columnar;
}

/** Gives a score by a config. Throws `not_found`, and `invalid_request` for what the config does not allow. */
export async function annotate(
  deps: AnnotationDeps,
  access: ProjectAccess,
  { id, configId, value, comment, ...target }: BodyOf<typeof annotateOperation>,
): Promise<{ id: string }> {
  requireScope(access, 'scores:ingest');
  const [config, environment] = await Promise.all([
    getScoreConfig(deps, access, configId),
    findEnvironment(deps, access, target),
  ]);
  const scoreId = id ?? randomUUID();
  await receiveAnnotation(deps, access, {
    id: scoreId,
    name: config.name,
    dataType: config.dataType,
    value,
    configId,
    comment: comment ?? '',
    environment,
    ...named(target),
  });
  return { id: scoreId };
}

/** Says what an output should have been. Throws `not_found`. */
export async function correctOutput(
  deps: AnnotationDeps,
  access: ProjectAccess,
  { id, value, comment, ...target }: BodyOf<typeof correctOperation>,
): Promise<{ id: string }> {
  requireScope(access, 'scores:ingest');
  const environment = await findEnvironment(deps, access, target);
  const scoreId = id ?? randomUUID();
  await receiveAnnotation(deps, access, {
    id: scoreId,
    name: 'output',
    dataType: 'CORRECTION',
    value,
    comment: comment ?? '',
    environment,
    ...named(target),
  });
  return { id: scoreId };
}

interface Target {
  traceId: string;
  observationId?: string | null | undefined;
}

const named = ({ traceId, observationId }: Target) => ({
  traceId,
  ...(observationId ? { observationId } : {}),
});

/** A judgement belongs where what is judged is: in the environment of its trace. */
async function findEnvironment(
  { columnar }: { columnar: Columnar },
  { projectId }: ProjectAccess,
  { traceId, observationId }: Target,
): Promise<string> {
  const traces = await readTraceAttributes(columnar, new ProjectScope(projectId), [traceId]);
  const trace = traces.get(traceId);
  if (!trace) throw new ApiError('not_found', `This project has no trace ${traceId}.`);
  if (observationId && !(await getObservation(columnar, { projectId, traceId, observationId }))) {
    throw new ApiError('not_found', `Trace ${traceId} has no observation ${observationId}.`);
  }
  return trace.environment;
}
