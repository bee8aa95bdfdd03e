import { checkEngineSettings, engineSettings } from '@tracewell/engines/settings/engine-settings';
import { integer, portNumber, text } from '@tracewell/engines/settings/kinds';
import { logLevel } from '@tracewell/engines/settings/log-level';
import {
  type Definitions,
  type Environment,
  preset,
  readSettings,
} from '@tracewell/engines/settings/setting';

/** What the worker process is told beside where the stores are. */
const longestMs = 24 * 3600 * 1000;

export const workerSettings = {
  host: preset(
    ['TRACEWELL_WORKER_HOST'],
    text('0.0.0.0'),
    '127.0.0.1',
    'Address that the worker answers `/livez`, `/readyz` and `/metrics` on',
  ),
  port: preset(['TRACEWELL_WORKER_PORT'], portNumber(3030), 3030, 'Port of these; 0 for any that is free'),
  reconcileEveryMs: preset(
    ['TRACEWELL_RECONCILE_EVERY_MS'],
    integer(100, longestMs, 10_000),
    10_000,
    'How often stored batches are compared with the ledger, ms',
  ),
  reconcileGraceMs: preset(
    ['TRACEWELL_RECONCILE_GRACE_MS'],
    integer(0, longestMs, 30_000),
    30_000,
    'How old a stored batch that is in no ledger must be to be driven again, ms',
  ),
  logLevel,
} satisfies Definitions;

/** Throws `InvalidSettings`, which also names what is wrong with the settings of the stores. */
export function readWorkerSettings(env: Environment) {
  return readSettings({ ...engineSettings, ...workerSettings }, env, checkEngineSettings);
}
