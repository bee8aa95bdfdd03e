export type { ExportFile } from './export-file';
export { exportTraces } from './export-traces';
