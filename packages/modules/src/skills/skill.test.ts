import { describe, expect, it } from 'vitest';
import { contentTypeOf, hashContent, readManifest } from './skill';

const manifest = (frontmatter: string) => `---\n${frontmatter}\n---\n\n# Do it`;

describe('SKILL.md', () => {
  it('names and describes the skill, and may say more', () => {
    expect(
      readManifest(manifest('name: pdf-forms\ndescription: Fills forms\nallowed: [a, b]\nwhen: 2026-01-01')),
    ).toEqual({
      name: 'pdf-forms',
      description: 'Fills forms',
      frontmatter: { name: 'pdf-forms', description: 'Fills forms', allowed: ['a', 'b'], when: '2026-01-01' },
    });
    expect(readManifest('\ufeff---\r\nname: a\r\ndescription: b\r\n---').name).toBe('a');
  });

  it.each([
    ['# no front matter', 'front matter'],
    [manifest('- a\n- b'), 'keys and values'],
    [manifest('name: a: b: c'), 'in YAML'],
    [manifest('description: d'), 'name'],
    [manifest('name: Big Name\ndescription: d'), 'name'],
    [manifest('name: a'), 'description'],
    [manifest('name: a\ndescription: ""'), 'description'],
    [manifest('name: a\ndescription: d\nx: "\\0"'), 'NUL'],
    [
      manifest(
        `a: &a [1,1,1,1,1,1,1,1]\nb: &b [${Array(9).fill('*a')}]\nc: [${Array(9).fill('*b')}]\nname: x\ndescription: d`,
      ),
      'YAML',
    ],
  ])('%j is refused', (content, words) => {
    expect(() => readManifest(content)).toThrow(
      expect.objectContaining({ code: 'invalid_request', message: expect.stringContaining(words) as string }),
    );
  });
});

it('a content is known by the SHA-256 of its UTF-8 bytes', () => {
  expect(hashContent('hello')).toBe('LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=');
});

it('a file has the type of its name', () => {
  expect(['SKILL.md', 'a/run.PY', 'Makefile', 'x.unknown'].map(contentTypeOf)).toEqual([
    'text/markdown',
    'text/x-python',
    'text/plain',
    'text/plain',
  ]);
});
