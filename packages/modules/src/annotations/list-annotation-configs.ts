import {
  type AnswerOf,
  maxAnnotationConfigs,
  type listAnnotationConfigs as operation,
} from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import type { ProjectAccess } from '../access/index';
import { listScoreConfigs } from '../score-configs/index';

/** The score configs that can be given, newest first. */
export async function listAnnotationConfigs(
  deps: { relational: Pick<Relational, 'db'> },
  access: ProjectAccess,
): Promise<AnswerOf<typeof operation>> {
  const { data } = await listScoreConfigs(deps, access, { page: 1, limit: maxAnnotationConfigs });
  return { data: data.filter(({ isArchived }) => !isArchived) };
}
