import type { ExportFormat } from '@tracewell/contract';
import type { WriteExport } from './export-column';
import { writeCsv } from './write-csv';
import { writeJson, writeJsonLines } from './write-json';
import { writeParquet } from './write-parquet';

interface Format {
  contentType: string;
  extension: string;
  write: WriteExport;
}

export const formats: Record<ExportFormat, Format> = {
  csv: { contentType: 'text/csv; charset=utf-8', extension: 'csv', write: writeCsv },
  json: { contentType: 'application/json', extension: 'json', write: writeJson },
  jsonl: { contentType: 'application/jsonl', extension: 'jsonl', write: writeJsonLines },
  parquet: { contentType: 'application/vnd.apache.parquet', extension: 'parquet', write: writeParquet },
};
