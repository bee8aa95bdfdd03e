import { createMetadata, type Metadata } from '@tracewell/domain';
import type { OtlpSpan, Resource, Scope } from '../decode/span';
import type { Content } from './dialect';
import { keysOf, textOf } from './values';

/**
 * Metadata of an observation: what the span's attributes say that is told nowhere else (under `attributes`),
 * its resource and scope, then the user's own entries, which win over all of them. The SDKs of the wire say
 * everything in attributes that are told elsewhere, so theirs are left out.
 */
export function assembleMetadata(
  span: OtlpSpan,
  isTold: (key: string) => boolean,
  traceMetadata: Metadata,
  own: Metadata,
): Metadata {
  const metadata = createMetadata();
  if (!span.scope.name.startsWith('langfuse-sdk')) {
    const attributes = leftoverText(span, isTold);
    if (attributes !== '{}') metadata.attributes = attributes;
  }
  metadata.resourceAttributes = rememberText(resourceTexts, span.resource, ({ attributes }) => attributes);
  metadata.scope = rememberText(scopeTexts, span.scope, (scope) => scope);
  return Object.assign(metadata, traceMetadata, own);
}

/** Adds entries that are not there yet, as metadata keeps them: text as it came, anything else as its JSON text. */
export function addMetadata(into: Metadata, entries: Record<string, Content> | undefined): Metadata {
  for (const key of Object.keys(entries ?? {})) if (!(key in into)) into[key] = textOf(entries![key]);
  return into;
}

function leftoverText(span: OtlpSpan, isTold: (key: string) => boolean): string {
  const left: Metadata = createMetadata();
  for (const key of keysOf(span.attributes)) if (!isTold(key)) left[key] = textOf(span.attributes[key]);
  return JSON.stringify(left);
}

/** Spans share resource and scope objects, so their text is made once for all of them. */
const resourceTexts = new WeakMap<Resource, string>();
const scopeTexts = new WeakMap<Scope, string>();

function rememberText<T extends object>(
  texts: WeakMap<T, string>,
  key: T,
  value: (key: T) => unknown,
): string {
  let text = texts.get(key);
  if (text === undefined) {
    text = JSON.stringify(value(key));
    texts.set(key, text);
  }
  return text;
}
