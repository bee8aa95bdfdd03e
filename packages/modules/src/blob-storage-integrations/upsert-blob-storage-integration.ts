import {
  ApiError,
  type BlobStorageIntegration,
  type BodyOf,
  type upsertBlobStorageIntegration as operation,
} from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { type OrganizationAccess, requireScope } from '../access/index';
import { recordChange } from '../audit-log/index';
import { requireProject } from '../organizations/index';
import { type AllowedHosts, checkOutboundUrl } from '../outbound/index';
import { SecretUnreadable, type Vault } from '../secrets/index';
import { describeIntegration } from './integration';
import { findIntegration, type IntegrationRow, upsertIntegration } from './store';

type Body = BodyOf<typeof operation>;

/** Sets up the export of a project of the organization, or changes it. Throws `not_found` and `invalid_request`. */
export async function upsertBlobStorageIntegration(
  deps: { relational: Pick<Relational, 'db'>; vault: Vault; outboundHosts: AllowedHosts },
  access: OrganizationAccess,
  body: Body,
): Promise<BlobStorageIntegration> {
  requireScope(access, 'blob-storage-integrations:upsert');
  const { organizationId } = access;
  const { projectId } = body;
  const now = new Date();
  const endpoint = body.endpoint || null;
  if (endpoint !== null) checkOutboundUrl(endpoint, 'endpoint', deps.outboundHosts);

  return deps.relational.db.transaction(async (transaction) => {
    await requireProject(transaction, access, projectId, 'update');
    const before = await findIntegration(transaction, organizationId, projectId);
    const row = await upsertIntegration(transaction, {
      projectId,
      type: body.type,
      bucketName: body.bucketName,
      endpoint,
      region: body.region,
      accessKeyId: body.accessKeyId || null,
      encryptedSecretAccessKey: sealedSecret(deps.vault, body, before),
      prefix: body.prefix ?? '',
      exportFrequency: body.exportFrequency,
      enabled: body.enabled,
      forcePathStyle: body.forcePathStyle,
      fileType: body.fileType,
      exportMode: body.exportMode,
      exportStartDate: startOf(body, before, now),
      compressed: body.compressed ?? before?.compressed ?? true,
      exportSource: body.exportSource ?? before?.exportSource ?? defaultSource,
      exportFieldGroups: body.exportFieldGroups ?? null,
      // Due at once when it is switched on, whatever its frequency.
      nextSyncAt: body.enabled ? (before?.enabled ? before.nextSyncAt : now) : null,
    });
    await recordChange(transaction, {
      actor: access.actor,
      organizationId,
      projectId,
      action: before ? 'blob-storage-integrations.update' : 'blob-storage-integrations.create',
      resourceType: 'blob-storage-integration',
      resourceId: projectId,
      ...(before && { before: describeIntegration(before) }),
      after: describeIntegration(row),
    });
    return describeIntegration(row);
  });
}

/** What scripts that do not name a source have always got. */
const defaultSource = 'LEGACY_TRACES_OBSERVATIONS';

/** What the secret is sealed for, and must be opened for. */
export const secretAccessKeyPlace = (projectId: string): string =>
  `blob-storage-integrations/${projectId}/secret-access-key`;

/** A new secret, or the one that is there; both halves of the credentials or neither. */
function sealedSecret(vault: Vault, body: Body, before: IntegrationRow | null): string | null {
  if (!body.accessKeyId) {
    if (!body.secretAccessKey) return null;
    throw refusal('accessKeyId', 'secretAccessKey needs accessKeyId beside it');
  }
  const place = secretAccessKeyPlace(body.projectId);
  if (body.secretAccessKey) return vault.seal(body.secretAccessKey, place);
  // A secret goes with its key and its place: kept for another, it would be sent to whoever stands there.
  const isSame =
    before?.accessKeyId === body.accessKeyId &&
    before.type === body.type &&
    before.endpoint === (body.endpoint || null);
  if (isSame && before.encryptedSecretAccessKey !== null) {
    try {
      return vault.reseal(before.encryptedSecretAccessKey, place);
    } catch (error) {
      if (!(error instanceof SecretUnreadable)) throw error;
      throw refusal('secretAccessKey', 'the stored one cannot be opened any more: send it again');
    }
  }
  throw refusal('secretAccessKey', 'a new accessKeyId, type or endpoint needs its secretAccessKey');
}

function startOf(body: Body, before: IntegrationRow | null, now: Date): Date | null {
  if (body.exportMode === 'FULL_HISTORY') return null;
  if (body.exportMode === 'FROM_TODAY') {
    return before?.exportMode === 'FROM_TODAY' ? before.exportStartDate : now;
  }
  const start = new Date(body.exportStartDate ?? now);
  if (start > now) throw refusal('exportStartDate', 'must not lie in the future');
  return start;
}

const refusal = (path: string, message: string) =>
  new ApiError('invalid_request', `Invalid request data. ${path}: ${message}`, [{ path, message }]);
