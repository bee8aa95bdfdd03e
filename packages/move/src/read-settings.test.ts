import { describe, expect, it } from 'vitest';
import { readMoveSettings } from './read-settings';

const env = {
  FROM_LANGFUSE_BASE_URL: 'https://there.test/',
  FROM_LANGFUSE_PUBLIC_KEY: 'pk-there',
  FROM_LANGFUSE_SECRET_KEY: 'sk-there',
  LANGFUSE_BASE_URL: 'http://localhost:3000',
  LANGFUSE_PUBLIC_KEY: 'pk-here',
  LANGFUSE_SECRET_KEY: 'sk-here',
};
const read = (...args: string[]) => readMoveSettings(args, env, '/folder');

describe('what a move is told', () => {
  it('comes from the environment, and arguments go first', () => {
    expect(read()).toMatchObject({
      from: { url: 'https://there.test', publicKey: 'pk-there', secretKey: 'sk-there' },
      to: { url: 'http://localhost:3000', publicKey: 'pk-here', secretKey: 'sk-here' },
      only: [],
      since: null,
      isDryRun: false,
      directory: '/folder',
    });
    expect(
      read(
        '--from',
        'https://a.test/base/',
        '--to-secret-key',
        'other',
        '--only',
        'prompts, datasets',
        '--since',
        '2026-01-31',
      ),
    ).toMatchObject({
      from: { url: 'https://a.test/base' },
      to: { secretKey: 'other' },
      only: ['prompts', 'datasets'],
      since: new Date('2026-01-31T00:00:00Z'),
    });
  });

  it.each([
    [['--only', 'prompt'], 'nothing is called "prompt"'],
    [['--since', 'yesterday'], '"yesterday" is no time'],
    [['--from', 'cloud'], '"cloud" is no address'],
    [['--page-size', '1000'], 'from 1 to 100'],
    [['--read', 'v3'], 'must be v1 or v2'],
    [['--form', 'x'], "Unknown option '--form'"],
  ])('%j is refused with what to say instead', (args, message) => {
    expect(() => read(...args)).toThrow(message);
  });

  it('names what is missing and where to say it', () => {
    const { LANGFUSE_SECRET_KEY: _, ...without } = env;
    expect(() => readMoveSettings([], without, '/folder')).toThrow('or set LANGFUSE_SECRET_KEY');
  });
});
