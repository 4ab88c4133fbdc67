import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { FontMetrics } from './graphics-state.ts';
import { interpretPage } from './interpret-page.ts';
import type { PageMarks } from './page-marks.ts';
import type { Matrix } from './page-geometry.ts';

/** PDF's own bound for a page, 200 inches; wider ones lie. In points. */
const pageSideLimit = 14_400;

type Layers = Awaited<ReturnType<PDFDocumentProxy['getOptionalContentConfig']>>;

const numberIn = (value: unknown, index: number): number | null => {
  const found: unknown = Array.isArray(value) || value instanceof Float32Array ? value[index] : null;
  return typeof found === 'number' && Number.isFinite(found) && found !== 0 ? found : null;
};

const boldName = /bold|black|heavy|semibold|demi|medium|cmbx|cmssbx/i;

/** What pdf.js knows of a font; fonts from outside may lack or fake any of it. */
function metricsOf(font: unknown): FontMetrics {
  const {
    name,
    bold,
    black,
    fontMatrix,
    bbox,
    vertical,
    isType3Font: isDrawn,
  } = (typeof font === 'object' && font !== null ? font : {}) as Readonly<Record<string, unknown>>; // Each is checked.
  const widthScale = numberIn(fontMatrix, 0) ?? 0.001;
  const unit = Math.abs(numberIn(fontMatrix, 3) ?? 0.001);
  const drawnHeight = (numberIn(bbox, 3) ?? 0) - (numberIn(bbox, 1) ?? 0);
  return {
    widthScale,
    // A font of drawings has a grid of its own; its letters fill the box that it declares.
    heightScale: isDrawn === true && drawnHeight > 0 ? Math.min(4, unit * drawnHeight) : 1,
    isVertical: vertical === true,
    isBold: bold === true || black === true || (typeof name === 'string' && boldName.test(name)),
  };
}

function fontsOf(page: PDFPageProxy): (id: string) => FontMetrics {
  const known = new Map<string, FontMetrics>();
  return (id) => {
    const found = known.get(id) ?? metricsOf(page.commonObjs.has(id) ? page.commonObjs.get(id) : null);
    known.set(id, found);
    return found;
  };
}

/** Reads where everything lies on one page. Throws what pdf.js throws for a page that is damaged. */
export async function readPageMarks(page: PDFPageProxy, layers: Layers): Promise<PageMarks> {
  const { width, height, transform } = page.getViewport({ scale: 1 });
  const { fnArray, argsArray } = await page.getOperatorList();
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = transform as readonly number[]; // Declared as any[].
  const matrix: Matrix = [a, b, c, d, e, f];
  return interpretPage({
    operators: fnArray,
    operands: argsArray,
    matrix,
    width: Math.min(Math.max(width, 1), pageSideLimit),
    height: Math.min(Math.max(height, 1), pageSideLimit),
    fontOf: fontsOf(page),
    isLayerVisible: (properties) => layers.isVisible(properties),
  });
}
