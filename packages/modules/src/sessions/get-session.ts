import { ApiError, type SessionWithTraces } from '@tracewell/contract';
import type { Columnar } from '@tracewell/engines/columnar/port';
import { getSession as querySession } from '@tracewell/query/sessions/get-session';
import { type ProjectAccess, requireScope } from '../access/index';
import { toPublicTrace } from '../traces/index';
import { toPublicSession } from './session-wire';

/** A session with its traces, payloads included. Throws `not_found`. */
export async function getSession(
  { columnar }: { columnar: Columnar },
  access: ProjectAccess,
  sessionId: string,
): Promise<SessionWithTraces> {
  requireScope(access, 'traces:read');
  const found = await querySession(columnar, {
    projectId: access.projectId,
    sessionId,
    fields: { io: true },
  });
  if (!found) throw new ApiError('not_found', 'Session not found within authorized project');
  return { ...toPublicSession(found), traces: found.traces.map(toPublicTrace) };
}
