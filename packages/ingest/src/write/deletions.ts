import { setTimeout as wait } from 'node:timers/promises';
import type { Microseconds } from '@tracewell/domain';
import type { Columnar } from '@tracewell/engines/columnar/port';

/**
 * What was deleted stays deleted: events received before the deletion are not written again, however late
 * their batch is retried or replayed. What is received after the deletion is new and is kept.
 */
/** A `project` stands for all that is in it; its id is the project's. */
export type DeletableEntity = 'trace' | 'score' | 'project';

export interface Deletion {
  projectId: string;
  entity: DeletableEntity;
  entityId: string;
  deletedAt: Microseconds;
}

export class Deletions {
  readonly #deletedAt = new Map<string, Microseconds>();

  constructor(readonly all: readonly Deletion[]) {
    for (const deletion of all) this.#deletedAt.set(keyOf(deletion), deletion.deletedAt);
  }

  /** True when the entity, or its whole project, was deleted at or after `receivedAt`. */
  cover(projectId: string, entity: DeletableEntity, entityId: string, receivedAt: Microseconds): boolean {
    const deletedAt = this.deletedAt(projectId, entity, entityId);
    return deletedAt !== undefined && deletedAt >= receivedAt;
  }

  deletedAt(projectId: string, entity: DeletableEntity, entityId: string): Microseconds | undefined {
    if (this.#deletedAt.size === 0) return undefined;
    const own = this.#deletedAt.get(keyOf({ projectId, entity, entityId }));
    const ofProject = this.#deletedAt.get(keyOf({ projectId, entity: 'project', entityId: projectId }));
    return own === undefined || ofProject === undefined ? (own ?? ofProject) : Math.max(own, ofProject);
  }
}

export interface DeletionReader {
  /**
   * Every deletion at or after `time`. Callers that come while a statement runs share the next one, and a busy
   * worker asks no oftener than every `pauseMs`.
   */
  since(time: Microseconds): Promise<Deletions>;
}

const pauseMs = 100;

export function createDeletionReader(columnar: Columnar): DeletionReader {
  let lastReadAt = Number.NEGATIVE_INFINITY;
  let next: { since: Microseconds; result: Promise<Deletions> } | null = null;
  let running: Promise<unknown> = Promise.resolve();

  return {
    since(time) {
      if (next) {
        next.since = Math.min(next.since, time);
        return next.result;
      }
      const shared = { since: time, result: null as unknown as Promise<Deletions> };
      shared.result = running
        .catch(() => {})
        .then(async () => {
          const restMs = lastReadAt + pauseMs - performance.now();
          if (restMs > 0) await wait(restMs);
          lastReadAt = performance.now();
          next = null;
          running = readDeletions(columnar, shared.since);
          return running as Promise<Deletions>;
        });
      next = shared;
      return shared.result;
    },
  };
}

async function readDeletions(columnar: Columnar, since: Microseconds): Promise<Deletions> {
  const rows = await columnar.query<Omit<Deletion, 'deletedAt'> & { deletedAt: string }>({
    name: 'ingest.deletions',
    sql: `
      SELECT project_id AS projectId, entity, entity_id AS entityId,
        toString(toUnixTimestamp64Micro(deleted_at)) AS deletedAt
      FROM deletions
      WHERE deleted_at >= fromUnixTimestamp64Micro({since:Int64}) AND entity IN ('trace', 'score', 'project')
      ORDER BY deleted_at`,
    params: { since },
  });
  return new Deletions(rows.map((row) => ({ ...row, deletedAt: Number(row.deletedAt) })));
}

const keyOf = (d: { projectId: string; entity: string; entityId: string }) =>
  `${d.entity}\n${d.projectId}\n${d.entityId}`;
