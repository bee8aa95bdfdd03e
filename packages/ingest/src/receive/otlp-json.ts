import { decodeOtlpJson } from '../decode/otlp-json';
import type { InspectedSpans } from './otlp-protobuf';

/**
 * Checks an OTLP/JSON request span by span. JSON has to be parsed to be checked, and parsing is nearly all of
 * decoding, so the door asks the decoder itself: what it accepts here the worker accepts. Throws `MalformedBody`
 * when it is no such request, `PayloadTooLarge` when it holds too many spans.
 */
export function inspectJson(body: Uint8Array): InspectedSpans {
  const { spans, rejected } = decodeOtlpJson(body);
  return { accepted: spans.length, rejected };
}
