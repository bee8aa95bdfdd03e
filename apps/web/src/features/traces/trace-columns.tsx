'use client';
import {
  Badge,
  describeTime,
  formatCompact,
  formatCount,
  formatDuration,
  formatMoney,
  formatTime,
  type GridColumn,
} from '@tracewell/ui';
import type { ReactNode } from 'react';
import type { ScoreSummary, TraceSummary } from '../../api-client/types';
import { LevelMark } from './level-mark';
import { readPreview } from './read-preview';
import type { TraceOrder } from './use-traces-state';

export const defaultHidden = ['version', 'release', 'id'];

interface ColumnPlan {
  id: string;
  label: string;
  width: number;
  align?: 'right';
  grow?: number;
  /** The order a click on the header asks for; `timestamp` has both ways. */
  order?: TraceOrder;
  cell: (trace: TraceSummary) => ReactNode;
}

const none = null;
const text = (value: string) => (value ? <span className="truncate">{value}</span> : none);

const plans: ColumnPlan[] = [
  {
    id: 'timestamp',
    label: 'Time',
    width: 104,
    order: 'timestamp.desc',
    cell: (trace) => (
      <time
        dateTime={trace.timestamp}
        title={describeTime(trace.timestamp).join('\n')}
        className="num text-ink-muted"
      >
        {formatTime(trace.timestamp)}
      </time>
    ),
  },
  {
    id: 'name',
    label: 'Name',
    width: 168,
    cell: (trace) => (
      <span className="truncate font-medium" title={trace.name}>
        {trace.name || <span className="font-normal text-ink-faint">unnamed</span>}
      </span>
    ),
  },
  {
    id: 'level',
    label: 'Level',
    width: 58,
    order: 'errorCount.desc',
    cell: (trace) =>
      trace.level === 'ERROR' || trace.level === 'WARNING' ? (
        <span className="flex items-center gap-1">
          <LevelMark level={trace.level} />
          {trace.errorCount ? (
            <span className="num text-danger" title={`${formatCount(trace.errorCount)} failed observations`}>
              {formatCompact(trace.errorCount)}
            </span>
          ) : null}
        </span>
      ) : (
        none
      ),
  },
  {
    id: 'input',
    label: 'Input',
    width: 184,
    grow: 3,
    cell: (trace) => <Preview text={trace.inputPreview} />,
  },
  {
    id: 'output',
    label: 'Output',
    width: 184,
    grow: 3,
    cell: (trace) => <Preview text={trace.outputPreview} />,
  },
  {
    id: 'latency',
    label: 'Latency',
    width: 78,
    align: 'right',
    order: 'latency.desc',
    cell: (trace) => <span className="num">{formatDuration(trace.latencyMs)}</span>,
  },
  {
    id: 'tokens',
    label: 'Tokens',
    width: 68,
    align: 'right',
    order: 'totalTokens.desc',
    cell: (trace) =>
      trace.usage.total ? (
        <span
          className="num"
          title={`${formatCount(trace.usage.input)} in\n${formatCount(trace.usage.output)} out\n${formatCount(trace.usage.total)} in all`}
        >
          {formatCompact(trace.usage.total)}
        </span>
      ) : (
        none
      ),
  },
  {
    id: 'cost',
    label: 'Cost',
    width: 72,
    align: 'right',
    order: 'totalCost.desc',
    cell: (trace) => (trace.totalCost ? <span className="num">{formatMoney(trace.totalCost)}</span> : none),
  },
  {
    id: 'observations',
    label: 'Steps',
    width: 56,
    align: 'right',
    cell: (trace) => <span className="num text-ink-muted">{formatCompact(trace.observationCount)}</span>,
  },
  { id: 'models', label: 'Model', width: 150, cell: (trace) => <List values={trace.models} /> },
  { id: 'user', label: 'User', width: 120, cell: (trace) => text(trace.userId) },
  { id: 'session', label: 'Session', width: 120, cell: (trace) => text(trace.sessionId) },
  {
    id: 'tags',
    label: 'Tags',
    width: 150,
    cell: (trace) =>
      trace.tags.length ? (
        <span className="flex gap-1 overflow-hidden" title={trace.tags.join(', ')}>
          {trace.tags.slice(0, 6).map((tag) => (
            <Badge key={tag} tone="outline" className="h-4.5">
              <span className="truncate">{tag}</span>
            </Badge>
          ))}
        </span>
      ) : (
        none
      ),
  },
  {
    id: 'scores',
    label: 'Scores',
    width: 170,
    cell: (trace) =>
      trace.scores.length ? (
        <span className="flex gap-1 overflow-hidden" title={trace.scores.map(describeScore).join('\n')}>
          {trace.scores.slice(0, 4).map((score) => (
            <Badge key={score.id} className="h-4.5">
              {score.name} <span className="text-ink">{scoreValue(score)}</span>
            </Badge>
          ))}
        </span>
      ) : (
        none
      ),
  },
  { id: 'environment', label: 'Environment', width: 100, cell: (trace) => text(trace.environment) },
  { id: 'version', label: 'Version', width: 90, cell: (trace) => text(trace.version) },
  { id: 'release', label: 'Release', width: 90, cell: (trace) => text(trace.release) },
  {
    id: 'id',
    label: 'Trace id',
    width: 240,
    cell: (trace) => <span className="ident truncate text-ink-muted">{trace.id}</span>,
  },
];

export const columnChoices = plans.map(({ id, label }) => ({ id, label }));

/** Columns with their way of ordering; `timestamp` turns around on a second click, the others give way to it. */
export function makeColumns(
  order: TraceOrder,
  setOrder: (order: TraceOrder) => void,
): GridColumn<TraceSummary>[] {
  return plans.map(({ order: wanted, ...plan }) => {
    if (!wanted) return plan;
    if (wanted === 'timestamp.desc') {
      return {
        ...plan,
        sort: {
          direction: order === 'timestamp.desc' ? 'desc' : order === 'timestamp.asc' ? 'asc' : null,
          toggle: () => setOrder(order === 'timestamp.desc' ? 'timestamp.asc' : 'timestamp.desc'),
        },
      };
    }
    return {
      ...plan,
      sort: {
        direction: order === wanted ? 'desc' : null,
        toggle: () => setOrder(order === wanted ? 'timestamp.desc' : wanted),
      },
    };
  });
}

function Preview({ text: preview }: { text: string }) {
  if (!preview) return none;
  return <span className="truncate text-xs text-ink-muted">{readPreview(preview)}</span>;
}

function List({ values }: { values: string[] }) {
  if (!values.length) return none;
  return (
    <span className="truncate text-xs" title={values.join('\n')}>
      {values[0]}
      {values.length > 1 ? <span className="text-ink-faint"> +{values.length - 1}</span> : null}
    </span>
  );
}

export function scoreValue(score: ScoreSummary): string {
  if (score.dataType === 'NUMERIC' && score.value !== null) {
    return Number.isInteger(score.value) ? String(score.value) : score.value.toFixed(2);
  }
  return score.stringValue ?? (score.value === null ? '' : String(score.value));
}

const describeScore = (score: ScoreSummary): string =>
  `${score.name}: ${scoreValue(score)}${score.comment ? ` (${score.comment.slice(0, 200)})` : ''}`;
