import { crc32, deflateSync } from 'node:zlib';

/** A photograph, as far as a demo has one: the counter of a meter on a grey wall, with a little noise. */
const width = 360;
const height = 150;
const digitWidth = 36;
const gap = 12;

/** Which of the seven bars are lit: top, upper left, upper right, middle, lower left, lower right, bottom. */
const bars: Record<string, string> = {
  '0': '1110111',
  '1': '0010010',
  '2': '1011101',
  '3': '1011011',
  '4': '0111010',
  '5': '1101011',
  '6': '1101111',
  '7': '1010010',
  '8': '1111111',
  '9': '1111011',
};
/** Left, top, width and height of each bar within a digit. */
const places = [
  [4, 0, 28, 6],
  [0, 4, 6, 28],
  [30, 4, 6, 28],
  [4, 31, 28, 6],
  [0, 36, 6, 28],
  [30, 36, 6, 28],
  [4, 62, 28, 6],
] as const;

/** A PNG. @param noise from 0 up to 1, called once a pixel */
export function drawMeter(reading: string, isDark: boolean, noise: () => number): Uint8Array {
  const pixels = new Uint8Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const isWindow = x > 20 && x < width - 20 && y > 26 && y < height - 26;
      // Light falls from the left.
      const base = isWindow ? 208 : 112 - Math.round((x / width) * 34);
      pixels[y * width + x] = Math.round((isDark ? base * 0.38 : base) + noise() * 6);
    }
  const left = Math.round((width - reading.length * (digitWidth + gap) + gap) / 2);
  [...reading].forEach((digit, n) => {
    places.forEach(([x, y, w, h], bar) => {
      if (bars[digit]?.[bar] !== '1') return;
      for (let row = 0; row < h; row++)
        pixels.fill(
          isDark ? 30 : 24,
          (41 + y + row) * width + left + n * (digitWidth + gap) + x,
          (41 + y + row) * width + left + n * (digitWidth + gap) + x + w,
        );
    });
  });
  return encodePng(pixels);
}

/** Eight bits of grey, no filter. */
function encodePng(pixels: Uint8Array): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) rows.set(pixels.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
