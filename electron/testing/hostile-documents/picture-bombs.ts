import { crc32, deflateSync } from 'node:zlib';
import type { HostileDocument } from './hostile-document.ts';

function chunk(type: string, data: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(data.length);
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(typed));
  return Buffer.concat([head, typed, sum]);
}

/** A grey PNG of any size that it claims; `rows` of them are there. */
function png(width: number, height: number, rows: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 1;
  const pixels = deflateSync(Buffer.alloc(rows * (Math.ceil(width / 8) + 1)));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]);
}

function bitmap(width: number, height: number): Buffer {
  const bytes = Buffer.alloc(1_000);
  bytes.write('BM');
  bytes.writeUInt32LE(1_000, 2);
  bytes.writeUInt32LE(54, 10);
  bytes.writeUInt32LE(40, 14);
  bytes.writeInt32LE(width, 18);
  bytes.writeInt32LE(height, 22);
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(24, 28);
  return bytes;
}

function gif(): Buffer {
  const frame = Buffer.from([0x2c, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0, 2, 1, 0x44, 0]);
  const screen = Buffer.from([0xff, 0xff, 0xff, 0xff, 0x80, 0, 0, 0, 0, 0, 255, 255, 255]);
  return Buffer.concat([
    Buffer.from('GIF89a'),
    screen,
    ...Array.from({ length: 20_000 }, () => frame),
    Buffer.from([0x3b]),
  ]);
}

/** A directory of tags whose next directory is itself. */
function tiff(): Buffer {
  const bytes = Buffer.alloc(64);
  bytes.write('II*\0', 'latin1');
  bytes.writeUInt32LE(8, 4);
  bytes.writeUInt16LE(2, 8);
  bytes.writeUInt16LE(256, 10);
  bytes.writeUInt16LE(4, 12);
  bytes.writeUInt32LE(0xffffffff, 14);
  bytes.writeUInt32LE(0xffffffff, 18);
  bytes.writeUInt32LE(8, 34);
  return bytes;
}

const jpeg = (): Buffer =>
  Buffer.from([
    0xff, 0xd8, 0xff, 0xc0, 0, 17, 8, 0xff, 0xff, 0xff, 0xff, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1, 0xff, 0xd9,
  ]);

/** What pictures can claim. */
export function pictureBombs(): readonly HostileDocument[] {
  return [
    { name: 'large.png', make: () => png(17_000, 17_000, 17_000) },
    { name: 'claimed.png', make: () => png(0x7fffffff, 0x7fffffff, 0) },
    { name: 'long.png', make: () => png(1, 5_000_000, 5_000_000) },
    { name: 'claimed.bmp', make: () => bitmap(0x7fffffff, 0x7fffffff) },
    { name: 'below.bmp', make: () => bitmap(30_000, -30_000) },
    { name: 'frames.gif', make: gif },
    { name: 'loop.tiff', make: tiff },
    { name: 'claimed.jpg', make: jpeg },
  ];
}
