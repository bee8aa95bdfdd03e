export { listAuditLog } from './list-audit-log';
export { type Change, recordChange } from './record-change';
export { isRecorded } from './store';
