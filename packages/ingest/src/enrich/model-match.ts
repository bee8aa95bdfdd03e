import type { Microseconds, ModelDefinition } from '@tracewell/domain';
import { RE2JS } from 're2js';
import { maxModelNameCharacters } from './built-in-names';
import type { BuiltInPrices } from './built-in-prices';

/**
 * The prices of a moment. A project's list is never changed in place: after a change the snapshot hands out
 * another array, and what was remembered of the old one goes with it.
 */
export interface PriceSnapshot {
  /** The project's own definitions. The same array as long as they are the same. */
  definitionsOf(projectId: string): readonly ModelDefinition[];
  builtIn: BuiltInPrices;
}

/** Names remembered per project list, and for the built-in list. Names are the client's, so there is a limit. */
export const maxRememberedNames = 1_000;
const maxRememberedBuiltInNames = 10_000;

/** Remembers answers, at most `limit` of them; the oldest goes first. */
class Memory<Answer> {
  readonly #answers = new Map<string, Answer>();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  recall(name: string, find: (name: string) => Answer): Answer {
    const known = this.#answers.get(name);
    if (known !== undefined) return known;
    const answer = find(name);
    if (this.#answers.size >= this.#limit) {
      const oldest = this.#answers.keys().next();
      if (!oldest.done) this.#answers.delete(oldest.value);
    }
    this.#answers.set(name, answer);
    return answer;
  }
}

const projectMemories = new WeakMap<readonly ModelDefinition[], Memory<readonly ModelDefinition[]>>();
const builtInMemories = new WeakMap<BuiltInPrices, Memory<ModelDefinition | null>>();
const patterns = new WeakMap<ModelDefinition, RE2JS | null>();

/**
 * The definition that prices an observation: the project's own before the built-in ones. Of several of the
 * project's, the one with the newest start that is not after the observation; those without a start come
 * after those with one. Only when all start later, the earliest of them counts, so that a definition made
 * today also prices what is replayed from last week.
 * @param modelName exactly as the client sent it; one longer than `maxModelNameCharacters` matches nothing
 */
export function matchModel(
  snapshot: PriceSnapshot,
  projectId: string,
  modelName: string,
  startTime: Microseconds,
): ModelDefinition | null {
  if (modelName === '' || modelName.length > maxModelNameCharacters) return null;
  const own = snapshot.definitionsOf(projectId);
  if (own.length > 0) {
    const candidates = memoryOf(projectMemories, own, maxRememberedNames).recall(modelName, (name) =>
      findMatches(own, name),
    );
    const chosen = candidates.find(({ startDate }) => startDate === null || startDate <= startTime);
    const earliest = candidates[candidates.length - 1];
    if (chosen !== undefined) return chosen;
    if (earliest !== undefined) return earliest;
  }
  const { builtIn } = snapshot;
  return memoryOf(builtInMemories, builtIn, maxRememberedBuiltInNames).recall(modelName, (name) =>
    builtIn.findByModelName(name),
  );
}

/** Why a definition whose pattern finds a name prices an observation, or does not. */
export type MatchVerdict = 'chosen' | 'starts-later' | 'older-start' | 'own-goes-first';

/**
 * What `matchModel` decides, with all it had to choose from in the order in which it looks at them; for people,
 * so nothing is remembered.
 */
export function explainMatch(
  snapshot: PriceSnapshot,
  projectId: string,
  modelName: string,
  startTime: Microseconds,
): { definition: ModelDefinition; verdict: MatchVerdict }[] {
  if (modelName === '' || modelName.length > maxModelNameCharacters) return [];
  const chosen = matchModel(snapshot, projectId, modelName, startTime);
  const own = findMatches(snapshot.definitionsOf(projectId), modelName);
  const place = chosen === null ? -1 : own.indexOf(chosen);
  const explained = own.map((definition, at) => ({
    definition,
    verdict:
      at === place
        ? ('chosen' as const)
        : at < place || place < 0
          ? ('starts-later' as const)
          : ('older-start' as const),
  }));
  const builtIn = snapshot.builtIn.findByModelName(modelName);
  if (builtIn === null) return explained;
  return [...explained, { definition: builtIn, verdict: own.length > 0 ? 'own-goes-first' : 'chosen' }];
}

function memoryOf<Key extends object, Answer>(
  memories: WeakMap<Key, Memory<Answer>>,
  key: Key,
  limit: number,
): Memory<Answer> {
  let memory = memories.get(key);
  if (memory === undefined) {
    memory = new Memory(limit);
    memories.set(key, memory);
  }
  return memory;
}

/** The newest start first, those without a start last. */
function findMatches(definitions: readonly ModelDefinition[], modelName: string): ModelDefinition[] {
  return definitions
    .filter((definition) => patternOf(definition)?.test(modelName) ?? false)
    .sort(
      (a, b) => (b.startDate ?? Number.NEGATIVE_INFINITY) - (a.startDate ?? Number.NEGATIVE_INFINITY) || 0,
    );
}

function patternOf(definition: ModelDefinition): RE2JS | null {
  let pattern = patterns.get(definition);
  if (pattern === undefined) {
    try {
      pattern = RE2JS.compile(definition.matchPattern);
    } catch {
      pattern = null; // refused when a definition is made; should one slip in, it matches nothing
    }
    patterns.set(definition, pattern);
  }
  return pattern;
}
