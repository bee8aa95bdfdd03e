'use client';
import { Button, cn } from '@tracewell/ui';
import { diffLines } from 'diff';
import { useMemo, useState } from 'react';
import { type AnnotationTarget, correctOutput } from '../../api-client/annotations';
import type { ScoreSummary } from '../../api-client/types';
import { Section } from '../payload/section';
import { useShell } from '../shell/shell-context';
import { useAnnotating } from './use-annotating';

interface CorrectionSectionProps extends AnnotationTarget {
  projectId: string;
  scores: readonly ScoreSummary[];
  output: string | null;
}

/** Longer outputs are compared as a whole: a difference of lines would hold the page. */
const maxComparedChars = 100_000;
const longestDiffMs = 250;

/** What the output should have been, beside what it was. */
export function CorrectionSection({ projectId, scores, output, ...target }: CorrectionSectionProps) {
  const { session } = useShell();
  const { give, remove } = useAnnotating(projectId, target);
  const corrections = scores.filter(
    (score) => score.dataType === 'CORRECTION' && score.observationId === target.observationId,
  );
  const own = corrections.find(({ authorUserId }) => authorUserId === (session?.user.id ?? null));
  const given = own ?? corrections[0];
  const [draft, setDraft] = useState<string | null>(null);
  const original = useMemo(() => readable(output ?? ''), [output]);
  const save = () => {
    if (!draft || give.isPending) return;
    const id = own?.id ?? null;
    give.mutate(
      {
        score: {
          id: id ?? 'new-correction',
          name: 'output',
          dataType: 'CORRECTION',
          source: 'ANNOTATION',
          value: null,
          stringValue: draft,
          comment: null,
          observationId: target.observationId,
          configId: null,
          authorUserId: session?.user.id ?? null,
          timestamp: given?.timestamp ?? new Date().toISOString(),
        },
        save: () => correctOutput(projectId, { ...target, id, value: draft }),
      },
      { onSuccess: () => setDraft(null) },
    );
  };
  return (
    <Section title="Corrected output" {...(given?.stringValue ? { copy: given.stringValue } : {})}>
      {draft !== null ? (
        <div className="space-y-2">
          <textarea
            aria-label="Corrected output"
            // biome-ignore lint/a11y/noAutofocus: it was asked for a moment ago
            autoFocus
            className="field-sizing-content block max-h-96 min-h-24 w-full resize-y rounded-md border border-line bg-surface px-2 py-1.5 font-mono text-xs text-ink focus-visible:border-accent focus-visible:outline-1"
            value={draft}
            maxLength={1_000_000}
            onChange={(event) => setDraft(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save();
              if (event.key === 'Escape') setDraft(null);
            }}
          />
          <LineDiff before={original} after={draft} />
          <div className="flex gap-2">
            <Button look="solid" disabled={!draft || give.isPending} onClick={save}>
              Save correction
            </Button>
            <Button onClick={() => setDraft(null)}>Cancel</Button>
          </div>
        </div>
      ) : given?.stringValue ? (
        <div className="space-y-2">
          <LineDiff before={original} after={given.stringValue} />
          <div className="flex gap-2">
            <Button onClick={() => setDraft(given.stringValue)}>Edit</Button>
            {own ? (
              <Button disabled={remove.isPending} onClick={() => remove.mutate(own.id)}>
                Take back
              </Button>
            ) : null}
          </div>
        </div>
      ) : (
        <Button onClick={() => setDraft(original)}>Correct the output</Button>
      )}
    </Section>
  );
}

function LineDiff({ before, after }: { before: string; after: string }) {
  const parts = useMemo(
    () =>
      (before.length + after.length > maxComparedChars
        ? undefined
        : diffLines(before, after, { timeout: longestDiffMs })) ?? [
        { value: before, added: false, removed: true },
        { value: after, added: true, removed: false },
      ],
    [before, after],
  );
  return (
    <section
      aria-label="Difference to the output"
      className="max-h-80 overflow-auto rounded-md border border-line bg-surface py-1 font-mono text-xs"
    >
      {parts.map((part, index) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity but their place
          key={index}
          className={cn(
            'flex whitespace-pre-wrap break-words',
            part.added && 'bg-ok-soft text-ok',
            part.removed && 'bg-danger-soft text-danger',
          )}
        >
          <span className="w-5 shrink-0 text-center select-none">
            {part.added ? '+' : part.removed ? '−' : ''}
          </span>
          {part.added || part.removed ? (
            <span className="sr-only">{part.added ? 'added: ' : 'removed: '}</span>
          ) : null}
          <span className="min-w-0 flex-1">{part.value.replace(/\n$/, '')}</span>
        </div>
      ))}
    </section>
  );
}

/** JSON as people write it; a JSON string as its text. */
function readable(output: string): string {
  if (output.length > maxComparedChars) return output;
  try {
    const value: unknown = JSON.parse(output);
    return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  } catch {
    // Plain text is as good.
    return output;
  }
}
