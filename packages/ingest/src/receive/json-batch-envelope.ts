import { isUtf8 } from 'node:buffer';
import {
  eachElement,
  eachMember,
  MalformedJson,
  skipBlank,
  skipValue,
  startsArray,
  startsObject,
} from '../fold/json-text';

/** Levels of objects and arrays in a request, counted from its outermost brace. */
export const maxDepth = 128;
/** Below it the size of the body is the limit; above it the answer would be much larger than the request. */
export const maxEventsPerBatch = 50_000;

/** The envelope itself cannot be read, so no event of it can be answered for. */
export class InvalidBatch extends Error {
  override readonly name = 'InvalidBatch';
  readonly status = 400;
  constructor(
    /** The thing, the rule and the fix, one sentence each. */
    readonly errors: readonly string[],
  ) {
    super(errors.join('; '));
  }
  /** As clients of the wire expect it. */
  toBody(): { message: string; errors: readonly string[] } {
    return { message: 'Invalid request data', errors: this.errors };
  }
}

export interface EventSpan {
  /** Where the event stands in the text. */
  start: number;
  end: number;
  /** Levels of objects and arrays that the event itself has. */
  depth: number;
}

export interface Envelope {
  text: string;
  events: EventSpan[];
}

/** Levels around an event: the request and its list. */
const envelopeDepth = 2;
export const isTooDeep = (span: EventSpan): boolean => span.depth + envelopeDepth > maxDepth;

/**
 * Finds the events of a JSON batch without parsing any of them: each can then be read, and refused, on its own.
 * Throws `InvalidBatch`.
 */
export function readEnvelope(body: Uint8Array): Envelope {
  const text = decodeText(body);
  const start = skipBlank(text, 0);
  if (!startsObject(text, start)) throw invalid('body', 'must be a JSON object', `send {"batch": [...]}`);
  let events: EventSpan[] | undefined;
  try {
    const end = eachMember(text, start, (key, at) => {
      if (key !== 'batch') return skipValue(text, at);
      events = undefined;
      if (!startsArray(text, at)) return skipValue(text, at);
      const found: EventSpan[] = [];
      events = found;
      return readEvents(text, at, found);
    });
    if (skipBlank(text, end) !== text.length)
      throw new MalformedJson('text after the end of the object', end);
  } catch (error) {
    if (!(error instanceof MalformedJson)) throw error;
    throw invalid('body', `is not valid JSON: ${error.message}`, 'send the whole request as one JSON object');
  }
  if (!events) throw invalid('batch', 'must be an array of events', 'send {"batch": [...]}');
  return { text, events };
}

function readEvents(text: string, at: number, events: EventSpan[]): number {
  return eachElement(text, at, (start) => {
    if (events.length === maxEventsPerBatch) {
      throw invalid('batch', `holds more than ${maxEventsPerBatch} events`, 'send several smaller batches');
    }
    const seen = { depth: 0 };
    const end = skipValue(text, start, seen);
    events.push({ start, end, depth: seen.depth });
    return end;
  });
}

const byteOrderMark = 0xfeff;

export function decodeText(body: Uint8Array): string {
  if (!isUtf8(body)) throw invalid('body', 'is not valid UTF-8', 'encode the request as UTF-8');
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
  return text.charCodeAt(0) === byteOrderMark ? text.slice(1) : text;
}

const invalid = (thing: string, rule: string, fix: string) => new InvalidBatch([`${thing}: ${rule}; ${fix}`]);
