import { MalformedBody } from './body-errors';

/** Wire types of protobuf. */
export const varintType = 0;
export const fixed64Type = 1;
export const bytesType = 2;
const fixed32Type = 5;

/**
 * Walks the protobuf wire format. Every read checks the end of the message it is in and throws `MalformedBody`
 * beyond it, so hostile bytes cannot make it read elsewhere or loop: each read moves `pos` forward.
 */
export class WireReader {
  readonly bytes: Buffer;
  pos = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** A varint as a number; exact below 2^53, which tags, lengths and enums are. */
  varint(end: number): number {
    const { bytes } = this;
    let at = this.pos;
    let result = 0;
    let unit = 1;
    for (let length = 0; length < 10; length++) {
      if (at >= end) throw truncated(at);
      const byte = bytes[at++]!;
      result += (byte & 0x7f) * unit;
      if (byte < 0x80) {
        this.pos = at;
        return result;
      }
      unit *= 128;
    }
    throw new MalformedBody(`The protobuf body has a varint of more than 10 bytes at byte ${at}.`);
  }

  /** A field's tag: field number × 8 + wire type. */
  tag(end: number): number {
    const at = this.pos;
    const tag = this.varint(end);
    if (tag < 8 || tag > 0xffffffff)
      throw new MalformedBody(`The protobuf body has no valid field at byte ${at}.`);
    return tag;
  }

  /** Reads a length; returns where the delimited bytes, which begin at `pos`, end. */
  delimited(end: number): number {
    const length = this.varint(end);
    const stop = this.pos + length;
    if (stop > end) throw truncated(this.pos);
    return stop;
  }

  /**
   * Moves to the next field of this tag, whose bytes begin at `pos`, passing over all others; returns where it
   * ends, or -1 when the message holds no more of them.
   */
  next(wanted: number, end: number): number {
    while (this.pos < end) {
      const tag = this.tag(end);
      if (tag === wanted) return this.delimited(end);
      this.skip(tag & 7, end);
    }
    return -1;
  }

  skip(wireType: number, end: number): void {
    if (wireType === bytesType) this.pos = this.delimited(end);
    else if (wireType === varintType) this.varint(end);
    else if (wireType === fixed64Type) this.advance(8, end);
    else if (wireType === fixed32Type) this.advance(4, end);
    else throw new MalformedBody(`The protobuf body has unknown wire type ${wireType} at byte ${this.pos}.`);
  }

  /** Moves over a fixed number of bytes; returns where they begin. */
  advance(length: number, end: number): number {
    const at = this.pos;
    if (at + length > end) throw truncated(at);
    this.pos = at + length;
    return at;
  }

  /** A signed 64-bit varint: a number, or decimal text beyond 2^53. */
  int64(end: number): number | string {
    const start = this.pos;
    const value = this.varint(end);
    if (value <= Number.MAX_SAFE_INTEGER) return value;
    let exact = 0n;
    for (let at = this.pos - 1; at >= start; at--) exact = (exact << 7n) | BigInt(this.bytes[at]! & 0x7f);
    const signed = BigInt.asIntN(64, exact);
    const number = Number(signed);
    return Number.isSafeInteger(number) ? number : signed.toString();
  }

  /** A fixed64 of nanoseconds since the epoch as whole microseconds; exact for every storable time. */
  microseconds(end: number): number {
    const at = this.advance(8, end);
    const low = this.bytes.readUInt32LE(at);
    const high = this.bytes.readUInt32LE(at + 4);
    return microsecondsOf(high, low);
  }

  double(end: number): number {
    return this.bytes.readDoubleLE(this.advance(8, end));
  }

  /** Invalid UTF-8 becomes U+FFFD. */
  text(end: number): string {
    const stop = this.delimited(end);
    const text = this.bytes.toString('utf8', this.pos, stop);
    this.pos = stop;
    return text;
  }
}

/** Nanoseconds in two unsigned halves → microseconds, rounded down, without leaving exact doubles (2^32 = 4294967·1000 + 296). */
export const microsecondsOf = (high: number, low: number): number =>
  high * 4_294_967 + Math.floor((high * 296 + low) / 1000);

const truncated = (at: number) =>
  new MalformedBody(`The protobuf body ends in the middle of a field at byte ${at}.`);
