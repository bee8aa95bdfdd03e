import { type BodyLimits, inflateBody, MalformedBody, PayloadTooLarge } from '@tracewell/ingest/receive/body';

const tooLarge = (maxBytes: number) =>
  new PayloadTooLarge(
    `The request body has more than ${maxBytes} bytes, the limit of this route. Send smaller batches.`,
  );

/** The bytes of the body, never more of them than the limit in memory. Throws `PayloadTooLarge` and `MalformedBody`. */
export async function readBytes(request: Request, maxBytes: number): Promise<Uint8Array> {
  // A client that says how much it sends is refused before it sends it.
  const declared = Number(request.headers.get('content-length') ?? 0);
  if (declared > maxBytes) throw tooLarge(maxBytes);
  if (!request.body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body.getReader();
  for (;;) {
    const { done, value } = await reader.read().catch((cause) => {
      throw new MalformedBody('The request body broke off before its end.', { cause });
    });
    if (done) break;
    size += value.byteLength;
    if (size > maxBytes) {
      await reader.cancel().catch(() => {});
      throw tooLarge(maxBytes);
    }
    chunks.push(value);
  }
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, size);
}

/** The bytes without their content encoding. */
export const readInflated = async (request: Request, limits: BodyLimits): Promise<Uint8Array> =>
  inflateBody(
    await readBytes(request, limits.maxBytes),
    request.headers.get('content-encoding') ?? undefined,
    limits,
  );

/** Throws `MalformedBody` when it is no JSON. */
export async function readJson(request: Request, limits: BodyLimits): Promise<unknown> {
  const bytes = await readInflated(request, limits);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new MalformedBody('The request body must be JSON in UTF-8.');
  }
}
