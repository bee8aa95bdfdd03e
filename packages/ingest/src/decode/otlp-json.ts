import { readResource, readScope, readSpan } from './otlp-json-span';
import { RefusedSpan } from './otlp-json-values';
import { type JsonSpanGroup, parseRequest, walkJsonSpans } from './otlp-json-walk';
import type { DecodedSpans, Resource, Scope } from './span';

/**
 * OTLP/JSON to spans, passing over the `skipped` positions that the door refused. A span that breaks a rule is
 * returned as rejected. Throws `MalformedBody` when the body is no such request, `PayloadTooLarge` when it
 * holds too many spans.
 */
export function decodeOtlpJson(body: Uint8Array, skipped: readonly number[] = []): DecodedSpans {
  const skip = new Set(skipped);
  const decoded: DecodedSpans = { spans: [], positions: [], rejected: [] };
  const resources = new Map<unknown, Resource>();
  const scopes = new Map<JsonSpanGroup, Scope>();
  walkJsonSpans(parseRequest(body), (span, index, group) => {
    if (skip.has(index)) return;
    try {
      const resource = resources.get(group.resource) ?? readResource(group.resource);
      resources.set(group.resource, resource);
      const scope = scopes.get(group) ?? readScope(group.scope);
      scopes.set(group, scope);
      decoded.spans.push(readSpan(span, resource, scope));
      decoded.positions.push(index);
    } catch (error) {
      if (!(error instanceof RefusedSpan)) throw error;
      decoded.rejected.push({ index, reason: error.message });
    }
  });
  return decoded;
}
