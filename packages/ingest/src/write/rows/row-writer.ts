/**
 * Writes rows in ClickHouse's RowBinary, one after another, into chunks that grow as they fill. A finished row
 * is a view of its chunk: nothing is copied, and rows that lie side by side can be sent as one piece.
 */
const chunkBytes = 1024 * 1024;
/** Texts of which room for the worst is reserved before their bytes are counted, characters. */
const roomyText = 64 * 1024;
/** Up to here a loop over the characters is quicker than two calls into the runtime. */
const shortText = 24;
const twoTo32 = 2 ** 32;
const maxLengthBytes = 5;
const lengthBytes = (length: number): number =>
  length < 0x80
    ? 1
    : length < 0x4000
      ? 2
      : length < 0x20_0000
        ? 3
        : length < 0x1000_0000
          ? 4
          : maxLengthBytes;

export class RowWriter {
  #chunk = Buffer.allocUnsafeSlow(chunkBytes);
  #start = 0;
  #at = 0;

  /** The bytes written since the last row ended. */
  endRow(): Uint8Array {
    const row = this.#chunk.subarray(this.#start, this.#at);
    this.#start = this.#at;
    return row;
  }

  /** Forgets what was written of a row that turned out not to be one. */
  dropRow(): void {
    this.#at = this.#start;
  }

  byte(value: number): void {
    this.#reserve(1);
    this.#chunk[this.#at++] = value;
  }

  /** LEB128. */
  length(value: number): void {
    this.#reserve(maxLengthBytes);
    let rest = value;
    while (rest >= 0x80) {
      this.#chunk[this.#at++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.#chunk[this.#at++] = rest;
  }

  uint32(value: number): void {
    this.#reserve(4);
    this.#at = this.#chunk.writeUInt32LE(value, this.#at);
  }

  /** A non-negative integer that a double holds exactly. */
  uint64(value: number): void {
    this.#reserve(8);
    this.#chunk.writeUInt32LE(value % twoTo32, this.#at);
    this.#at = this.#chunk.writeUInt32LE(Math.floor(value / twoTo32), this.#at + 4);
  }

  float64(value: number): void {
    this.#reserve(8);
    this.#at = this.#chunk.writeDoubleLE(value, this.#at);
  }

  text(value: string): void {
    if (value.length <= shortText && this.#ascii(value)) return;
    if (value.length <= roomyText) this.#roomy(value);
    else this.#counted(value);
  }

  /** Written first, as if it were one byte a character; moved when its length then takes more room than thought. */
  #roomy(value: string): void {
    this.#reserve(maxLengthBytes + 3 * value.length);
    const thought = this.#at + lengthBytes(value.length);
    const bytes = this.#chunk.write(value, thought);
    const at = this.#at + lengthBytes(bytes);
    if (at !== thought) this.#chunk.copyWithin(at, thought, thought + bytes);
    this.length(bytes);
    this.#at += bytes;
  }

  #counted(value: string): void {
    const bytes = Buffer.byteLength(value);
    this.length(bytes);
    this.#reserve(bytes);
    this.#at += this.#chunk.write(value, this.#at, bytes, 'utf8');
  }

  /** False, and nothing written, when a character needs more than a byte. */
  #ascii(value: string): boolean {
    this.#reserve(value.length + 1);
    const chunk = this.#chunk;
    const at = this.#at + 1;
    for (let n = 0; n < value.length; n++) {
      const code = value.charCodeAt(n);
      if (code >= 0x80) return false;
      chunk[at + n] = code;
    }
    chunk[this.#at] = value.length;
    this.#at = at + value.length;
    return true;
  }

  #reserve(bytes: number): void {
    if (this.#at + bytes <= this.#chunk.length) return;
    const begun = this.#chunk.subarray(this.#start, this.#at);
    this.#chunk = Buffer.allocUnsafeSlow(Math.max(chunkBytes, 2 * (begun.length + bytes)));
    begun.copy(this.#chunk);
    this.#at = begun.length;
    this.#start = 0;
  }
}
