import { crc32 } from 'node:zlib';
import type { Frame } from './batch';

/**
 * The stored form of a raw batch: a magic word, then per frame its header as JSON and its body as it came, then
 * a CRC-32 over all of it. Little endian.
 *
 *   "TWB1" ( u32 headerLength, header, u32 bodyLength, body )* u32 crc
 */
const magic = Buffer.from('TWB1');

export class DamagedBatch extends Error {
  override readonly name = 'DamagedBatch';
}

export function encodeBatch(frames: readonly Frame[]): Uint8Array {
  const parts: Uint8Array[] = [magic];
  for (const { body, ...header } of frames) {
    const headerBytes = Buffer.from(JSON.stringify(header));
    parts.push(lengthOf(headerBytes), headerBytes, lengthOf(body), body);
  }
  // The place of the checksum is part of the one allocation: bodies are copied once.
  const end = parts.reduce((sum, part) => sum + part.length, 0);
  const batch = Buffer.concat(parts, end + 4);
  batch.writeUInt32LE(crc32(batch.subarray(0, end)), end);
  return batch;
}

/** Throws `DamagedBatch` when a byte is missing or changed. */
export function decodeBatch(bytes: Uint8Array): Frame[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = buffer.length - 4;
  if (end < magic.length || !buffer.subarray(0, magic.length).equals(magic)) {
    throw new DamagedBatch('not a raw batch: the magic word is missing');
  }
  if (buffer.readUInt32LE(end) !== crc32(buffer.subarray(0, end))) {
    throw new DamagedBatch('the checksum does not match: bytes are missing or changed');
  }
  const frames: Frame[] = [];
  for (let at = magic.length; at < end; ) {
    const headerEnd = at + 4 + buffer.readUInt32LE(at);
    const header = JSON.parse(buffer.toString('utf8', at + 4, headerEnd)) as Omit<Frame, 'body'>;
    const bodyEnd = headerEnd + 4 + buffer.readUInt32LE(headerEnd);
    frames.push({ ...header, body: buffer.subarray(headerEnd + 4, bodyEnd) });
    at = bodyEnd;
  }
  return frames;
}

const rawPrefix = 'raw/';

/** Keys sort by the minute of receipt: `raw/2026/01/31/23/59/<id>`. */
export function batchKeyOf(time: Date, id: string): string {
  return `${rawPrefix}${time.toISOString().slice(0, 16).replace(/[-T:]/g, '/')}/${id}`;
}

/** When the batch was stored, to the minute; null when it is not the key of a raw batch. */
export function minuteOfBatchKey(key: string): Date | null {
  const match = /^raw\/(\d{4})\/(\d\d)\/(\d\d)\/(\d\d)\/(\d\d)\//.exec(key);
  if (!match) return null;
  const [, year, month, day, hour, minute] = match.map(Number);
  return new Date(Date.UTC(year!, month! - 1, day, hour, minute));
}

export { rawPrefix };

function lengthOf(bytes: Uint8Array): Buffer {
  const length = Buffer.allocUnsafe(4);
  length.writeUInt32LE(bytes.length);
  return length;
}
