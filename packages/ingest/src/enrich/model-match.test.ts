import type { ModelDefinition } from '@tracewell/domain';
import { describe, expect, it } from 'vitest';
import type { BuiltInPrices } from './built-in-prices';
import { matchModel, maxRememberedNames, type PriceSnapshot } from './model-match';

const define = (id: string, matchPattern: string, startDate: number | null = null): ModelDefinition => ({
  id,
  projectId: 'p',
  modelName: id,
  matchPattern,
  startDate,
  unit: 'TOKENS',
  tokenizerId: null,
  tokenizerConfig: null,
  pricingTiers: [],
});

function createSnapshot(own: Record<string, ModelDefinition[]>): PriceSnapshot & { asked: string[] } {
  const asked: string[] = [];
  const builtIn: BuiltInPrices = {
    findByModelName: (name) => {
      asked.push(name);
      return name.startsWith('gpt-') ? define('built-in', '^gpt-') : null;
    },
    findById: () => null,
    names: () => [],
    list: () => [],
  };
  const none: ModelDefinition[] = [];
  return { definitionsOf: (projectId) => own[projectId] ?? none, builtIn, asked };
}

describe('matchModel', () => {
  it('takes a definition of the project before a built-in one', () => {
    const snapshot = createSnapshot({ p: [define('own', '(?i)^gpt-4O$')] });
    expect(matchModel(snapshot, 'p', 'gpt-4o', 1)?.id).toBe('own');
    expect(matchModel(snapshot, 'p', 'gpt-4', 1)?.id).toBe('built-in');
    expect(matchModel(snapshot, 'other', 'gpt-4o', 1)?.id).toBe('built-in');
    expect(matchModel(snapshot, 'p', 'llama', 1)).toBeNull();
  });

  it('finds a pattern anywhere unless it is anchored, in the text exactly as it came', () => {
    const snapshot = createSnapshot({ p: [define('part', 'llama'), define('whole', '^mine$')] });
    expect(matchModel(snapshot, 'p', 'my-llama-3', 1)?.id).toBe('part');
    expect(matchModel(snapshot, 'p', 'LLAMA', 1)).toBeNull();
    expect(matchModel(snapshot, 'p', 'mine ', 1)).toBeNull();
  });

  it('lets the newest start that has come count, those without a start last', () => {
    const snapshot = createSnapshot({
      p: [define('always', '^m$'), define('from 200', '^m$', 200), define('from 100', '^m$', 100)],
    });
    expect(matchModel(snapshot, 'p', 'm', 50)?.id).toBe('always');
    expect(matchModel(snapshot, 'p', 'm', 100)?.id).toBe('from 100');
    expect(matchModel(snapshot, 'p', 'm', 500)?.id).toBe('from 200');
  });

  it('prices the past with the earliest start when there is nothing else', () => {
    const snapshot = createSnapshot({ p: [define('from 200', '^m$', 200), define('from 100', '^m$', 100)] });
    expect(matchModel(snapshot, 'p', 'm', 1)?.id).toBe('from 100');
  });

  it('survives a pattern that is none', () => {
    const snapshot = createSnapshot({ p: [define('broken', '(('), define('good', '^m$')] });
    expect(matchModel(snapshot, 'p', 'm', 1)?.id).toBe('good');
  });

  it('is not held up by a pattern made to backtrack', () => {
    const snapshot = createSnapshot({ p: [define('evil', '^(a+)+$')] });
    expect(matchModel(snapshot, 'p', `${'a'.repeat(200)}!`, 1)).toBeNull();
  });

  it('remembers answers, and forgets the oldest at its limit', () => {
    const snapshot = createSnapshot({});
    matchModel(snapshot, 'p', 'gpt-4', 1);
    matchModel(snapshot, 'q', 'gpt-4', 1);
    matchModel(snapshot, 'p', 'unknown', 1);
    matchModel(snapshot, 'p', 'unknown', 1);
    expect(snapshot.asked).toEqual(['gpt-4', 'unknown']);
    for (let index = 0; index < 10_000; index++) matchModel(snapshot, 'p', `name-${index}`, 1);
    snapshot.asked.length = 0;
    matchModel(snapshot, 'p', 'name-9999', 1);
    expect(snapshot.asked).toEqual([]);
    matchModel(snapshot, 'p', 'gpt-4', 1);
    expect(snapshot.asked).toEqual(['gpt-4']);
  });

  it('answers right beyond the limit of names of a project', () => {
    const snapshot = createSnapshot({ p: [define('own', '^m-\\d+$')] });
    for (let index = 0; index < maxRememberedNames + 10; index++) {
      expect(matchModel(snapshot, 'p', `m-${index}`, 1)?.id).toBe('own');
    }
    expect(matchModel(snapshot, 'p', 'm-0', 1)?.id).toBe('own');
  });

  it('sees a changed list at once, as it is another array', () => {
    const own: Record<string, ModelDefinition[]> = { p: [define('before', '^m$')] };
    const snapshot = createSnapshot(own);
    expect(matchModel(snapshot, 'p', 'm', 1)?.id).toBe('before');
    own.p = [define('after', '^m$')];
    expect(matchModel(snapshot, 'p', 'm', 1)?.id).toBe('after');
  });

  it('asks nothing for no name or an absurd one', () => {
    const snapshot = createSnapshot({ p: [define('any', '')] });
    expect(matchModel(snapshot, 'p', '', 1)).toBeNull();
    expect(matchModel(snapshot, 'p', 'x'.repeat(1_000_000), 1)).toBeNull();
    expect(snapshot.asked).toEqual([]);
  });
});
