// `node scripts/package/icons.mjs`: every icon of the app, drawn from the two pictures in `resources/icons/source`. What it
// writes is kept in the repository, so that nobody has to draw to build.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { writeIcns, writeIco } from './icon-files.mjs';

const folder = join(import.meta.dirname, '../../resources/icons');
const appSides = [16, 24, 32, 48, 64, 128, 256, 512, 1024];

/** Draws a source at a size; `zoom` takes a smaller part of the middle, because small icons need no margin. */
async function draw(source, side, { zoom = 1, colour = null } = {}) {
  const svg = await readFile(join(folder, 'source', source), 'utf8');
  const coloured = colour === null ? svg : svg.replaceAll('#000000', colour);
  const sized = coloured.replace('<svg ', `<svg width="${side * 4}" height="${side * 4}" `);
  const image = await loadImage(Buffer.from(sized));
  const canvas = createCanvas(side, side);
  const context = canvas.getContext('2d');
  context.imageSmoothingQuality = 'high';
  const drawn = side * zoom;
  context.drawImage(image, (side - drawn) / 2, (side - drawn) / 2, drawn, drawn);
  return canvas.toBuffer('image/png');
}

const write = async (name, bytes) => await writeFile(join(folder, name), bytes);

await mkdir(join(folder, 'app'), { recursive: true });
// macOS wants the margin around the shape, Windows and Linux the whole square.
const withMargin = await Promise.all(appSides.map(async (side) => ({ side, png: await draw('app.svg', side) })));
const filled = await Promise.all(
  appSides.map(async (side) => ({ side, png: await draw('app.svg', side, { zoom: 1024 / 856 }) })),
);
await write('app.icns', writeIcns(withMargin));
await write('app.ico', writeIco(filled));
for (const { side, png } of filled) await write(`app/${side}x${side}.png`, png);

// macOS colours a template by itself; elsewhere the bar may be dark or light, and the accent stands out from both.
await write('trayTemplate.png', await draw('tray.svg', 16));
await write('trayTemplate@2x.png', await draw('tray.svg', 32));
await write('tray.png', await draw('tray.svg', 32, { colour: '#7f72e0' }));
const small = await Promise.all(
  [16, 24, 32].map(async (side) => ({ side, png: await draw('tray.svg', side, { colour: '#7f72e0' }) })),
);
await write('tray.ico', writeIco(small));
