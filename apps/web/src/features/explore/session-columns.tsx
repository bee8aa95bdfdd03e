'use client';
import { formatCompact, formatCount, formatDuration, formatMoney, type GridColumn } from '@tracewell/ui';
import { listCell, sessionCell, tagsCell, timeCell } from './cells';
import type { SessionRow } from './sessions-table';

const columns: GridColumn<SessionRow>[] = [
  { id: 'timestamp', label: 'First trace', width: 104, cell: (row) => timeCell(row.timestamp) },
  { id: 'last', label: 'Last trace', width: 104, cell: (row) => timeCell(row.lastTraceAt) },
  { id: 'id', label: 'Session', width: 240, grow: 3, cell: (row) => sessionCell(row.id) },
  {
    id: 'duration',
    label: 'Duration',
    width: 84,
    align: 'right',
    cell: (row) => <span className="num">{formatDuration(row.durationMs)}</span>,
  },
  {
    id: 'traces',
    label: 'Traces',
    width: 64,
    align: 'right',
    cell: (row) => (
      <span className="num" title={formatCount(row.traceCount)}>
        {formatCompact(row.traceCount)}
      </span>
    ),
  },
  {
    id: 'failed',
    label: 'Failed',
    width: 60,
    align: 'right',
    cell: (row) =>
      row.errorCount ? (
        <span className="num text-danger" title={`${formatCount(row.errorCount)} failed traces`}>
          {formatCompact(row.errorCount)}
        </span>
      ) : null,
  },
  { id: 'users', label: 'Users', width: 150, cell: (row) => listCell(row.userIds) },
  {
    id: 'tokens',
    label: 'Tokens',
    width: 72,
    align: 'right',
    cell: (row) =>
      row.totalTokens ? (
        <span className="num" title={formatCount(row.totalTokens)}>
          {formatCompact(row.totalTokens)}
        </span>
      ) : null,
  },
  {
    id: 'cost',
    label: 'Cost',
    width: 76,
    align: 'right',
    cell: (row) => (row.totalCost ? <span className="num">{formatMoney(row.totalCost)}</span> : null),
  },
  { id: 'environments', label: 'Environments', width: 130, cell: (row) => listCell(row.environments) },
  { id: 'tags', label: 'Tags', width: 180, cell: (row) => tagsCell(row.tags) },
];

export const sessionColumnChoices = columns.map(({ id, label }) => ({ id, label: String(label) }));

/** Always newest first. */
export const makeSessionColumns = (): GridColumn<SessionRow>[] => columns;
