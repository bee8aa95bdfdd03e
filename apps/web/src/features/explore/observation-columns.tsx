'use client';
import { reduceUsage } from '@tracewell/domain';
import { formatDuration, formatMoney, type GridColumn } from '@tracewell/ui';
import { TypeIcon } from '../trace/observation-look';
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
import type { ObservationTableRow } from './observations-table';

const duration = (ms: number | null) =>
  ms === null ? null : <span className="num">{formatDuration(ms)}</span>;

const columns: GridColumn<ObservationTableRow>[] = [
  { id: 'time', label: 'Time', width: 104, cell: (row) => timeCell(row.startTime) },
  {
    id: 'name',
    label: 'Name',
    width: 190,
    cell: (row) => (
      <span className="flex min-w-0 items-center gap-1.5">
        <TypeIcon type={row.type} />
        {nameCell(row.name)}
      </span>
    ),
  },
  {
    id: 'level',
    label: 'Level',
    width: 58,
    cell: (row) =>
      row.level === 'ERROR' || row.level === 'WARNING' ? (
        <span title={row.statusMessage}>
          <LevelMark level={row.level} />
        </span>
      ) : null,
  },
  { id: 'trace', label: 'Trace', width: 140, cell: (row) => textCell(row.traceName) },
  { id: 'input', label: 'Input', width: 184, grow: 3, cell: (row) => previewCell(row.inputPreview) },
  { id: 'output', label: 'Output', width: 184, grow: 3, cell: (row) => previewCell(row.outputPreview) },
  { id: 'model', label: 'Model', width: 150, cell: (row) => textCell(row.model) },
  { id: 'latency', label: 'Latency', width: 78, align: 'right', cell: (row) => duration(row.latencyMs) },
  {
    id: 'firstToken',
    label: 'First token',
    width: 84,
    align: 'right',
    cell: (row) => duration(row.timeToFirstTokenMs),
  },
  {
    id: 'tokens',
    label: 'Tokens',
    width: 68,
    align: 'right',
    cell: (row) => tokensCell(reduceUsage(row.usage)),
  },
  {
    id: 'cost',
    label: 'Cost',
    width: 72,
    align: 'right',
    cell: (row) => (row.totalCost ? <span className="num">{formatMoney(row.totalCost)}</span> : null),
  },
  {
    id: 'prompt',
    label: 'Prompt',
    width: 130,
    cell: (row) =>
      textCell(
        row.promptName && `${row.promptName}${row.promptVersion === null ? '' : ` v${row.promptVersion}`}`,
      ),
  },
  { id: 'tools', label: 'Tools', width: 120, cell: (row) => listCell(row.toolCallNames) },
  { id: 'user', label: 'User', width: 120, cell: (row) => textCell(row.userId) },
  { id: 'session', label: 'Session', width: 120, cell: (row) => sessionCell(row.sessionId) },
  { id: 'tags', label: 'Tags', width: 150, cell: (row) => tagsCell(row.tags) },
  { id: 'scores', label: 'Scores', width: 170, cell: (row) => scoresCell(row.scores) },
  { id: 'environment', label: 'Environment', width: 100, cell: (row) => textCell(row.environment) },
  { id: 'version', label: 'Version', width: 90, cell: (row) => textCell(row.version) },
  { id: 'release', label: 'Release', width: 90, cell: (row) => textCell(row.release) },
  { id: 'id', label: 'Observation id', width: 180, cell: (row) => idCell(row.id) },
  { id: 'traceId', label: 'Trace id', width: 240, cell: (row) => idCell(row.traceId) },
];

export const observationColumnChoices = columns.map(({ id, label }) => ({ id, label: String(label) }));

/** Always newest first. */
export const makeObservationColumns = (): GridColumn<ObservationTableRow>[] => columns;
