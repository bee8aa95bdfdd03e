import type { Operation } from './operation';
import * as health from './public/health';
import * as ingestion from './public/ingestion';
import * as observations from './public/observations';
import * as projects from './public/projects';
import * as scores from './public/score-operations';
import * as sessions from './public/sessions';
import * as traces from './public/traces';
import * as auditLog from './v1/audit-log';
import * as screens from './v1/operations';

/** Every operation of the API: what is not here has no route, no page and no test. */
export const operations: readonly Operation[] = [
  health,
  projects,
  ingestion,
  traces,
  observations,
  sessions,
  scores,
  screens,
  auditLog,
].flatMap((noun) => Object.values(noun).filter(isOperation));

function isOperation(value: unknown): value is Operation {
  return typeof value === 'object' && value !== null && 'scope' in value && 'path' in value;
}
