import { Badge, describeTime, formatCompact, formatCount, formatTime } from '@tracewell/ui';
import type { ScoreSummary } from '../../api-client/types';
import { SessionLink } from '../session/session-link';
import { readPreview } from './read-preview';

/** Cells that tables share. An empty one stays empty: what is there stands out. */

export const textCell = (value: string) => (value ? <span className="truncate">{value}</span> : null);

export const sessionCell = (sessionId: string) => (sessionId ? <SessionLink sessionId={sessionId} /> : null);

export const timeCell = (iso: string) => (
  <time dateTime={iso} title={describeTime(iso).join('\n')} className="num text-ink-muted">
    {formatTime(iso)}
  </time>
);

export const nameCell = (name: string) => (
  <span className="truncate font-medium" title={name}>
    {name || <span className="font-normal text-ink-faint">unnamed</span>}
  </span>
);

export const idCell = (id: string) => <span className="ident truncate text-ink-muted">{id}</span>;

export const previewCell = (preview: string) =>
  preview ? <span className="truncate text-xs text-ink-muted">{readPreview(preview)}</span> : null;

export const tokensCell = ({ input, output, total }: { input: number; output: number; total: number }) =>
  total ? (
    <span
      className="num"
      title={`${formatCount(input)} in\n${formatCount(output)} out\n${formatCount(total)} in all`}
    >
      {formatCompact(total)}
    </span>
  ) : null;

/** The first, and how many more. */
export const listCell = (values: readonly string[]) =>
  values.length ? (
    <span className="truncate text-xs" title={values.join('\n')}>
      {values[0]}
      {values.length > 1 ? <span className="text-ink-faint"> +{values.length - 1}</span> : null}
    </span>
  ) : null;

export const tagsCell = (tags: readonly string[]) =>
  tags.length ? (
    <span className="flex gap-1 overflow-hidden" title={tags.join(', ')}>
      {tags.slice(0, 6).map((tag) => (
        <Badge key={tag} tone="outline" className="h-4.5">
          <span className="truncate">{tag}</span>
        </Badge>
      ))}
    </span>
  ) : null;

export const scoresCell = (scores: readonly ScoreSummary[]) =>
  scores.length ? (
    <span className="flex gap-1 overflow-hidden" title={scores.map(describeScore).join('\n')}>
      {scores.slice(0, 4).map((score) => (
        <Badge key={score.id} className="h-4.5">
          {score.name} <span className="text-ink">{scoreValue(score)}</span>
        </Badge>
      ))}
    </span>
  ) : null;

export function scoreValue(score: ScoreSummary): string {
  if (score.dataType === 'NUMERIC' && score.value !== null) {
    return Number.isInteger(score.value) ? String(score.value) : score.value.toFixed(2);
  }
  return score.stringValue ?? (score.value === null ? '' : String(score.value));
}

const describeScore = (score: ScoreSummary): string =>
  `${score.name}: ${scoreValue(score)}${score.comment ? ` (${score.comment.slice(0, 200)})` : ''}`;
