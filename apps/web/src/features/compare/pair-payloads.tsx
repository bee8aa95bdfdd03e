'use client';
import { useQuery } from '@tanstack/react-query';
import { cn, ErrorNotice, Skeleton } from '@tracewell/ui';
import { useMemo } from 'react';
import { messageOf } from '../../api-client/client-error';
import { observationQuery } from '../../api-client/queries';
import type { ObservationNode, TraceDetail } from '../../api-client/types';
import type { AlignedPair } from './align-traces';
import { diffWords, type Word } from './diff-words';

interface PairPayloadsProps {
  projectId: string;
  left: TraceDetail;
  right: TraceDetail;
  pair: AlignedPair<ObservationNode>;
}

/** Inputs and outputs of one step of both traces, with what differs marked word by word. */
export function PairPayloads({ projectId, left, right, pair }: PairPayloadsProps) {
  const before = useQuery({
    ...observationQuery(projectId, left.id, pair.left?.id ?? ''),
    enabled: pair.left !== null,
  });
  const after = useQuery({
    ...observationQuery(projectId, right.id, pair.right?.id ?? ''),
    enabled: pair.right !== null,
  });
  const failed = before.isError ? before : after.isError ? after : null;
  if (failed) {
    return (
      <ErrorNotice
        className="h-auto"
        title="The step could not be loaded"
        message={messageOf(failed.error)}
        onRetry={() => failed.refetch()}
      />
    );
  }
  if ((pair.left && !before.data) || (pair.right && !after.data)) return <Skeleton className="h-28 w-full" />;
  return (
    <>
      <Words title="Input" left={before.data?.input ?? ''} right={after.data?.input ?? ''} />
      <Words title="Output" left={before.data?.output ?? ''} right={after.data?.output ?? ''} />
    </>
  );
}

function Words({ title, left, right }: { title: string; left: string; right: string }) {
  const result = useMemo(() => diffWords(left, right), [left, right]);
  return (
    <section>
      <h3 className="pb-1 text-xs font-medium">
        {title} <span className="font-normal text-ink-faint">{result.note}</span>
      </h3>
      <div className="grid gap-2 md:grid-cols-2">
        <Side words={result.left} mark="del" />
        <Side words={result.right} mark="ins" />
      </div>
    </section>
  );
}

const Side = ({ words, mark: Mark }: { words: readonly Word[]; mark: 'del' | 'ins' }) => (
  <div className="max-h-96 overflow-auto rounded-md border border-line bg-surface px-2.5 py-2 font-mono text-xs break-words whitespace-pre-wrap">
    {words.map((word, index) =>
      word.differs ? (
        <Mark
          // biome-ignore lint/suspicious/noArrayIndexKey: words have no id, and their order never changes
          key={index}
          className={cn('rounded-sm no-underline', Mark === 'del' ? 'bg-danger-soft' : 'bg-ok-soft')}
        >
          {word.text}
        </Mark>
      ) : (
        word.text
      ),
    )}
  </div>
);
