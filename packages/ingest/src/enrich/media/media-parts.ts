import {
  eachElement,
  eachMember,
  MalformedJson,
  skipBlank,
  skipValue,
  startsArray,
  startsObject,
  startsString,
} from '../../fold/json-text';
import { endOfBase64, isBase64, type TakeMedia } from './found-media';

/**
 * Files that stand in JSON as bare base64, with what they are beside it: the parts of messages of Anthropic,
 * OpenAI, Gemini and Vertex, Bedrock, the Model Context Protocol, the AI SDK and the GenAI conventions.
 */

/** Keys that hold the base64 of one of the shapes below. */
const payloadKeys = ['data', 'content', 'bytes'] as const;
/** Shorter ones stay: an id or a word may look like base64. */
const minPayloadCharacters = 32;
/** Deeper parts stay. */
const maxDepth = 64;

interface Node {
  start: number;
  end: number;
  members?: Map<string, Node>;
}

/** Whether the text may hold such a part. Costs next to nothing where it does not. */
export function mayHoldParts(text: string): boolean {
  return holdsPayload(text, 'data"') || holdsPayload(text, 'bytes"') || text.includes('blob"');
}

function holdsPayload(text: string, keyEnd: string): boolean {
  // Searched for by their ends: quotes are everywhere in JSON, and a search for one stops at each.
  for (let at = text.indexOf(keyEnd); at !== -1; at = text.indexOf(keyEnd, at + keyEnd.length)) {
    const value = skipBlank(text, skipBlank(text, at + keyEnd.length) + 1);
    if (startsString(text, value) && endOfBase64(text, value + 1) - value > minPayloadCharacters) return true;
  }
  return false;
}

/** The JSON with the base64 of its parts replaced; text that is no JSON as it is. */
export function replaceParts(text: string, take: TakeMedia): string {
  const replacements: { start: number; end: number; by: string }[] = [];
  const stringAt = (node: Node | undefined): string | null =>
    node && startsString(text, node.start) ? (JSON.parse(text.slice(node.start, node.end)) as string) : null;

  function visit(start: number, key: string, depth: number): Node {
    if (depth > maxDepth || (!startsObject(text, start) && !startsArray(text, start))) {
      return { start, end: skipValue(text, start) };
    }
    if (startsArray(text, start)) {
      return { start, end: eachElement(text, start, (at) => visit(at, key, depth + 1).end) };
    }
    const members = new Map<string, Node>();
    const end = eachMember(text, start, (name, at) => {
      const member = visit(at, name, depth + 1);
      members.set(name, member);
      return member.end;
    });
    replacePayload(members, key);
    return { start, end, members };
  }

  function replacePayload(members: Map<string, Node>, key: string): void {
    if (!payloadKeys.some((name) => members.has(name)) && !members.has('source')) return;
    const part = readPart((name) => stringAt(members.get(name)), members, key);
    if (!part) return;
    const { payload, contentType } = part;
    const base64 = stringAt(payload);
    if (base64 === null || base64.length < minPayloadCharacters || !isBase64(base64)) return;
    const reference = take(contentType, base64);
    if (reference !== null) replacements.push({ ...payload, by: JSON.stringify(reference) });
  }

  try {
    visit(skipBlank(text, 0), '', 0);
  } catch (error) {
    if (error instanceof MalformedJson || error instanceof SyntaxError) return text;
    throw error;
  }
  return splice(text, replacements);
}

type Part = { payload: Node; contentType: string };

/** The shapes, by what stands beside the base64. `key` is the one that the object itself stands under. */
function readPart(
  textOf: (name: string) => string | null,
  members: Map<string, Node>,
  key: string,
): Part | null {
  const data = members.get('data');
  const saidType = ['media_type', 'mime_type', 'mimeType', 'mediaType'].map(textOf).find((type) => type);
  const type = textOf('type');
  // Anthropic's plain-text documents have the same members, and their text as it is.
  if (data && saidType && type !== 'text') return { payload: data, contentType: saidType };
  if (data && (key === 'input_audio' || key === 'audio')) {
    return { payload: data, contentType: `audio/${textOf('format') ?? 'wav'}` };
  }
  const content = members.get('content');
  if (content && saidType && type === 'blob') return { payload: content, contentType: saidType };
  const bytes = members.get('source')?.members?.get('bytes');
  const format = textOf('format');
  if (bytes && format) return { payload: bytes, contentType: typeOfFormat(key, format) };
  return null;
}

/** Bedrock names a format under the kind of its part. */
function typeOfFormat(kind: string, format: string): string {
  if (kind === 'image' || kind === 'video' || kind === 'audio') return `${kind}/${format}`;
  return format === 'pdf' ? 'application/pdf' : 'application/octet-stream';
}

function splice(text: string, replacements: { start: number; end: number; by: string }[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const { start, end, by } of replacements.sort((a, b) => a.start - b.start)) {
    parts.push(text.slice(from, start), by);
    from = end;
  }
  return parts.length === 0 ? text : parts.join('') + text.slice(from);
}
