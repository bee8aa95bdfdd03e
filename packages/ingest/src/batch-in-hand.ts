import type { Microseconds } from '@tracewell/domain';
import type { Frame } from './batch';
import type { ShownMedia } from './enrich/media/extract-media';
import type { ReceivedEvent } from './write/entities';
import type { BatchOutcome, DeadLetter, DeadLetterReason } from './write/ledger';

/** Where in its batch an event stands. */
export interface Place {
  frame: Frame;
  /** Position of the frame in the batch. */
  index: number;
  /** Position of the event in the frame. */
  position: number;
}

export interface TouchedTrace {
  projectId: string;
  traceId: string;
  /** The earliest receipt of anything of it in this batch. */
  receivedAt: Microseconds;
}

/** A file that was found in a batch, and what shows it. */
export interface KeptMedia extends ShownMedia {
  projectId: string;
  receivedAt: Microseconds;
}

/** The batch that is being ingested: what is to be written of it, and what becomes of each of its events. */
export class BatchInHand {
  readonly rows: Uint8Array[] = [];
  readonly events: ReceivedEvent[] = [];
  readonly media: KeptMedia[] = [];
  readonly traces = new Map<string, TouchedTrace>();
  readonly deadLetters: DeadLetter[] = [];
  readonly #rowPlaces: Place[] = [];
  readonly #eventPlaces: Place[] = [];
  #buried = 0;
  #suppressed = 0;

  constructor(
    readonly batchKey: string,
    readonly frames: readonly Frame[],
  ) {}

  addRow(place: Place, traceId: string, row: Uint8Array): void {
    this.rows.push(row);
    this.#rowPlaces.push(place);
    this.touch(place.frame.projectId, traceId, place.frame.receivedAt);
  }

  addEvent(place: Place, event: ReceivedEvent): void {
    this.events.push(event);
    this.#eventPlaces.push(place);
  }

  addMedia({ projectId, receivedAt }: Frame, shown: readonly ShownMedia[]): void {
    for (const one of shown) this.media.push({ ...one, projectId, receivedAt });
  }

  touch(projectId: string, traceId: string, receivedAt: Microseconds): void {
    const key = `${projectId}\n${traceId}`;
    const touched = this.traces.get(key);
    if (!touched || touched.receivedAt > receivedAt) this.traces.set(key, { projectId, traceId, receivedAt });
  }

  suppress(count = 1): void {
    this.#suppressed += count;
  }

  bury(place: Place, reasonCode: DeadLetterReason, reason: string): void {
    this.#buried++;
    this.#record(place.frame, place.index, place.position, reasonCode, reason);
  }

  buryFrame(frame: Frame, index: number, reason: unknown): void {
    this.#buried += frame.accepted;
    this.#record(frame, index, null, 'frame_undecodable', String(reason));
  }

  buryRow(position: number, reason: string): void {
    this.bury(this.#rowPlaces[position]!, 'row_refused', reason);
  }

  buryEvent(position: number, reason: string): void {
    this.bury(this.#eventPlaces[position]!, 'row_refused', reason);
  }

  outcome(): BatchOutcome {
    const accepted = this.frames.reduce((sum, frame) => sum + frame.accepted, 0);
    return {
      batchKey: this.batchKey,
      accepted,
      written: accepted - this.#buried - this.#suppressed,
      deadLettered: this.#buried,
      suppressed: this.#suppressed,
    };
  }

  #record(
    { projectId, kind }: Frame,
    frame: number,
    position: number | null,
    reasonCode: DeadLetterReason,
    reason: string,
  ): void {
    this.deadLetters.push({ batchKey: this.batchKey, frame, position, projectId, kind, reasonCode, reason });
  }
}
