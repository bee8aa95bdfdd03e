import type { ScoreConfig } from '@tracewell/domain';
import type { Relational } from '@tracewell/engines/relational/port';
import type { ScoreConfigs } from '@tracewell/ingest/receive/score-config';
import { findConfigs, type ScoreConfigRow } from './store';

/**
 * The configs that scores name, remembered per process for a few seconds.
 *
 *   fresh  (younger than `freshMs`)  answered from memory
 *   older, or never seen             the database is asked, once for all ids of a request
 *   database away                    the door takes the score unchecked (`findNow`); the worker goes on with
 *                                    what it remembers, however old, or comes back later (`find`)
 */
export interface ScoreConfigLookup {
  /** For who can come back: throws what the database throws when a config was never seen. */
  find(projectId: string, ids: ReadonlySet<string>): Promise<ScoreConfigs>;
  /** For who cannot wait: what cannot be known now is absent. */
  findNow(projectId: string, ids: ReadonlySet<string>): Promise<ScoreConfigs>;
  /** After a change in this very process. */
  forget(projectId: string, configId: string): void;
}

export interface ScoreConfigLookupOptions {
  relational: Pick<Relational, 'db'>;
  now?: () => number;
  freshMs?: number;
  /** An id that no config has is asked for again after this, so that a new config works at once. */
  unknownMs?: number;
  /** How long the door leaves the database alone after it failed. */
  backOffMs?: number;
  /** How long the door waits for one answer. */
  timeoutMs?: number;
  /** Configs and categories in memory, and ids that no config has. */
  maxRemembered?: number;
  /** The database could not be asked, so scores are taken unchecked. */
  onError?: (error: unknown) => void;
}

interface Remembered {
  config: ScoreConfig | null;
  askedAt: number;
}

export function createScoreConfigLookup(options: ScoreConfigLookupOptions): ScoreConfigLookup {
  const { relational, now = Date.now, freshMs = 3_000, unknownMs = 500, backOffMs = 1_000 } = options;
  const { timeoutMs = 1_000, maxRemembered = 50_000, onError = () => {} } = options;
  /** Apart, so that a flood of wrong ids drives out no right one. */
  const known = new Map<string, Remembered>();
  const unknown = new Map<string, Remembered>();
  let knownWeight = 0;
  let awaySince = Number.NEGATIVE_INFINITY;

  const keyOf = (projectId: string, id: string) => `${projectId}\n${id}`;

  function isFresh({ config, askedAt }: Remembered): boolean {
    return now() - askedAt < (config === null ? unknownMs : freshMs);
  }

  function forget(projectId: string, id: string): void {
    const key = keyOf(projectId, id);
    const entry = known.get(key);
    if (entry) {
      known.delete(key);
      knownWeight -= weightOf(entry);
    }
    unknown.delete(key);
  }

  function remember(projectId: string, id: string, entry: Remembered): void {
    forget(projectId, id);
    const key = keyOf(projectId, id);
    if (entry.config === null) {
      unknown.set(key, entry);
      if (unknown.size > maxRemembered) unknown.delete(unknown.keys().next().value!);
      return;
    }
    known.set(key, entry);
    knownWeight += weightOf(entry);
    for (const [oldest, { config, askedAt }] of known) {
      if (knownWeight <= maxRemembered) break;
      known.delete(oldest);
      knownWeight -= weightOf({ config, askedAt });
    }
  }

  /** What memory holds: `fresh` answers, and `aged` ones with the ids that are to be asked. */
  function recall(projectId: string, ids: ReadonlySet<string>) {
    const fresh = new Map<string, ScoreConfig | null>();
    const aged = new Map<string, ScoreConfig | null>();
    const missing: string[] = [];
    for (const id of ids) {
      const entry = known.get(keyOf(projectId, id)) ?? unknown.get(keyOf(projectId, id));
      if (entry && isFresh(entry)) fresh.set(id, entry.config);
      else {
        missing.push(id);
        // That there was no such config says nothing of now.
        if (entry?.config) aged.set(id, entry.config);
      }
    }
    return { fresh, aged, missing };
  }

  async function ask(projectId: string, ids: readonly string[]): Promise<Map<string, ScoreConfig | null>> {
    const askedAt = now();
    const rows = await findConfigs(relational.db, projectId, ids);
    const answers = new Map<string, ScoreConfig | null>(ids.map((id) => [id, null]));
    for (const row of rows) answers.set(row.id, toConfig(row));
    for (const [id, config] of answers) remember(projectId, id, { config, askedAt });
    return answers;
  }

  return {
    async find(projectId, ids) {
      const { fresh, aged, missing } = recall(projectId, ids);
      if (missing.length === 0) return fresh;
      try {
        return new Map([...fresh, ...(await ask(projectId, missing))]);
      } catch (error) {
        if (missing.some((id) => !aged.has(id))) throw error;
        return new Map([...fresh, ...aged]);
      }
    },

    async findNow(projectId, ids) {
      const { fresh, missing } = recall(projectId, ids);
      if (missing.length === 0 || now() - awaySince < backOffMs) return fresh;
      try {
        return new Map([...fresh, ...(await within(ask(projectId, missing), timeoutMs))]);
      } catch (error) {
        awaySince = now();
        onError(error);
        return fresh;
      }
    },

    forget,
  };
}

/** Categories are what a config is large by. */
const weightOf = ({ config }: Remembered): number => 1 + (config?.categories?.length ?? 0);

const toConfig = ({ id, name, dataType, isArchived, minValue, maxValue, categories }: ScoreConfigRow) => ({
  id,
  name,
  dataType,
  isArchived,
  minValue,
  maxValue,
  categories,
});

function within<Value>(promise: Promise<Value>, timeoutMs: number): Promise<Value> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
