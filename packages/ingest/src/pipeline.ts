import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { EnrichedObservation, Observation, Provenance } from '@tracewell/domain';
import type { Blob } from '@tracewell/engines/blob/port';
import type { Columnar } from '@tracewell/engines/columnar/port';
import type { Frame } from './batch';
import { decodeEvents } from './decode/json-batch';
import { decodeOtlpJson } from './decode/otlp-json';
import { decodeOtlpProtobuf } from './decode/otlp-protobuf';
import type { DecodedSpans } from './decode/span';
import { failpoint } from './failpoint';
import { normaliseSpan } from './normalise/normalise';
import { DamagedBatch, decodeBatch } from './raw-batch';
import { createConvergeLane, type ReceivedEvent } from './write/converge-lane';
import { deleteTraces } from './write/delete';
import { createDeletionReader, type Deletions } from './write/deletions';
import { createInserter } from './write/inserter';
import type { BatchOutcome, DeadLetter, DeadLetterReason, Ledger } from './write/ledger';
import { observationRow } from './write/observation-row';

/**
 * The way of a stored batch: fetch → decode → normalise → enrich → write → record. It is the whole of a queue
 * job: when `ingestBatch` resolves, every event the door acknowledged can be read, or is a dead letter with a
 * reason, or is known to be deleted. When it throws, a store was away: nothing is lost, and it may be called
 * again with the same effect, any number of times, anywhere.
 *
 * An event that cannot be read is a dead letter and its neighbours go on; only a store can fail a batch.
 */
export interface PipelineOptions {
  blob: Blob;
  columnar: Columnar;
  ledger: Ledger;
  enrich: (observation: Observation, projectId: string) => EnrichedObservation;
  onInsert?: (insert: { table: string; rows: number; seconds: number }) => void;
  /** After the batch is recorded. */
  onIngested?: (outcome: BatchOutcome, oldestReceivedAt: number) => void;
}

export interface Pipeline {
  /** `replay` names a deliberate repetition, so that the store does not take it for a retry. */
  ingestBatch(batchKey: string, replay?: string): Promise<BatchOutcome>;
}

const inflate = promisify(gunzip);
/** The doors refuse larger bodies; a stored one cannot be larger. */
const maxInflatedBytes = 64 * 1024 * 1024;

export function createPipeline(options: PipelineOptions): Pipeline {
  const { blob, columnar, ledger, enrich } = options;
  const inserter = createInserter({ columnar, onInsert: options.onInsert });
  const deletionReader = createDeletionReader(columnar);
  const convergeLane = createConvergeLane({ columnar, inserter, enrich });

  async function ingestBatch(batchKey: string, replay?: string): Promise<BatchOutcome> {
    const batch = new BatchInHand(batchKey);
    const frames = await fetchFrames(batch);
    await failpoint('worker.after_fetch');

    const receivedAt = Math.min(...frames.map((frame) => frame.receivedAt));
    const deletions = await deletionReader.since(receivedAt);
    const rows: string[] = [];
    const places: Place[] = [];
    const events: ReceivedEvent[] = [];
    const eventPlaces: Place[] = [];
    const traces: Traces = new Map();

    for (const [index, frame] of frames.entries()) {
      batch.accepted += frame.accepted;
      if (frame.kind === 'json-batch') await readEventFrame(index, frame);
      else await readSpanFrame(index, frame);
    }
    await failpoint('worker.after_decode');

    const origin = replay ? `${batchKey}:${replay}` : batchKey;
    const [refusedRows, converged] = await Promise.all([
      inserter.insert({ table: 'observations', origin, rows }),
      events.length > 0 ? convergeLane.converge(events, deletions) : null,
    ]);
    for (const [position, reason] of refusedRows) batch.bury(places[position]!, 'row_refused', reason);
    if (converged) {
      for (const [position, reason] of converged.refused)
        batch.bury(eventPlaces[position]!, 'row_refused', reason);
      batch.suppressed += converged.suppressed.size;
      for (const { projectId, traceId } of converged.traces)
        noteTrace(traces, projectId, traceId, receivedAt);
    }
    await failpoint('worker.after_write');
    await deleteAgain(deletions, receivedAt, traces);

    const outcome = batch.outcome();
    await ledger.record(outcome, batch.deadLetters);
    await failpoint('worker.after_ledger');
    options.onIngested?.(outcome, receivedAt);
    return outcome;

    async function readSpanFrame(index: number, frame: Frame) {
      let decoded: DecodedSpans;
      try {
        const body = await bodyOf(frame);
        decoded =
          frame.kind === 'otlp-json'
            ? decodeOtlpJson(body, frame.rejected)
            : decodeOtlpProtobuf(body, frame.rejected);
      } catch (error) {
        batch.buryFrame(index, frame, 'frame_undecodable', error);
        return;
      }
      for (const { index: position, reason } of decoded.rejected) {
        batch.bury({ index, position, frame }, 'event_undecodable', reason);
      }
      const provenance = provenanceOf(frame, batchKey);
      const version = {
        rowVersion: frame.receivedAt,
        createdAt: frame.receivedAt,
        updatedAt: frame.receivedAt,
      };
      for (const [position, span] of decoded.spans.entries()) {
        if (deletions.cover(frame.projectId, 'trace', span.traceId, frame.receivedAt)) {
          batch.suppressed++;
          continue;
        }
        const place = { index, position, frame };
        try {
          rows.push(observationRow(enrich(normaliseSpan(span), frame.projectId), provenance, version));
          places.push(place);
          noteTrace(traces, frame.projectId, span.traceId, frame.receivedAt);
        } catch (error) {
          batch.bury(place, 'event_not_normalisable', String(error));
        }
      }
    }

    async function readEventFrame(index: number, frame: Frame) {
      try {
        const decoded = decodeEvents(await bodyOf(frame), frame.rejected, frame.scoresOnly);
        for (const { index: position, reason } of decoded.rejected) {
          batch.bury({ index, position, frame }, 'event_undecodable', reason);
        }
        const { projectId, apiKey, sdkName, sdkVersion, receivedAt } = frame;
        for (const [position, event] of decoded.events.entries()) {
          events.push({ ...event, projectId, apiKey, sdkName, sdkVersion, receivedAt, batchKey });
          eventPlaces.push({ index, position, frame });
        }
      } catch (error) {
        batch.buryFrame(index, frame, 'frame_undecodable', error);
      }
    }
  }

  /** A missing or damaged object is retried as if the store were away, and only then buried (see `buryBatch`). */
  async function fetchFrames(batch: BatchInHand): Promise<Frame[]> {
    const bytes = await blob.get(batch.batchKey);
    if (bytes === null) throw new MissingBatch(batch.batchKey);
    return decodeBatch(bytes);
  }

  /**
   * A deletion that came while rows were being written may have missed them. It is carried out again: either
   * the deletion saw the rows, or this look sees the deletion.
   */
  async function deleteAgain(before: Deletions, receivedAt: number, traces: Traces): Promise<void> {
    if (traces.size === 0) return;
    const after = await deletionReader.since(receivedAt);
    const missed = new Map<string, string[]>();
    for (const { projectId, traceId, receivedAt } of traces.values()) {
      if (
        !after.cover(projectId, 'trace', traceId, receivedAt) ||
        before.cover(projectId, 'trace', traceId, receivedAt)
      )
        continue;
      missed.set(projectId, [...(missed.get(projectId) ?? []), traceId]);
    }
    for (const [projectId, traceIds] of missed) await deleteTraces(columnar, { projectId, traceIds });
  }

  return { ingestBatch };
}

