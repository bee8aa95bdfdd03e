/**
 * A reference to another prompt inside a text: `@@@langfusePrompt:name=<name>|version=<number>@@@`, or `|label=`.
 * What only looks like one stays text.
 */
export interface DependencyTag {
  name: string;
  version: number | null;
  label: string | null;
}

const start = '@@@langfusePrompt:';
const tagPattern = /@@@langfusePrompt:(.*?)@@@/g;

export function parseTag(inner: string): DependencyTag | null {
  const [first = '', second = '', ...more] = inner.split('|');
  if (more.length > 0 || !first.startsWith('name=')) return null;
  const name = first.slice('name='.length);
  if (name === '') return null;
  if (second.startsWith('label=') && second.length > 'label='.length) {
    return { name, version: null, label: second.slice('label='.length) };
  }
  const version = /^version=(\d{1,9})$/.exec(second)?.[1];
  return version === undefined ? null : { name, version: Number(version), label: null };
}

export const keyOfTag = ({ name, version, label }: DependencyTag): string =>
  JSON.stringify([name, version, label]);

export const describeTag = ({ name, version, label }: DependencyTag): string =>
  version === null ? `'${name}' with label '${label}'` : `'${name}' with version ${version}`;

/** Every text of a content, in order: a text prompt is one, a chat has them wherever its messages do. */
export function* textsOf(content: unknown): Generator<string> {
  if (typeof content === 'string') yield content;
  else if (Array.isArray(content)) for (const item of content) yield* textsOf(item);
  else if (typeof content === 'object' && content !== null) yield* textsOf(Object.values(content));
}

/** The same content with every text replaced; keys stay. */
export function mapTexts(content: unknown, map: (text: string) => string): unknown {
  if (typeof content === 'string') return map(content);
  if (Array.isArray(content)) return content.map((item) => mapTexts(item, map));
  if (typeof content !== 'object' || content === null) return content;
  return Object.fromEntries(Object.entries(content).map(([key, value]) => [key, mapTexts(value, map)]));
}

/** The references of a text with their length, as often as they stand there. */
export function* tagsIn(text: string): Generator<{ tag: DependencyTag; length: number }> {
  if (!text.includes(start)) return;
  for (const [whole, inner] of text.matchAll(tagPattern)) {
    const tag = parseTag(inner!);
    if (tag) yield { tag, length: whole.length };
  }
}

/** Each reference of a content once. */
export function findTags(content: unknown): DependencyTag[] {
  const found = new Map<string, DependencyTag>();
  for (const text of textsOf(content)) for (const { tag } of tagsIn(text)) found.set(keyOfTag(tag), tag);
  return [...found.values()];
}

export const replaceTags = (text: string, replace: (tag: DependencyTag) => string): string =>
  text.includes(start)
    ? text.replaceAll(tagPattern, (whole: string, inner: string) => {
        const tag = parseTag(inner);
        return tag ? replace(tag) : whole;
      })
    : text;
