'use client';
import type { GridColumn } from '@tracewell/ui';
import { idCell, nameCell, scoreValue, textCell, timeCell } from './cells';
import type { ScoreTableRow } from './scores-table';

const sources: Record<ScoreTableRow['source'], string> = {
  API: 'API',
  ANNOTATION: 'Annotation',
  EVAL: 'Evaluator',
};
const dataTypes: Partial<Record<string, string>> = {
  NUMERIC: 'Numeric',
  BOOLEAN: 'Boolean',
  CATEGORICAL: 'Categorical',
  TEXT: 'Text',
  CORRECTION: 'Correction',
};

const columns: GridColumn<ScoreTableRow>[] = [
  { id: 'time', label: 'Time', width: 104, cell: (row) => timeCell(row.timestamp) },
  { id: 'name', label: 'Name', width: 170, cell: (row) => nameCell(row.name) },
  {
    id: 'value',
    label: 'Value',
    width: 120,
    cell: (row) => (
      <span className="num truncate" title={scoreValue(row)}>
        {scoreValue(row)}
      </span>
    ),
  },
  { id: 'source', label: 'Source', width: 92, cell: (row) => textCell(sources[row.source]) },
  {
    id: 'dataType',
    label: 'Data type',
    width: 96,
    cell: (row) => textCell(dataTypes[row.dataType] ?? row.dataType),
  },
  {
    id: 'comment',
    label: 'Comment',
    width: 220,
    grow: 3,
    cell: (row) =>
      row.comment ? (
        <span className="truncate text-xs text-ink-muted" title={row.comment.slice(0, 1_000)}>
          {row.comment}
        </span>
      ) : null,
  },
  { id: 'trace', label: 'Trace', width: 170, cell: (row) => idCell(row.traceId ?? '') },
  { id: 'observation', label: 'Observation', width: 150, cell: (row) => idCell(row.observationId ?? '') },
  { id: 'session', label: 'Session', width: 130, cell: (row) => idCell(row.sessionId ?? '') },
  { id: 'user', label: 'User', width: 120, cell: (row) => textCell(row.userId ?? '') },
  { id: 'environment', label: 'Environment', width: 100, cell: (row) => textCell(row.environment) },
  { id: 'author', label: 'Author', width: 150, cell: (row) => idCell(row.authorUserId ?? '') },
  { id: 'id', label: 'Score id', width: 240, cell: (row) => idCell(row.id) },
];

export const scoreColumnChoices = columns.map(({ id, label }) => ({ id, label: String(label) }));

/** Always newest first. */
export const makeScoreColumns = (): GridColumn<ScoreTableRow>[] => columns;
