import { describe, expect, it } from 'vitest';
import { findTags, mapTexts, replaceTags } from './dependency-tags';

const tag = (inner: string) => `@@@langfusePrompt:${inner}@@@`;

describe('findTags', () => {
  it.each([
    ['name=a|version=2', { name: 'a', version: 2, label: null }],
    ['name=folder/a b|label=production', { name: 'folder/a b', version: null, label: 'production' }],
  ])('knows %s', (inner, expected) => {
    expect(findTags(`before ${tag(inner)} after`)).toEqual([expected]);
  });

  it.each([
    'name=a',
    'version=2|name=a',
    'name=a|version=two',
    'name=a|version=1.5',
    'name=|version=1',
    'name=a|label=',
    'name=a|version=1|label=x',
    'name=a|tag=x',
  ])('takes %s for text', (inner) => {
    expect(findTags(tag(inner))).toEqual([]);
    expect(replaceTags(tag(inner), () => 'never')).toBe(tag(inner));
  });

  it('finds each reference once, in order, wherever it stands in a chat', () => {
    const a = tag('name=a|version=1');
    const b = tag('name=b|label=x');
    expect(
      findTags([{ role: 'user', content: `${b}${a}${b}` }, { other: { deep: [a, 3, null, true] } }]).map(
        ({ name }) => name,
      ),
    ).toEqual(['b', 'a']);
  });
});

describe('mapTexts', () => {
  it('changes texts and nothing else', () => {
    const content = JSON.parse('[{"a": "x", "__proto__": "y", "n": 1, "l": [null, "z", true]}]');
    expect(JSON.stringify(mapTexts(content, (text) => text.toUpperCase()))).toBe(
      '[{"a":"X","__proto__":"Y","n":1,"l":[null,"Z",true]}]',
    );
  });
});
