import { ApiError, type BodyOf, type updateMedia as operation } from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { type ProjectAccess, requireScope } from '../access/index';
import { reportUpload } from './store';

/** Longest text of a failed upload that is kept. */
const maxErrorLength = 2_000;

/** What became of an upload, as its client says. Throws `not_found`. */
export async function updateMedia(
  { relational }: { relational: Pick<Relational, 'db'> },
  access: ProjectAccess,
  mediaId: string,
  report: BodyOf<typeof operation>,
): Promise<{ message: string }> {
  requireScope(access, 'media:upload');
  const found = await reportUpload(relational.db, access.projectId, mediaId, {
    uploadedAt: new Date(report.uploadedAt),
    uploadHttpStatus: report.uploadHttpStatus,
    uploadHttpError: report.uploadHttpError?.replaceAll('\0', '').slice(0, maxErrorLength) || null,
    uploadTimeMs: typeof report.uploadTimeMs === 'number' ? Math.round(report.uploadTimeMs) : null,
  });
  if (!found) throw notFound(mediaId);
  return { message: 'OK' };
}

export const notFound = (mediaId: string) =>
  new ApiError('not_found', `This project has no media ${mediaId}. Ask for an upload URL first.`);
