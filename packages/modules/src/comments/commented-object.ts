import type { PublicComment } from '@tracewell/contract';
import type { Columnar } from '@tracewell/engines/columnar/port';
import type { Relational } from '@tracewell/engines/relational/port';
import { getObservation } from '@tracewell/query/observations/get-observation';
import { listSessions } from '@tracewell/query/sessions/list-sessions';
import { getTrace } from '@tracewell/query/traces/get-trace';
import { hasPromptVersion } from '../prompts/index';

/** Whether the project has the thing, as far as it has arrived. */
export async function hasObject(
  { relational, columnar }: { relational: Pick<Relational, 'db'>; columnar: Columnar },
  projectId: string,
  objectType: PublicComment['objectType'],
  objectId: string,
): Promise<boolean> {
  switch (objectType) {
    case 'TRACE':
      return (await getTrace(columnar, { projectId, traceId: objectId, observations: false })) !== null;
    case 'OBSERVATION':
      return (await getObservation(columnar, { projectId, observationId: objectId })) !== null;
    case 'SESSION':
      return (await listSessions(columnar, { projectId, ids: [objectId], limit: 1 })).sessions.length > 0;
    case 'PROMPT':
      return hasPromptVersion({ relational }, projectId, objectId);
  }
}