/** The stored object is not there. */
export class MissingBatch extends Error {
  override readonly name = 'MissingBatch';
  constructor(batchKey: string) {
    super(`no raw batch is stored under ${batchKey}`);
  }
}

/** Records a batch that no retry can read: what its doors acknowledged is unknown, so one dead letter stands for it. */
export async function buryBatch(
  ledger: Ledger,
  batchKey: string,
  error: DamagedBatch | MissingBatch,
): Promise<void> {
  await ledger.record({ batchKey, accepted: 1, written: 0, deadLettered: 1, suppressed: 0 }, [
    {
      batchKey,
      frame: null,
      position: null,
      projectId: '',
      kind: 'batch',
      reasonCode: error instanceof DamagedBatch ? 'batch_damaged' : 'batch_missing',
      reason: error.message,
    },
  ]);
}

interface Place {
  index: number;
  position: number;
  frame: Frame;
}
type Traces = Map<string, { projectId: string; traceId: string; receivedAt: number }>;

function noteTrace(traces: Traces, projectId: string, traceId: string, receivedAt: number): void {
  const key = `${projectId}\n${traceId}`;
  const noted = traces.get(key);
  if (!noted || noted.receivedAt > receivedAt) traces.set(key, { projectId, traceId, receivedAt });
}

/** Counts and dead letters of the batch that is being ingested. */
class BatchInHand {
  accepted = 0;
  suppressed = 0;
  readonly deadLetters: DeadLetter[] = [];
  #buried = 0;

  constructor(readonly batchKey: string) {}

  bury({ index, position, frame }: Place, reasonCode: DeadLetterReason, reason: string): void {
    this.#buried++;
    this.#push(index, position, frame, reasonCode, reason);
  }

  buryFrame(index: number, frame: Frame, reasonCode: DeadLetterReason, error: unknown): void {
    this.#buried += frame.accepted;
    this.#push(index, null, frame, reasonCode, String(error));
  }

  #push(
    index: number,
    position: number | null,
    frame: Frame,
    reasonCode: DeadLetterReason,
    reason: string,
  ): void {
    const { batchKey } = this;
    this.deadLetters.push({
      batchKey,
      frame: index,
      position,
      projectId: frame.projectId,
      kind: frame.kind,
      reasonCode,
      reason,
    });
  }

  outcome(): BatchOutcome {
    const { batchKey, accepted, suppressed } = this;
    return {
      batchKey,
      accepted,
      written: accepted - this.#buried - suppressed,
      deadLettered: this.#buried,
      suppressed,
    };
  }
}

async function bodyOf(frame: Frame): Promise<Uint8Array> {
  return frame.encoding === 'gzip' ? inflate(frame.body, { maxOutputLength: maxInflatedBytes }) : frame.body;
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
