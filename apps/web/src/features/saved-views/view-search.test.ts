import { expect, it } from 'vitest';
import { searchOfView } from './view-search';

it('keeps the search, the range and the order, not what lies open', () => {
  expect(searchOfView('?q=level%3AERROR&peek=t1&observation=o1&range=7d&compare=failed')).toBe(
    'q=level%3AERROR&range=7d',
  );
  expect(searchOfView('')).toBe('');
});
