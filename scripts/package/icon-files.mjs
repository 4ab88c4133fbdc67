// The two containers that hold an icon in several sizes, both of PNG pictures.

/** A picture and its side in pixels. */
/** @typedef {{ side: number, png: Buffer }} Picture */

/** Types of the sizes in Apple's icon format; the same picture serves the double size of the one below. */
const appleTypes = {
  16: ['icp4'],
  32: ['icp5', 'ic11'],
  64: ['ic12'],
  128: ['ic07'],
  256: ['ic08', 'ic13'],
  512: ['ic09', 'ic14'],
  1024: ['ic10'],
};

/** Apple's `.icns`: the word, the whole length, then each picture with its type and length. */
export function writeIcns(pictures) {
  const parts = pictures.flatMap(({ side, png }) =>
    (appleTypes[side] ?? []).map((type) => {
      const head = Buffer.alloc(8);
      head.write(type, 0, 'ascii');
      head.writeUInt32BE(png.length + 8, 4);
      return Buffer.concat([head, png]);
    }),
  );
  const head = Buffer.alloc(8);
  head.write('icns', 0, 'ascii');
  head.writeUInt32BE(
    parts.reduce((sum, { length }) => sum + length, 8),
    4,
  );
  return Buffer.concat([head, ...parts]);
}

/** Windows' `.ico`: a directory of up to 256 pixels, then the pictures (PNG inside is read since Vista). */
export function writeIco(pictures) {
  const fitting = pictures.filter(({ side }) => side <= 256);
  const head = Buffer.alloc(6 + fitting.length * 16);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(fitting.length, 4);
  let offset = head.length;
  for (const [index, { side, png }] of fitting.entries()) {
    const at = 6 + index * 16;
    head.writeUInt8(side % 256, at);
    head.writeUInt8(side % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(png.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += png.length;
  }
  return Buffer.concat([head, ...fitting.map(({ png }) => png)]);
}
