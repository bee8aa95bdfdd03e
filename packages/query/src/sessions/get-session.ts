import type { Columnar } from '@tracewell/engines/columnar/port';
import { listTraces, maxTracesOfPage } from '../traces/list-traces';
import type { TraceCursor } from '../traces/trace-order';
import type { TraceFields, TraceSummary } from '../traces/trace-summary';
import { listSessions, type Session } from './list-sessions';

/** Traces of one session that are read; the first ones, when there are more. */
export const maxTracesOfSession = 10_000;

export interface SessionWithTraces extends Session {
  /** Oldest first. */
  traces: TraceSummary[];
}

/** One session with its traces; null when no trace of the project names it. */
export async function getSession(
  columnar: Columnar,
  request: { projectId: string; sessionId: string; fields?: TraceFields },
): Promise<SessionWithTraces | null> {
  const { projectId, sessionId } = request;
  if (sessionId === '') return null;
  const { sessions } = await listSessions(columnar, { projectId, ids: [sessionId], limit: 1 });
  const session = sessions[0];
  if (!session) return null;
  const traces: TraceSummary[] = [];
  let cursor: TraceCursor | null | undefined;
  do {
    const page = await listTraces(columnar, {
      projectId,
      sessionId,
      order: { column: 'timestamp', direction: 'asc' },
      limit: maxTracesOfPage,
      cursor: cursor ?? undefined,
      ...(request.fields ? { fields: request.fields } : {}),
    });
    traces.push(...page.traces);
    cursor = page.cursor;
  } while (cursor && traces.length < maxTracesOfSession);
  return { ...session, traces };
}
