import type { PublicSession } from '@tracewell/contract';
import { formatIsoTime } from '@tracewell/domain';
import type { Session } from '@tracewell/query/sessions/list-sessions';

export const toPublicSession = (session: Session): PublicSession => ({
  id: session.id,
  createdAt: formatIsoTime(session.createdAt),
  projectId: session.projectId,
  environment: session.environment,
});
