import type { TraceRecord } from '@tracewell/domain';
import type { StoredEvent } from '../decode/json-batch';
import {
  compareText,
  earliestTimestamp,
  type FoldEvents,
  firstEnvironment,
  firstTime,
  lastContent,
  lastOf,
  lastText,
  orderEvents,
} from './merge';
import { mergeMetadata } from './metadata';

/** What all events together say of a trace as a whole. */
export function foldTrace(id: string, received: Iterable<StoredEvent>): TraceRecord {
  const events = orderEvents(received, 'timestamp');
  return {
    id,
    timestamp: firstTime(events, 'timestamp') ?? earliestTimestamp(events),
    name: lastText(events, 'name', 'empties'),
    userId: lastText(events, 'userId', 'empties'),
    sessionId: lastText(events, 'sessionId', 'empties'),
    release: lastText(events, 'release', 'empties'),
    version: lastText(events, 'version', 'empties'),
    environment: firstEnvironment(events),
    public: isPublic(events),
    tags: unionOfTags(events),
    input: lastContent(events, 'input'),
    output: lastContent(events, 'output'),
    metadata: mergeMetadata(events),
  };
}

/** As last said; an event that does not speak of it leaves it as it is. */
const isPublic = (events: FoldEvents): boolean =>
  lastOf(events, (body) => {
    const value = body.get('public');
    return value === 'true' ? true : value === 'false' ? false : null;
  }) ?? false;

function unionOfTags(events: FoldEvents): string[] {
  const tags = new Set<string>();
  for (const { body } of events) {
    for (const tag of (JSON.parse(body.get('tags') ?? 'null') as string[] | null) ?? []) tags.add(tag);
  }
  return [...tags].sort(compareText);
}
