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
import { getScore } from '@tracewell/query/scores/get-score';
import { ProjectScope } from '@tracewell/query/sql/project-scope';
import { readTraceAttributes } from '@tracewell/query/traces/read-trace-attributes';
import { type ProjectAccess, requireScope } from '../access/index';
import { receiveAnnotation } from '../ingestion/index';
import { getScoreConfig } from '../score-configs/index';

export type AnnotationDeps = Parameters<typeof receiveAnnotation>[0] & {
  relational: Pick<Relational, 'db'>;
  columnar: Columnar;
};

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
    refuseOfOthers(deps, access, id),
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
  const [environment] = await Promise.all([
    findEnvironment(deps, access, target),
    refuseOfOthers(deps, access, id),
  ]);
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

/** One's own is changed; of an evaluator, a program or a colleague it is left as they gave it. */
async function refuseOfOthers(
  { columnar }: { columnar: Columnar },
  { projectId, actor }: ProjectAccess,
  scoreId: string | null | undefined,
): Promise<void> {
  if (!scoreId) return;
  const score = await getScore(columnar, { projectId, scoreId });
  const authorUserId = actor.kind === 'user' ? actor.id : '';
  if (!score || (score.source === 'ANNOTATION' && score.authorUserId === authorUserId)) return;
  throw new ApiError(
    'forbidden',
    `Score ${scoreId} was given by somebody else. Leave out its id to give one of your own.`,
  );
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
