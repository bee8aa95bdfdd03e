import { createMetadata, type Metadata } from '@tracewell/domain';
import { compactJson, contentText, eachMember, skipBlank, skipValue, startsObject } from './json-text';
import type { FoldEvents } from './merge';

/** JSON text, or an object whose members may be merged. Maps keep any key and the order of first mention. */
type Tree = string | TreeObject;
type TreeObject = Map<string, Tree>;

/**
 * The metadata of all events: objects are merged member by member at every depth, anything else is replaced by
 * the later one. What is no object is kept under the key `metadata`.
 */
export function mergeMetadata(events: FoldEvents): Metadata {
  const merged: TreeObject = new Map();
  for (const { body } of events) {
    const json = body.get('metadata');
    if (json === undefined || json === 'null') continue;
    if (startsObject(json)) {
      merge(merged, readObject(json, 0).object);
      continue;
    }
    const value = compactJson(json);
    if (value !== '[]') merged.set('metadata', value);
  }
  const metadata = createMetadata();
  for (const [key, value] of merged) {
    metadata[key] = typeof value === 'string' ? contentText(value) : write(value);
  }
  return metadata;
}

/** Depth is bounded at the door. */
function readObject(text: string, at: number): { object: TreeObject; end: number } {
  const object: TreeObject = new Map();
  const end = eachMember(text, skipBlank(text, at), (key, start) => {
    if (startsObject(text, start)) {
      const nested = readObject(text, start);
      object.set(key, nested.object);
      return nested.end;
    }
    const valueEnd = skipValue(text, start);
    object.set(key, compactJson(text.slice(start, valueEnd)));
    return valueEnd;
  });
  return { object, end };
}

function merge(into: TreeObject, from: TreeObject): void {
  for (const [key, value] of from) {
    const present = into.get(key);
    if (typeof value !== 'string' && present !== undefined && typeof present !== 'string')
      merge(present, value);
    else into.set(key, value);
  }
}

function write(tree: Tree): string {
  if (typeof tree === 'string') return tree;
  return `{${[...tree].map(([key, value]) => `${JSON.stringify(key)}:${write(value)}`).join(',')}}`;
}
