import { z } from 'zod';
import { defineOperation } from '../operation';

/** Who changed what; never a secret. */
export const auditEntry = z
  .object({
    id: z.string(),
    createdAt: z.iso.datetime({ offset: true }),
    actorKind: z.enum(['user', 'api-key', 'system']),
    /** A user's id, a key's public half, or the part of the system. */
    actorId: z.string(),
    /** `api-keys.create`: the module and its verb. */
    action: z.string(),
    resourceType: z.string(),
    resourceId: z.string(),
    before: z.unknown(),
    after: z.unknown(),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntry = z.infer<typeof auditEntry>;

export const listAuditLog = defineOperation({
  id: 'listAuditLog',
  method: 'GET',
  path: '/api/v1/projects/{projectId}/audit-log',
  scope: 'audit-log:read',
  tag: 'Audit log',
  summary: 'Changes of a project, newest first, page by cursor.',
  params: z.object({ projectId: z.string().min(1) }),
  query: z.object({
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().optional(),
  }),
  responses: {
    200: z.object({
      data: z.array(auditEntry),
      /** Absent on the last page. */
      meta: z.object({ limit: z.int(), cursor: z.string().optional() }),
    }),
  },
});
