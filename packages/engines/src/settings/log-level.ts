import { choice } from './kinds';
import { preset } from './setting';

export const logLevel = preset(
  ['TRACEWELL_LOG_LEVEL', 'LANGFUSE_LOG_LEVEL'],
  choice('trace', 'debug', 'info', 'warn', 'error', 'fatal'),
  'info',
  'The least of what is logged',
);
