import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { MoveError } from './move-error';

/** How far one list of recorded things has come. */
export interface Stream {
  /** What was asked for when it began; another beginning begins again. */
  since: string;
  /** Everything before it is moved. */
  doneUntil?: string;
  /** Where a list that is read by cursor goes on, and the end it was begun with. */
  cursor?: string;
  cursorUntil?: string;
  /** Items moved so far. */
  count: number;
}

/** Which id of there became which id here, by noun. */
export type IdNoun =
  | 'score-configs'
  | 'prompt-versions'
  | 'annotation-queues'
  | 'dataset-runs'
  | 'dashboard-widgets'
  | 'comments';

interface Stored {
  format: 1;
  from: { url: string; projectId: string };
  to: { url: string; projectId: string };
  streams: Record<string, Stream>;
  ids: Partial<Record<IdNoun, Record<string, string>>>;
}

/** Milliseconds between two writes of the file: what a kill loses is done again, and shows nothing twice. */
const writeEveryMs = 1_000;

/** What a move knows of itself when it is started again. Without it everything is done again, which is safe. */
export class MoveState {
  readonly #ids = new Map<IdNoun, Map<string, string>>();
  readonly #streams: Record<string, Stream>;
  #writtenAt = 0;

  constructor(
    private readonly file: string | null,
    private readonly ends: Pick<Stored, 'from' | 'to'>,
    stored: Stored | null,
  ) {
    this.#streams = stored?.streams ?? {};
    for (const [noun, ids] of Object.entries(stored?.ids ?? {})) {
      this.#ids.set(noun as IdNoun, new Map(Object.entries(ids)));
    }
  }

  ids(noun: IdNoun): Map<string, string> {
    const ids = this.#ids.get(noun) ?? new Map<string, string>();
    this.#ids.set(noun, ids);
    return ids;
  }

  /** Where the stream stands; at its beginning when it was begun with another one. */
  stream(name: string, since: Date): Stream {
    const before = this.#streams[name];
    if (before && before.since <= since.toISOString()) return before;
    const stream = { since: since.toISOString(), count: 0 };
    this.#streams[name] = stream;
    return stream;
  }

  /** Writes the file, if that is due or `now` is said. */
  save({ now = false } = {}): void {
    if (this.file === null || (!now && Date.now() - this.#writtenAt < writeEveryMs)) return;
    const stored: Stored = {
      format: 1,
      ...this.ends,
      streams: this.#streams,
      ids: Object.fromEntries([...this.#ids].map(([noun, ids]) => [noun, Object.fromEntries(ids)])),
    };
    const next = `${this.file}.next`;
    writeFileSync(next, `${JSON.stringify(stored, null, 1)}\n`);
    renameSync(next, this.file);
    this.#writtenAt = Date.now();
  }
}

/** Of its own for each pair of projects: many servers call one of theirs alike. */
export function stateFileOf({ from, to }: Pick<Stored, 'from' | 'to'>): string {
  const ends = JSON.stringify([from.url, from.projectId, to.url, to.projectId]);
  return `tracewell-move-${createHash('sha256').update(ends).digest('hex').slice(0, 12)}.json`;
}

/** @param file null keeps nothing, as a dry run does */
export function openState(file: string | null, ends: Pick<Stored, 'from' | 'to'>): MoveState {
  if (file === null || !existsSync(file)) return new MoveState(file, ends, null);
  let stored: Stored;
  try {
    stored = JSON.parse(readFileSync(file, 'utf8')) as Stored;
  } catch (error) {
    throw new MoveError(
      `${file} cannot be read: ${(error as Error).message}. Delete it: everything is then looked at again, and nothing is doubled.`,
    );
  }
  const isSame = (['from', 'to'] as const).every(
    (end) => stored[end]?.projectId === ends[end].projectId && stored[end].url === ends[end].url,
  );
  if (stored.format !== 1 || !isSame) {
    throw new MoveError(
      `${file} tells of a move between other projects or servers. Name another file with --state, or delete it: then everything is looked at again.`,
    );
  }
  return new MoveState(file, ends, stored);
}
