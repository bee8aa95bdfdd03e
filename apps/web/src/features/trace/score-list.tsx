'use client';
import { formatAgo, formatCount, formatLocalTime } from '@tracewell/ui';
import type { ScoreSummary } from '../../api-client/types';
import { useScoreAuthor } from '../annotation/use-score-author';
import { scoreValue } from '../explore/cells';
import { Section } from '../payload/section';

const sources: Record<ScoreSummary['source'], string> = {
  API: 'API',
  EVAL: 'Evaluator',
  ANNOTATION: 'Person',
};

export function ScoreList({ scores }: { scores: ScoreSummary[] }) {
  const authorOf = useScoreAuthor(scores);
  if (!scores.length) return null;
  return (
    <Section title="Scores" note={formatCount(scores.length)}>
      <ul className="divide-y divide-line rounded-md border border-line bg-surface">
        {scores.map((score) => (
          <li key={score.id} className="px-2.5 py-1.5">
            <div className="flex items-baseline gap-2">
              <span className="truncate">{score.name}</span>
              <span className="font-medium tabular-nums">{scoreValue(score)}</span>
              <span
                className="ml-auto shrink-0 text-2xs text-ink-faint"
                title={formatLocalTime(score.timestamp)}
              >
                {score.observationId ? 'on an observation, ' : ''}
                {authorOf(score) ?? sources[score.source]}, {formatAgo(score.timestamp)}
              </span>
            </div>
            {score.comment ? (
              <p className="mt-0.5 text-xs whitespace-pre-wrap text-ink-muted">{score.comment}</p>
            ) : null}
          </li>
        ))}
      </ul>
    </Section>
  );
}
