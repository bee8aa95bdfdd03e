import type { Metadata, Observation } from '@tracewell/domain';
import { createMetadata } from '@tracewell/domain';
import type { StoredEvent } from '../../decode/json-batch';
import { traceIdOfObservation } from '../../fold/event-types';
import { readMembers } from '../../fold/json-text';
import { dataUriMark, replaceDataUris } from './data-uris';
import { gatherMedia, type InlineMedia } from './found-media';
import { mayHoldParts, replaceParts } from './media-parts';

/**
 * Files that clients put into records as base64 are taken out, and a reference is left in their place. Pure: the
 * same record gives the same references, so doing it again changes nothing.
 */

/** A file and what shows it. */
export interface ShownMedia extends InlineMedia {
  traceId: string;
  /** null: the trace as a whole. */
  observationId: string | null;
  field: 'input' | 'output' | 'metadata';
}

/** Shorter texts hold no file worth a reference. */
const minTextLength = 20;

/** Whether a text may hold a file: what every record is asked, and nearly every one answers no. */
const mayHoldMedia = (text: string): boolean =>
  text.length >= minTextLength && (text.includes(dataUriMark) || mayHoldParts(text));

function replaceMedia(text: string, found: Map<string, InlineMedia>): string {
  const take = gatherMedia(found);
  const withoutUris = text.includes(dataUriMark) ? replaceDataUris(text, take) : text;
  return mayHoldParts(withoutUris) ? replaceParts(withoutUris, take) : withoutUris;
}

/** Takes files out of texts of one record, and notes where each was. */
class Extraction {
  readonly shown: ShownMedia[] = [];

  constructor(readonly place: { traceId: string; observationId: string | null }) {}

  text(text: string, field: ShownMedia['field'], place = this.place): string {
    if (!mayHoldMedia(text)) return text;
    const found = new Map<string, InlineMedia>();
    const replaced = replaceMedia(text, found);
    for (const media of found.values()) this.shown.push({ ...media, ...place, field });
    return replaced;
  }

  metadata(metadata: Metadata, place = this.place): Metadata {
    if (!Object.values(metadata).some(mayHoldMedia)) return metadata;
    const replaced = createMetadata();
    for (const [key, value] of Object.entries(metadata)) replaced[key] = this.text(value, 'metadata', place);
    return replaced;
  }
}

/** The observation without the files in its texts, and the files. The one handed in is not changed. */
export function extractMedia(observation: Observation): { observation: Observation; shown: ShownMedia[] } {
  const { trace } = observation;
  if (!mayObservationHoldMedia(observation)) return { observation, shown: [] };
  const extraction = new Extraction({ traceId: observation.traceId, observationId: observation.id });
  const ofTrace = { traceId: observation.traceId, observationId: null };
  return {
    observation: {
      ...observation,
      input: extraction.text(observation.input, 'input'),
      output: extraction.text(observation.output, 'output'),
      metadata: extraction.metadata(observation.metadata),
      trace: {
        ...trace,
        input: extraction.text(trace.input, 'input', ofTrace),
        output: extraction.text(trace.output, 'output', ofTrace),
        metadata: extraction.metadata(trace.metadata, ofTrace),
      },
    },
    shown: extraction.shown,
  };
}

function mayObservationHoldMedia({ input, output, metadata, trace }: Observation): boolean {
  if (mayHoldMedia(input) || mayHoldMedia(output)) return true;
  if (mayHoldMedia(trace.input) || mayHoldMedia(trace.output)) return true;
  for (const key in metadata) if (mayHoldMedia(metadata[key]!)) return true;
  for (const key in trace.metadata) if (mayHoldMedia(trace.metadata[key]!)) return true;
  return false;
}

const mediaMembers = ['input', 'output', 'metadata'] as const;

/**
 * As `extractMedia`, for an event of the JSON batch API. Its hash stays that of the body as it came: it is by
 * that that the same event is known again.
 */
export function extractMediaOfEvent(event: StoredEvent): { event: StoredEvent; shown: ShownMedia[] } {
  if (event.entity === 'score' || !mayHoldMedia(event.body)) return { event, shown: [] };
  const members = readMembers(event.body);
  const extraction = new Extraction(placeOf(event, members));
  const replaced = new Map<string, string>();
  for (const field of mediaMembers) {
    const before = members.get(field);
    if (before === undefined) continue;
    const after = extraction.text(before, field);
    if (after !== before) replaced.set(field, after);
  }
  if (replaced.size === 0) return { event, shown: [] };
  const body = [...members].map(([key, value]) => `${JSON.stringify(key)}:${replaced.get(key) ?? value}`);
  return { event: { ...event, body: `{${body.join(',')}}` }, shown: extraction.shown };
}

function placeOf({ entity, entityId }: StoredEvent, members: ReadonlyMap<string, string>) {
  if (entity === 'trace') return { traceId: entityId, observationId: null };
  const said: unknown = JSON.parse(members.get('traceId') ?? 'null');
  const traceId = typeof said === 'string' && said !== '' ? said : traceIdOfObservation(entityId);
  return { traceId, observationId: entityId };
}
