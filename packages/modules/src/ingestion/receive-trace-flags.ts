import { randomUUID } from 'node:crypto';
import { formatIsoTime, type Microseconds } from '@tracewell/domain';
import { type ProjectAccess, requireScope } from '../access/index';
import { appendBatch } from './append-batch';
import type { EventDeps } from './receive-events';

/** What a person sets on a trace that is there. Its time and environment stay what they are. */
export interface TraceFlags {
  traceId: string;
  timestamp: Microseconds;
  environment: string;
  public?: boolean;
  /** What it is now, where the change is none of `public`: weaker than every word on that. */
  publicBefore?: boolean;
  /** All that it is to have, when tags are changed; and those that are taken away. */
  tags?: string[];
  removedTags?: string[];
}

/** Takes it by the same log as every event of a trace: durable when this resolves. */
export async function receiveTraceFlags(
  deps: Pick<EventDeps, 'batchLog' | 'now'>,
  access: ProjectAccess,
  { traceId, timestamp, ...flags }: TraceFlags,
): Promise<void> {
  requireScope(access, flags.tags ? 'traces:tag' : 'traces:publish');
  const event = { id: randomUUID(), type: 'trace-create', timestamp: formatIsoTime(deps.now()) };
  const body = { id: traceId, timestamp: formatIsoTime(timestamp), ...flags };
  await appendBatch(deps, access, [{ ...event, body }], false);
}
