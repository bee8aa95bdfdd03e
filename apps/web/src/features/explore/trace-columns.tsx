'use client';
import { formatCompact, formatCount, formatDuration, formatMoney, type GridColumn } from '@tracewell/ui';
import type { ReactNode } from 'react';
import {
  idCell,
  listCell,
  nameCell,
  previewCell,
  scoresCell,
  sessionCell,
  tagsCell,
  textCell,
  timeCell,
  tokensCell,
} from './cells';
import { LevelMark } from './level-mark';
import type { TraceRow } from './traces-table';

export const traceOrders = [
  'timestamp.desc',
  'timestamp.asc',
  'latency.desc',
  'totalCost.desc',
  'totalTokens.desc',
  'errorCount.desc',
] as const;

interface ColumnPlan {
  id: string;
  label: string;
  width: number;
  align?: 'right';
  grow?: number;
  /** The order a click on the header asks for; `timestamp` has both ways. */
  order?: (typeof traceOrders)[number];
  cell: (trace: TraceRow) => ReactNode;
}

const plans: ColumnPlan[] = [
  {
    id: 'timestamp',
    label: 'Time',
    width: 104,
    order: 'timestamp.desc',
    cell: (trace) => timeCell(trace.timestamp),
  },
  { id: 'name', label: 'Name', width: 168, cell: (trace) => nameCell(trace.name) },
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
      ) : null,
  },
  { id: 'input', label: 'Input', width: 184, grow: 3, cell: (trace) => previewCell(trace.inputPreview) },
  { id: 'output', label: 'Output', width: 184, grow: 3, cell: (trace) => previewCell(trace.outputPreview) },
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
    cell: (trace) => tokensCell(trace.usage),
  },
  {
    id: 'cost',
    label: 'Cost',
    width: 72,
    align: 'right',
    order: 'totalCost.desc',
    cell: (trace) => (trace.totalCost ? <span className="num">{formatMoney(trace.totalCost)}</span> : null),
  },
  {
    id: 'observations',
    label: 'Steps',
    width: 56,
    align: 'right',
    cell: (trace) => <span className="num text-ink-muted">{formatCompact(trace.observationCount)}</span>,
  },
  { id: 'models', label: 'Model', width: 150, cell: (trace) => listCell(trace.models) },
  { id: 'user', label: 'User', width: 120, cell: (trace) => textCell(trace.userId) },
  { id: 'session', label: 'Session', width: 120, cell: (trace) => sessionCell(trace.sessionId) },
  { id: 'tags', label: 'Tags', width: 150, cell: (trace) => tagsCell(trace.tags) },
  { id: 'scores', label: 'Scores', width: 170, cell: (trace) => scoresCell(trace.scores) },
  { id: 'environment', label: 'Environment', width: 100, cell: (trace) => textCell(trace.environment) },
  { id: 'version', label: 'Version', width: 90, cell: (trace) => textCell(trace.version) },
  { id: 'release', label: 'Release', width: 90, cell: (trace) => textCell(trace.release) },
  { id: 'id', label: 'Trace id', width: 240, cell: (trace) => idCell(trace.id) },
];

export const traceColumnChoices = plans.map(({ id, label }) => ({ id, label }));

/** Columns with their way of ordering; `timestamp` turns around on a second click, the others give way to it. */
export function makeTraceColumns(order: string, setOrder: (order: string) => void): GridColumn<TraceRow>[] {
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
