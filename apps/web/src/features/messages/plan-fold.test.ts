import { expect, it } from 'vitest';
import type { Role } from './chat-shape';
import { planFold } from './plan-fold';

const roles = (letters: string): Role[] =>
  [...letters].map((letter) => ({ s: 'system', u: 'user', a: 'assistant', t: 'tool' })[letter] as Role);

it('leaves a short conversation alone', () => expect(planFold(roles('suauaua'.slice(0, 6)))).toBeNull());
it('folds what lies between the instructions and the last messages', () =>
  expect(planFold(roles('suauauaua'))).toEqual({ from: 1, to: 5 }));
it('keeps a call with its answers', () => expect(planFold(roles('suauaatttt'))).toEqual({ from: 1, to: 5 }));
it('folds without instructions too', () => expect(planFold(roles('uauauaua'))).toEqual({ from: 0, to: 4 }));
