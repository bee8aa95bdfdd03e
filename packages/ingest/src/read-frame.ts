import { promisify } from 'node:util';
import { brotliDecompress, gunzip } from 'node:zlib';
import type { EnrichedObservation, Microseconds, Observation, Provenance } from '@tracewell/domain';
import type { Frame } from './batch';
import type { BatchInHand } from './batch-in-hand';
import { decodeEvents } from './decode/json-batch';
import { decodeOtlpJson } from './decode/otlp-json';
import { decodeOtlpProtobuf } from './decode/otlp-protobuf';
import { extractMedia, extractMediaOfEvent } from './enrich/media/extract-media';
import { normaliseSpan } from './normalise/normalise';
import type { Deletions } from './write/deletions';
import { observationRow, type RowVersion } from './write/observation-row';

export type Enrich = (observation: Observation, projectId: string) => EnrichedObservation;

const inflate = { gzip: promisify(gunzip), br: promisify(brotliDecompress) };
/** The doors refuse larger bodies; a stored one cannot be larger. */
const maxInflatedBytes = 64 * 1024 * 1024;
/** Every piece of output is a turn of the event loop; most bodies fit a few of four times their length. */
const pieceBytes = ({ length }: Uint8Array) => Math.max(16 * 1024, 4 * length);

export interface ReadContext {
  enrich: Enrich;
  deletions: Deletions;
  /** Whether files in the records are taken out, as there is somewhere to keep them. */
  takesMedia: boolean;
}

/**
 * Decodes a frame and puts what it holds into the batch: rows of its spans, or its events. Never throws for
 * what the frame holds: what cannot be read is buried with a reason, and its neighbours go on.
 */
export async function readFrame(
  batch: BatchInHand,
  frame: Frame,
  index: number,
  context: ReadContext,
): Promise<void> {
  try {
    const { encoding } = frame;
    const body =
      encoding === 'identity'
        ? frame.body
        : await inflate[encoding](frame.body, {
            maxOutputLength: maxInflatedBytes,
            chunkSize: pieceBytes(frame.body),
          });
    if (frame.kind === 'json-batch') readEvents(batch, frame, index, body, context);
    else readSpans(batch, frame, index, body, context);
  } catch (error) {
    batch.buryFrame(frame, index, error);
  }
}

function readSpans(
  batch: BatchInHand,
  frame: Frame,
  index: number,
  body: Uint8Array,
  { enrich, deletions, takesMedia }: ReadContext,
): void {
  const decode = frame.kind === 'otlp-json' ? decodeOtlpJson : decodeOtlpProtobuf;
  const { spans, positions, rejected } = decode(body, frame.rejected);
  for (const { index: position, reason } of rejected)
    batch.bury({ frame, index, position }, 'event_undecodable', reason);

  const { projectId, receivedAt } = frame;
  const provenance = provenanceOf(frame, batch.batchKey);
  for (const [n, span] of spans.entries()) {
    if (deletions.cover(projectId, 'trace', span.traceId, receivedAt)) {
      batch.suppress();
      continue;
    }
    const place = { frame, index, position: positions[n]! };
    try {
      const normalised = normaliseSpan(span);
      const { observation: light, shown } = takesMedia
        ? extractMedia(normalised)
        : { observation: normalised, shown: [] };
      const observation = enrich(light, projectId);
      batch.addRow(
        place,
        span.traceId,
        observationRow(observation, provenance, versionOf(observation, receivedAt)),
      );
      batch.addMedia(frame, shown);
    } catch (error) {
      batch.bury(place, 'event_not_normalisable', String(error));
    }
  }
}

/** The announcement of a span has its id, and yields to the whole span, whichever comes first. */
const announcedVersion = 0;

const versionOf = ({ endTime }: Observation, receivedAt: Microseconds): RowVersion => ({
  rowVersion: endTime === null ? announcedVersion : receivedAt,
  createdAt: receivedAt,
  updatedAt: receivedAt,
});

function readEvents(
  batch: BatchInHand,
  frame: Frame,
  index: number,
  body: Uint8Array,
  { takesMedia }: ReadContext,
): void {
  const { events, rejected } = decodeEvents(body, frame.rejected, frame.scoresOnly);
  for (const { index: position, reason } of rejected)
    batch.bury({ frame, index, position }, 'event_undecodable', reason);
  const { projectId, apiKey, sdkName, sdkVersion, receivedAt } = frame;
  const { batchKey } = batch;
  for (const [position, sent] of events.entries()) {
    const { event, shown } = takesMedia ? extractMediaOfEvent(sent) : { event: sent, shown: [] };
    batch.addMedia(frame, shown);
    batch.addEvent(
      { frame, index, position },
      { ...event, projectId, apiKey, sdkName, sdkVersion, receivedAt, batchKey },
    );
  }
}

function provenanceOf(frame: Frame, batchKey: string): Provenance {
  return {
    projectId: frame.projectId,
    source: 'otel',
    ingestionApiKey: frame.apiKey,
    ingestionSdkName: frame.sdkName,
    ingestionSdkVersion: frame.sdkVersion,
    receivedAt: frame.receivedAt,
    batchKey,
  };
}
