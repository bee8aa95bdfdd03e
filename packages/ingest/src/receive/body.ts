import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { MalformedBody, PayloadTooLarge, UnsupportedEncoding } from '../decode/body-errors';

export { MalformedBody, PayloadTooLarge, UnsupportedEncoding };

export interface BodyLimits {
  /** As it comes over the network. */
  maxBytes: number;
  /** After inflating. */
  maxInflatedBytes: number;
}

/** What the OTLP specification recommends for both. */
export const defaultBodyLimits: BodyLimits = {
  maxBytes: 20 * 1024 * 1024,
  maxInflatedBytes: 20 * 1024 * 1024,
};

/** With `info: true` zlib also tells how much input it consumed, which its types leave out. */
type Inflate = (
  bytes: Uint8Array,
  options: zlib.ZlibOptions & zlib.BrotliOptions & { info: true },
) => Promise<{ buffer: Buffer; engine: { bytesWritten: number } }>;

const inflaters: Record<string, (bytes: Uint8Array) => Inflate> = {
  gzip: () => promisify(zlib.gunzip) as unknown as Inflate,
  'x-gzip': () => promisify(zlib.gunzip) as unknown as Inflate,
  deflate: (bytes) => promisify(hasZlibHeader(bytes) ? zlib.inflate : zlib.inflateRaw) as unknown as Inflate,
  br: () => promisify(zlib.brotliDecompress) as unknown as Inflate,
};

/**
 * The body without its content encoding. Inflating happens off the event loop and stops at the limit, so a bomb
 * costs no more than the limit. Throws `PayloadTooLarge`, `UnsupportedEncoding` or `MalformedBody`.
 */
export async function inflateBody(
  bytes: Uint8Array,
  contentEncoding: string | undefined,
  limits: BodyLimits = defaultBodyLimits,
): Promise<Uint8Array> {
  if (bytes.byteLength > limits.maxBytes)
    throw new PayloadTooLarge(
      `The request body has more than ${limits.maxBytes} bytes; send smaller batches or compress them.`,
    );
  const encoding = (contentEncoding ?? '').trim().toLowerCase();
  if (encoding === '' || encoding === 'identity') return bytes;
  const inflater = Object.hasOwn(inflaters, encoding) ? inflaters[encoding] : undefined;
  if (!inflater)
    throw new UnsupportedEncoding(
      `Content-Encoding "${encoding.slice(0, 40)}" is not supported; send gzip, deflate, br or identity.`,
    );
  try {
    const { buffer, engine } = await inflater(bytes)(bytes, {
      maxOutputLength: limits.maxInflatedBytes,
      info: true,
    });
    if (engine.bytesWritten !== bytes.byteLength)
      throw new MalformedBody(`The ${encoding} body has bytes after its end; send one compressed stream.`);
    return buffer;
  } catch (error) {
    if (error instanceof MalformedBody) throw error;
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      throw new PayloadTooLarge(
        `The request body inflates to more than ${limits.maxInflatedBytes} bytes; send smaller batches.`,
      );
    throw new MalformedBody(`The request body is not valid ${encoding}; send it as Content-Encoding says.`);
  }
}

/** `deflate` means the zlib format, but some clients send the bare stream. */
const hasZlibHeader = (bytes: Uint8Array): boolean =>
  bytes.byteLength >= 2 && (bytes[0]! & 0x0f) === 8 && (bytes[0]! * 256 + bytes[1]!) % 31 === 0;
