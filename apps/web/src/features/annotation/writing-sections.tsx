'use client';
import type { AnnotationTarget } from '../../api-client/annotations';
import type { ScoreSummary } from '../../api-client/types';
import { CommentSection } from '../comments/comment-section';
import { AnnotationSection } from './annotation-section';
import { CorrectionSection } from './correction-section';

export interface WritingSectionsProps extends AnnotationTarget {
  projectId: string;
  scores: readonly ScoreSummary[];
  output: string | null;
}

/** Where people write on a trace or one of its observations. */
export function WritingSections({ projectId, traceId, observationId, scores, output }: WritingSectionsProps) {
  const target = { projectId, traceId, observationId, scores };
  return (
    <>
      <AnnotationSection {...target} />
      <CorrectionSection {...target} output={output} />
      <CommentSection
        projectId={projectId}
        objectType={observationId === null ? 'TRACE' : 'OBSERVATION'}
        objectId={observationId ?? traceId}
      />
    </>
  );
}
