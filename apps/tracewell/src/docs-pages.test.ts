import { describe, expect, it } from 'vitest';
import { parsePage } from './docs-pages';

const fence = '```';
const block = (language: string, code: string, remark?: string) =>
  `${remark ? `<!-- ${remark} -->\n` : ''}${fence}${language}\n${code}\n${fence}\n`;
const examplesOf = (...parts: string[]) => parsePage('page.md', parts.join('\n')).examples;

describe('a page', () => {
  it('has its examples in order, with what they print', () => {
    expect(
      examplesOf('Words.', block('sh', 'echo 1'), 'More.', block('text', '1'), block('python', 'x')),
    ).toEqual([
      {
        line: 2,
        language: 'sh',
        code: 'echo 1\n',
        isRepeated: false,
        expected: { kind: 'text', text: '1\n' },
      },
      { line: 11, language: 'python', code: 'x\n', isRepeated: false },
    ]);
  });

  it('leaves out what is not run, with its reason', () => {
    expect(examplesOf(block('sh', 'rm x', 'not run: it deletes'), block('js', '1'))).toMatchObject([
      { language: 'js' },
    ]);
  });

  it('knows what is repeated', () => {
    const [example] = examplesOf(block('js', '1', 'repeated: it takes a moment'), block('json', '1'));
    expect(example).toMatchObject({ isRepeated: true, expected: { kind: 'json' } });
  });

  it.each([
    ['an unknown language', [block('ruby', 'x')]],
    ['a language that is not named', [block('', 'x')]],
    ['an output without an example', [block('json', '{}')]],
    ['an output of what is not run', [block('sh', 'x', 'not run: why'), block('json', '{}')]],
    ['a second output', [block('sh', 'x'), block('json', '{}'), block('json', '{}')]],
    ['a repetition without an end', [block('sh', 'x', 'repeated: why')]],
    ['a block that does not end', [`${fence}sh\nx`]],
  ])('with %s is refused', (_, parts) => expect(() => examplesOf(...parts)).toThrow(/^docs\/page\.md:\d+: /));
});
