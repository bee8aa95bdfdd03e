import { isDeepStrictEqual } from 'node:util';
import type { ModelDefinition } from '@tracewell/domain';
import type { Relational } from '@tracewell/engines/relational/port';
import { toDefinition } from './model';
import { listModelsOfProjects, readModelsStamp } from './store';

/**
 * The definitions of the projects in hand, for whoever enriches what comes in.
 *
 *   prepare(projects) → definitionsOf(project) … → release
 *
 * Every `refreshMs` at most, one small question tells whether any definition was made, replaced or deleted; only
 * then are those of the projects in hand read again. While the database is away a project that is known keeps
 * the definitions it had; of one that was never seen nothing is known, and `prepare` throws: its batch comes
 * back later rather than being priced without its definitions.
 *
 * Memory is bounded by the definitions held: projects that are not in hand go, the longest unused first.
 */
export interface DefinitionSnapshot {
  /** Resolves when the definitions of these projects are known, until the returned function is called. */
  prepare(projectIds: ReadonlySet<string>): Promise<() => void>;
  /** Of a prepared project. The same array as long as they are the same. */
  definitionsOf(projectId: string): readonly ModelDefinition[];
}

export interface DefinitionSnapshotOptions {
  relational: Pick<Relational, 'db'>;
  now?: () => number;
  refreshMs?: number;
  /** How long a batch of known projects waits for the database. */
  timeoutMs?: number;
  /** Definitions in memory, with one more for each project; what is in hand may go beyond it. */
  maxHeld?: number;
  /** The database could not be asked; known projects go on with what they had. */
  onError?: (error: unknown) => void;
}

interface Entry {
  /** What was told last time its definitions were read; null: they were never read. */
  stamp: string | null;
  definitions: readonly ModelDefinition[];
  /** Batches in hand that need it. */
  users: number;
}

const none: readonly ModelDefinition[] = [];
const weightOf = ({ definitions }: Entry): number => 1 + definitions.length;

export function createDefinitionSnapshot(options: DefinitionSnapshotOptions): DefinitionSnapshot {
  const { relational, now = Date.now, refreshMs = 2_000, timeoutMs = 1_000 } = options;
  const { maxHeld = 50_000, onError = () => {} } = options;
  /** In the order of their last use. */
  const entries = new Map<string, Entry>();
  let held = 0;
  let stamp: string | null = null;
  let stampedAt = Number.NEGATIVE_INFINITY;
  let asking: Promise<void> | undefined;

  /** One question at a time, whoever needs the answer. */
  function refreshStamp(): Promise<void> {
    asking ??= (async () => {
      const askedAt = now();
      // Also when it fails: the next batch does not wait for the same failure again.
      stampedAt = askedAt;
      stamp = await readModelsStamp(relational.db);
    })().finally(() => {
      asking = undefined;
    });
    return asking;
  }

  async function refresh(projectIds: readonly string[]): Promise<void> {
    if (stamp === null || now() - stampedAt >= refreshMs) await refreshStamp();
    const current = stamp;
    if (current === null) throw new Error('the definitions of models could not be read yet');
    const outdated = projectIds.filter((projectId) => entries.get(projectId)?.stamp !== current);
    if (outdated.length === 0) return;
    const rows = await listModelsOfProjects(relational.db, outdated);
    const byProject = new Map<string, ModelDefinition[]>();
    for (const row of rows) {
      const list = byProject.get(row.projectId) ?? [];
      byProject.set(row.projectId, list);
      list.push(toDefinition(row));
    }
    for (const projectId of outdated) {
      // The caller holds it, so it is there.
      const entry = entries.get(projectId)!;
      const definitions = byProject.get(projectId) ?? none;
      entry.stamp = current;
      // A replacement keeps its id: only all of a definition tells it from the one before.
      if (isDeepStrictEqual(entry.definitions, definitions)) continue;
      held += definitions.length - entry.definitions.length;
      entry.definitions = definitions;
    }
  }

  /** Moves the project to the end of the order, and keeps it there while it is used. */
  function take(projectId: string): Entry {
    const entry = entries.get(projectId) ?? { stamp: null, definitions: none, users: 0 };
    if (!entries.delete(projectId)) held += weightOf(entry);
    entries.set(projectId, entry);
    entry.users++;
    return entry;
  }

  function release(used: readonly Entry[]): void {
    for (const entry of used) entry.users--;
    for (const [projectId, entry] of entries) {
      if (held <= maxHeld) return;
      if (entry.users > 0) continue;
      entries.delete(projectId);
      held -= weightOf(entry);
    }
  }

  return {
    async prepare(projectIds) {
      const ids = [...projectIds];
      const used = ids.map(take);
      const isKnown = () => used.every((entry) => entry.stamp !== null);
      try {
        const refreshing = refresh(ids);
        await (isKnown() ? within(refreshing, timeoutMs) : refreshing);
      } catch (error) {
        if (!isKnown()) {
          release(used);
          throw error;
        }
        onError(error);
      }
      return () => release(used);
    },
    definitionsOf: (projectId) => entries.get(projectId)?.definitions ?? none,
  };
}

function within<Value>(promise: Promise<Value>, timeoutMs: number): Promise<Value> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
