import { describe, expect, it } from 'vitest';
import { findTags } from './dependency-tags';
import { CompositionError, compositionLimits, type Edge, resolvePrompt } from './resolve-prompt';

/** A small world of prompts: `name` → content; every reference means version 1 of what it names. */
function resolve(world: Record<string, unknown>, rootName: string, options: { chats?: string[] } = {}) {
  const edges: Edge[] = [];
  const seen = new Set<string>();
  const visit = (name: string) => {
    if (seen.has(name)) return;
    seen.add(name);
    for (const tag of findTags(world[name])) {
      const exists = tag.name in world;
      const type = options.chats?.includes(tag.name) ? 'chat' : 'text';
      edges.push({
        parentId: name,
        tag,
        child: exists ? { id: tag.name, name: tag.name, version: 1, type } : null,
      });
      if (exists) visit(tag.name);
    }
  };
  visit(rootName);
  const texts = new Map(Object.entries(world).map(([name, content]) => [name, String(content)]));
  return resolvePrompt({ id: rootName, name: rootName, version: 1, content: world[rootName] }, edges, texts);
}
const to = (name: string) => `@@@langfusePrompt:name=${name}|version=1@@@`;

describe('resolvePrompt', () => {
  it('puts texts in place of references, however deep, and says which', () => {
    const { content, graph } = resolve(
      { a: `1 ${to('b')} 2 ${to('c')} ${to('b')}`, b: `<b ${to('c')}>`, c: '$& {{x}}' },
      'a',
    );
    expect(content).toBe('1 <b $& {{x}}> 2 $& {{x}} <b $& {{x}}>');
    expect(graph).toEqual({
      root: { name: 'a', version: 1, id: 'a' },
      dependencies: {
        a: [
          { id: 'b', name: 'b', version: 1 },
          { id: 'c', name: 'c', version: 1 },
        ],
        b: [{ id: 'c', name: 'c', version: 1 }],
      },
    });
  });

  it('resolves in every text of a chat, and keeps its other parts', () => {
    const { content } = resolve(
      {
        chat: [
          { role: 'system', content: `Be ${to('tone')}.`, extra: { deep: [to('tone'), 1, null] } },
          { type: 'placeholder', name: 'history' },
        ],
        tone: 'kind "and" short\n',
      },
      'chat',
    );
    expect(content).toEqual([
      { role: 'system', content: 'Be kind "and" short\n.', extra: { deep: ['kind "and" short\n', 1, null] } },
      { type: 'placeholder', name: 'history' },
    ]);
  });

  it('has no graph without references', () => {
    expect(resolve({ a: 'plain' }, 'a')).toEqual({ content: 'plain', graph: null });
  });

  it('names the cycle', () => {
    const world = { a: to('b'), b: to('c'), c: to('b') };
    expect(() => resolve(world, 'a')).toThrow(CompositionError);
    expect(() => resolve(world, 'a')).toThrow("'b' version 1 → 'c' version 1 → 'b' version 1");
  });

  it('names what is missing, and what is a chat', () => {
    expect(() => resolve({ a: to('b'), b: to('gone') }, 'a')).toThrow(
      "'b' version 1 refers to prompt 'gone' with version 1, which does not exist",
    );
    expect(() => resolve({ a: to('b'), b: 'x' }, 'a', { chats: ['b'] })).toThrow(
      "'b' version 1, which is a chat",
    );
  });

  it('goes as deep as the limit and no deeper, on the longest way to a prompt', () => {
    const chain = (length: number) =>
      Object.fromEntries(
        Array.from({ length: length + 1 }, (_, at) => [`p${at}`, at === length ? 'end' : to(`p${at + 1}`)]),
      );
    expect(resolve(chain(compositionLimits.depth), 'p0').content).toBe('end');
    expect(() => resolve(chain(compositionLimits.depth + 1), 'p0')).toThrow('deeper than 5 levels');
    // The same prompt right below the root, and at the end of a chain that is as long as it may be.
    const world = { ...chain(compositionLimits.depth), root: `${to('p1')} ${to('p0')}` };
    expect(() => resolve(world, 'root')).toThrow('deeper than 5 levels');
  });

  it('refuses to multiply texts beyond the limit, without building them', () => {
    const many = (name: string) => to(name).repeat(400);
    const world = { a: many('b'), b: many('c'), c: many('d'), d: many('e'), e: 'x'.repeat(1000) };
    expect(() => resolve(world, 'a')).toThrow(/would have \d+ characters/);
  });
});
