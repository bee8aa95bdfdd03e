import type { DatasetItemMediaReference } from '@tracewell/contract';

type Field = DatasetItemMediaReference['field'];
/** A file of the project, with a URL to read it by. */
export type MediaFile = DatasetItemMediaReference['media'];
/** A reference as it stands in a payload. */
export interface FoundReference {
  field: Field;
  referenceString: string;
  jsonPath: string;
  mediaId: string;
}

const reference = /^@@@langfuseMedia:([^@]{1,500})@@@$/;
/** Named per item; a client that reads more than these asks for media by their ids. */
const maxReferences = 1_000;

/** Texts that are a reference and nothing else, as clients put them in place of files. */
export function findMediaReferences(item: Record<Field, unknown>): FoundReference[] {
  const found: FoundReference[] = [];
  for (const field of ['input', 'expectedOutput', 'metadata'] as const) visit(field, item[field], '$', found);
  return found;
}

function visit(field: Field, value: unknown, jsonPath: string, found: FoundReference[]): void {
  if (found.length >= maxReferences) return;
  if (typeof value === 'string') {
    const mediaId = mediaIdOf(value);
    if (mediaId) found.push({ field, referenceString: value, jsonPath, mediaId });
  } else if (Array.isArray(value)) {
    for (const [index, member] of value.entries()) visit(field, member, `${jsonPath}[${index}]`, found);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) {
      // Clients read a key up to the first `']`: there is no way to write one that holds it.
      if (!key.includes("']")) visit(field, member, `${jsonPath}['${key}']`, found);
    }
  }
}

function mediaIdOf(text: string): string | undefined {
  const [, parts] = (text.length < 600 && reference.exec(text)) || [];
  return parts
    ?.split('|')
    .find((part) => part.startsWith('id='))
    ?.slice('id='.length);
}

/** References whose files are there, with where to read them. */
export const resolveMediaReferences = (
  found: readonly FoundReference[],
  files: ReadonlyMap<string, MediaFile>,
): DatasetItemMediaReference[] =>
  found.flatMap(({ mediaId, ...place }) => {
    const file = files.get(mediaId);
    if (!file) return [];
    const { contentType, contentLength, url, urlExpiry } = file;
    return [{ ...place, media: { mediaId, contentType, contentLength, url, urlExpiry } }];
  });
