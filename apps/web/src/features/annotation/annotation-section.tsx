'use client';
import { useQuery } from '@tanstack/react-query';
import type { PublicScoreConfig } from '@tracewell/contract';
import { Button, Input, Skeleton, useHotkeys } from '@tracewell/ui';
import { MessageSquare, X } from 'lucide-react';
import { useRef, useState } from 'react';
import { type AnnotationTarget, annotate, annotationConfigsQuery } from '../../api-client/annotations';
import { messageOf } from '../../api-client/client-error';
import type { ScoreSummary } from '../../api-client/types';
import { Section } from '../payload/section';
import { useShell } from '../shell/shell-context';
import { ScoreField } from './score-field';
import { useAnnotating } from './use-annotating';

interface AnnotationSectionProps extends AnnotationTarget {
  projectId: string;
  /** All of the trace. */
  scores: readonly ScoreSummary[];
}

/** One row a score config, to judge what is selected by; `a` goes to the first. */
export function AnnotationSection({ projectId, scores, ...target }: AnnotationSectionProps) {
  const { data, isPending, error } = useQuery(annotationConfigsQuery(projectId));
  const { session } = useShell();
  const rows = useRef<HTMLUListElement>(null);
  useHotkeys({
    a: () => {
      const first = rows.current?.querySelector<HTMLElement>('input, select, button');
      first?.focus();
      return first !== undefined && first !== null;
    },
  });
  const userId = session?.user.id;
  const configs = data?.data ?? [];
  return (
    <Section title="Annotate">
      {error ? <p className="text-xs text-danger">{messageOf(error)}</p> : null}
      {isPending ? <Skeleton className="w-48" /> : null}
      {data && configs.length === 0 ? (
        <p className="text-xs text-ink-muted">
          This project has no score configs. Create one with{' '}
          <code className="ident">POST /api/public/score-configs</code>, and it can be given here.
        </p>
      ) : null}
      <ul ref={rows} className="space-y-1.5" aria-label="Scores to give">
        {configs.map((config) => (
          <AnnotationRow
            key={config.id}
            projectId={projectId}
            target={target}
            config={config}
            userId={userId ?? null}
            given={scores.find(
              (score) =>
                score.source === 'ANNOTATION' &&
                score.configId === config.id &&
                score.observationId === target.observationId &&
                score.authorUserId === userId,
            )}
          />
        ))}
      </ul>
    </Section>
  );
}

interface AnnotationRowProps {
  projectId: string;
  target: AnnotationTarget;
  config: PublicScoreConfig;
  userId: string | null;
  given: ScoreSummary | undefined;
}

function AnnotationRow({ projectId, target, config, userId, given }: AnnotationRowProps) {
  const { give, remove } = useAnnotating(projectId, target);
  const [isCommenting, setCommenting] = useState(false);
  const value = given ? judgementOf(given) : null;
  const isBusy = give.isPending || remove.isPending;
  const save = (next: number | string, comment = given?.comment ?? '') => {
    if (isBusy) return;
    const id = given?.id ?? null;
    give.mutate({
      score: {
        id: id ?? `new-${config.id}-${target.observationId ?? ''}`,
        name: config.name,
        dataType: config.dataType,
        source: 'ANNOTATION',
        value: typeof next === 'number' ? next : null,
        stringValue:
          typeof next === 'string' ? next : config.dataType === 'BOOLEAN' ? (next ? 'True' : 'False') : null,
        comment: comment || null,
        observationId: target.observationId,
        configId: config.id,
        authorUserId: userId,
        timestamp: given?.timestamp ?? new Date().toISOString(),
      },
      save: () => annotate(projectId, { ...target, id, configId: config.id, value: next, comment }),
    });
  };
  return (
    <li>
      <div className="flex min-h-7 items-center gap-2">
        <span
          className="w-28 shrink-0 truncate text-xs text-ink-muted"
          title={config.description ?? config.name}
        >
          {config.name}
        </span>
        <div className="flex min-w-0 flex-1">
          <ScoreField config={config} value={value} isBusy={isBusy} onGive={(next) => save(next)} />
        </div>
        {given && value !== null ? (
          <>
            <Button
              look="ghost"
              size="tiny"
              aria-label={`Comment on ${config.name}`}
              pressed={isCommenting || Boolean(given.comment)}
              onClick={() => setCommenting(!isCommenting)}
            >
              <MessageSquare />
            </Button>
            <Button
              look="ghost"
              size="tiny"
              aria-label={`Take back ${config.name}`}
              disabled={isBusy}
              onClick={() => remove.mutate(given.id)}
            >
              <X />
            </Button>
          </>
        ) : null}
      </div>
      {given && value !== null && (isCommenting || given.comment) ? (
        <Input
          key={given.comment ?? ''}
          aria-label={`Why: ${config.name}`}
          className="mt-1 ml-30 w-[calc(100%-7.5rem)]"
          placeholder="Why"
          maxLength={5_000}
          defaultValue={given.comment ?? ''}
          onBlur={(event) => {
            const comment = event.target.value.trim();
            if (comment !== (given.comment ?? '')) save(value, comment);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter') event.currentTarget.blur();
          }}
        />
      ) : null}
    </li>
  );
}

const judgementOf = (score: ScoreSummary): number | string | null =>
  score.dataType === 'CATEGORICAL' || score.dataType === 'TEXT' ? score.stringValue : score.value;
