/** A line of a plot: points from 0 to 1 on both axes. */
export type PlotLine = {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly isDashed?: boolean;
};

/** What is drawn, and the words on its axes. */
export type Plot = {
  readonly title: string;
  readonly xName: string;
  readonly yName: string;
  readonly lines: readonly PlotLine[];
};

const [width, height, margin] = [480, 320, 56] as const;
const colours = ['#1f6feb', '#bf5700', '#2f7d32', '#7b3fa0'];

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const atX = (x: number): string => (margin + x * (width - 1.5 * margin)).toFixed(1);
const atY = (y: number): string => (height - margin - y * (height - 2 * margin)).toFixed(1);

function grid(): readonly string[] {
  return [0, 0.25, 0.5, 0.75, 1].flatMap((value) => [
    `<path d="M${atX(0)} ${atY(value)}H${atX(1)}M${atX(value)} ${atY(0)}V${atY(1)}" stroke="#d0d4da"/>`,
    `<text x="${atX(0)}" dx="-8" y="${atY(value)}" dy="4" text-anchor="end">${value}</text>`,
    `<text x="${atX(value)}" y="${atY(0)}" dy="18" text-anchor="middle">${value}</text>`,
  ]);
}

function drawLine({ name, points, isDashed = false }: PlotLine, index: number): readonly string[] {
  const colour = colours[index % colours.length] ?? '#000';
  const path = points.map(([x, y], at) => `${at === 0 ? 'M' : 'L'}${atX(x)} ${atY(y)}`).join('');
  const dash = isDashed ? ' stroke-dasharray="5 4"' : '';
  return [
    `<path d="${path}" fill="none" stroke="${colour}" stroke-width="2"${dash}/>`,
    `<text x="${margin + index * 140}" y="${margin - 14}" fill="${colour}">${escapeXml(name)}</text>`,
  ];
}

/** A plot as SVG on white, readable in light and dark surroundings. */
export function drawPlot({ title, xName, yName, lines }: Plot): string {
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
    `<title>${escapeXml(title)}</title><rect width="${width}" height="${height}" fill="#fff"/>`,
    `<text x="${width / 2}" y="16" text-anchor="middle" font-weight="bold">${escapeXml(title)}</text>`,
    ...grid(),
    ...lines.flatMap(drawLine),
    `<text x="${atX(0.5)}" y="${height - 12}" text-anchor="middle">${escapeXml(xName)}</text>`,
    `<text transform="translate(14 ${atY(0.5)}) rotate(-90)" text-anchor="middle">${escapeXml(yName)}</text>`,
    '</svg>',
  ].join('\n')}\n`;
}
