import { createCanvas } from '@napi-rs/canvas';
import type { Canvas } from '@napi-rs/canvas';

/** Part of a page: red, green, blue and opacity of its pixels, row after row. */
export type PagePart = {
  readonly colours: Uint8Array;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** A page that is put together from parts at a share of its size. */
export type ReducedPage = {
  /** Pixels beyond the page's sides are left out. */
  readonly add: (part: PagePart) => void;
  readonly draw: () => Canvas;
};

/** Rows that are put on the canvas at a time. */
const bandRows = 256;

/**
 * Starts a page of `width` by `height` pixels of which `factor` by `factor` become one, their mean over white. A canvas of the
 * whole page would take four times its pixels and more: a sheet of 600 dots an inch over 500 MB.
 */
export function startReducedPage(width: number, height: number, factor: number): ReducedPage {
  const [columns, rows] = [Math.ceil(width / factor), Math.ceil(height / factor)];
  const sums = new Uint16Array(columns * rows * 3);

  /** How many pixels became one at this place; fewer at the right and lower sides. */
  const countAt = (column: number, row: number): number =>
    Math.min(factor, width - column * factor) * Math.min(factor, height - row * factor);

  return {
    add: ({ colours, x, y, width: partWidth, height: partHeight }) => {
      const [lastX, lastY] = [Math.min(partWidth, width - x), Math.min(partHeight, height - y)];
      for (let partY = 0; partY < lastY; partY += 1) {
        const row = Math.floor((y + partY) / factor) * columns;
        for (let partX = 0; partX < lastX; partX += 1) {
          const from = (partY * partWidth + partX) * 4;
          const to = (row + Math.floor((x + partX) / factor)) * 3;
          const opacity = colours[from + 3] ?? 255;
          for (let one = 0; one < 3; one += 1) {
            const colour = colours[from + one] ?? 0;
            sums[to + one] = (sums[to + one] ?? 0) + (opacity === 255 ? colour : overWhite(colour, opacity));
          }
        }
      }
    },
    draw: () => {
      const canvas = createCanvas(columns, rows);
      const context = canvas.getContext('2d');
      const image = context.createImageData(columns, Math.min(bandRows, rows));
      image.data.fill(255);
      for (let top = 0; top < rows; top += bandRows) {
        const height = Math.min(bandRows, rows - top);
        for (let at = 0; at < columns * height; at += 1) {
          const row = top + Math.floor(at / columns);
          const count = countAt(at % columns, row);
          for (let one = 0; one < 3; one += 1) {
            image.data[at * 4 + one] = (sums[(top * columns + at) * 3 + one] ?? 0) / count;
          }
        }
        context.putImageData(image, 0, top, 0, 0, columns, height);
      }
      return canvas;
    },
  };
}

const overWhite = (colour: number, opacity: number): number =>
  Math.round((colour * opacity + 255 * (255 - opacity)) / 255);
