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

/**
 * As last said; an event that does not speak of it leaves it as it is. `publicBefore` is what spans had said when
 * a person changed something else: it never outweighs a word of its own.
 */
const isPublic = (events: FoldEvents): boolean =>
  lastFlag(events, 'public') ?? lastFlag(events, 'publicBefore') ?? false;

const lastFlag = (events: FoldEvents, key: string): boolean | null =>
  lastOf(events, (body) => {
    const value = body.get(key);
    return value === 'true' ? true : value === 'false' ? false : null;
  });

/**
 * Everything that was said, without what a person took away later (`removedTags`). When that was all, one empty
 * tag stands for it: no tags at all would let those of the spans speak.
 */
function unionOfTags(events: FoldEvents): string[] {
  const tags = new Set<string>();
  let isEdited = false;
  for (const { body } of events) {
    for (const tag of (JSON.parse(body.get('tags') ?? 'null') as string[] | null) ?? []) tags.add(tag);
    for (const tag of textsOf(body.get('removedTags'))) {
      tags.delete(tag);
      isEdited = true;
    }
  }
  return tags.size === 0 && isEdited ? [''] : [...tags].sort(compareText);
}

/** Clients may send anything under a name that the door does not know. */
function textsOf(json: string | undefined): string[] {
  const value: unknown = JSON.parse(json ?? 'null');
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
