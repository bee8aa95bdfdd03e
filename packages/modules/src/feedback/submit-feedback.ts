import { randomUUID } from 'node:crypto';
import type { BodyOf, submitFeedback as operation } from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { type ProjectAccess, requireScope } from '../access/index';
import { recordChange } from '../audit-log/index';
import { insertFeedback } from './store';

/** Keeps it for those who run the installation; it is sent nowhere. */
export async function submitFeedback(
  { relational }: { relational: Pick<Relational, 'db'> },
  access: ProjectAccess,
  body: BodyOf<typeof operation>,
): Promise<{ id: string }> {
  requireScope(access, 'feedback:submit');
  const id = randomUUID();
  const { targetType, target, feedback, goal = null, referenceUrl = null } = body;
  await relational.db.transaction(async (transaction) => {
    await insertFeedback(transaction, {
      id,
      projectId: access.projectId,
      targetType,
      target,
      feedback,
      goal,
      referenceUrl,
    });
    await recordChange(transaction, {
      actor: access.actor,
      organizationId: access.organizationId,
      projectId: access.projectId,
      action: 'feedback.submit',
      resourceType: 'feedback',
      resourceId: id,
      after: { targetType, target },
    });
  });
  return { id };
}
