import { PbfWriter } from 'pbf';
import type { RejectedSpan } from '../decode/span';

/* Text is written as bytes, the same on the wire: pbf 5.1.2 writes characters beyond U+1FFFF wrongly. */

export type OtlpEncoding = 'protobuf' | 'json';

export const otlpContentTypes: Record<OtlpEncoding, string> = {
  protobuf: 'application/x-protobuf',
  json: 'application/json',
};

/** Distinct reasons told in one partial success; the count of spans is always told in full. */
const maxReasons = 5;

/**
 * Body of a 200: an ExportTraceServiceResponse, with partial success when spans were refused. Clients must not
 * send refused spans again, so each reason says what to change.
 */
export function encodeTraceResponse(rejected: readonly RejectedSpan[], encoding: OtlpEncoding): Uint8Array {
  const errorMessage = tellReasons(rejected);
  if (encoding === 'json') {
    const body = rejected.length
      ? { partialSuccess: { rejectedSpans: String(rejected.length), errorMessage } }
      : {};
    return Buffer.from(JSON.stringify(body));
  }
  const writer = new PbfWriter();
  if (rejected.length)
    writer.writeMessage(
      1,
      (_, pbf) => {
        pbf.writeVarintField(1, rejected.length);
        pbf.writeBytesField(2, Buffer.from(errorMessage));
      },
      undefined,
    );
  return writer.finish();
}

/** google.rpc.Code for an HTTP status. */
const rpcCodes: Record<number, number> = {
  400: 3,
  401: 16,
  403: 7,
  404: 5,
  413: 8,
  415: 3,
  429: 8,
  503: 14,
};
const unknownRpcCode = 2;

/** Body of an error: a google.rpc.Status in the encoding of the request. */
export function encodeErrorStatus(httpStatus: number, message: string, encoding: OtlpEncoding): Uint8Array {
  const code = rpcCodes[httpStatus] ?? unknownRpcCode;
  if (encoding === 'json') return Buffer.from(JSON.stringify({ code, message }));
  const writer = new PbfWriter();
  writer.writeVarintField(1, code);
  writer.writeBytesField(2, Buffer.from(message));
  return writer.finish();
}

function tellReasons(rejected: readonly RejectedSpan[]): string {
  const reasons = new Map<string, { first: number; count: number }>();
  for (const { index, reason } of rejected) {
    const told = reasons.get(reason);
    if (told) told.count++;
    else reasons.set(reason, { first: index, count: 1 });
  }
  const told = [...reasons]
    .slice(0, maxReasons)
    .map(([reason, { first, count }]) =>
      count === 1 ? `span ${first}: ${reason}` : `span ${first} and ${count - 1} more: ${reason}`,
    );
  if (reasons.size > maxReasons) told.push(`and ${reasons.size - maxReasons} other reasons`);
  return told.join('; ');
}
