'use client';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { parseAsString, useQueryState } from 'nuqs';
import { useCallback } from 'react';
import { ScreenHeader } from '../shell/screen-header';
import { TraceView } from './trace-view';

export function TraceScreen({ projectId, traceId }: { projectId: string; traceId: string }) {
  const router = useRouter();
  const [observationId, setObservationId] = useQueryState('observation', parseAsString);
  const list = `/project/${encodeURIComponent(projectId)}/traces`;
  const onObservation = useCallback((id: string | null) => void setObservationId(id), [setObservationId]);
  return (
    <>
      <ScreenHeader
        title={
          <span className="flex items-center gap-2">
            <Link href={list} className="text-ink-muted hover:text-ink">
              Traces
            </Link>
            <span aria-hidden className="text-ink-faint">
              /
            </span>
            <span className="ident truncate text-ink-muted">{traceId}</span>
          </span>
        }
      />
      <div className="min-h-0 flex-1">
        <TraceView
          projectId={projectId}
          traceId={traceId}
          observationId={observationId}
          onObservation={onObservation}
          onDeleted={() => router.replace(list)}
          place="page"
        />
      </div>
    </>
  );
}
