/** A picture of grey values, one byte a pixel, 0 is black. */
export type GreyImage = { readonly width: number; readonly height: number; readonly pixels: Uint8Array };

/** Grey values of some pixels; `rgba` is four bytes a pixel, what is see-through is on white paper. */
export function toGrey(rgba: Uint8ClampedArray): Uint8Array {
  const pixels = new Uint8Array(rgba.length / 4);
  for (let index = 0; index < pixels.length; index += 1) {
    const at = index * 4;
    const luma = 0.299 * (rgba[at] ?? 0) + 0.587 * (rgba[at + 1] ?? 0) + 0.114 * (rgba[at + 2] ?? 0);
    const alpha = (rgba[at + 3] ?? 0) / 255;
    pixels[index] = Math.round(luma * alpha + 255 * (1 - alpha));
  }
  return pixels;
}

/** The picture as a file in the PGM format, which needs no compression. */
export function toPgm({ width, height, pixels }: GreyImage): Uint8Array {
  const header = new TextEncoder().encode(`P5\n${width} ${height}\n255\n`);
  const file = new Uint8Array(header.length + pixels.length);
  file.set(header);
  file.set(pixels, header.length);
  return file;
}

/** True for a picture of one shade, such as an empty sheet: fewer than one pixel in 4,000 stands out. */
export function isBlank({ pixels }: GreyImage): boolean {
  const counts = new Uint32Array(256);
  for (const value of pixels) counts[value] = (counts[value] ?? 0) + 1;
  const main = counts.indexOf(Math.max(...counts));
  const outside = counts.reduce((sum, count, value) => (Math.abs(value - main) > 64 ? sum + count : sum), 0);
  return outside < pixels.length / 4_000;
}
