import type { RuleFilter } from '@tracewell/contract';
import { describe, expect, it } from 'vitest';
import { checkFilter, joinTarget, splitTarget } from './rule-filter';

const onType = (...value: string[]): RuleFilter => ({
  type: 'stringOptions',
  column: 'type',
  operator: 'any of',
  value,
});

describe('the filter of a rule', () => {
  it('takes a known column in its type', () => {
    expect(() =>
      checkFilter([
        onType('GENERATION'),
        { type: 'stringObject', column: 'metadata', key: 'tier', operator: '=', value: 'gold' },
        { type: 'null', column: 'parentObservationId', operator: 'is null', value: '' },
      ]),
    ).not.toThrow();
  });

  it.each([
    [{ type: 'string', column: 'cost', operator: '=', value: 'x' }, 'Its columns: type'],
    [{ type: 'string', column: 'toString', operator: '=', value: 'x' }, 'cannot filter'],
    [{ type: 'string', column: 'name', operator: '=', value: 'x' }, 'with type stringOptions'],
    [onType('GENERATION', 'DREAM'), 'never DREAM'],
  ] as [RuleFilter, string][])('refuses %j', (condition, words) => {
    expect(() => checkFilter([condition])).toThrow(
      expect.objectContaining({
        structuredCode: 'invalid_filter_value',
        message: expect.stringContaining(words) as string,
      }),
    );
  });

  it('keeps the target of the older generation as a condition, and shows it as a target again', () => {
    const filter = [onType('SPAN')];
    expect(splitTarget(joinTarget('experiment', filter))).toEqual({ target: 'experiment', filter });
    expect(splitTarget(joinTarget('observation', filter))).toEqual({ target: 'observation', filter });
    expect(joinTarget('observation', joinTarget('experiment', filter))).toEqual(filter);
  });
});
