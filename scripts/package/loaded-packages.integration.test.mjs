import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const built = join(import.meta.dirname, '../../out/main');

/** Packages that a built program loads before it does anything: those that it and its chunks import by statement. */
function loadedAtStart(entry) {
  const packages = new Set();
  const seen = new Set();
  const visit = (file) => {
    if (seen.has(file)) return;
    seen.add(file);
    const code = readFileSync(join(built, file), 'utf8');
    for (const [, name] of code.matchAll(/^(?:import|export)\b[^'"\n]*["']([^"'\n]+)["'];?$/gm)) {
      if (name.startsWith('./')) visit(name.slice(2));
      else if (!name.startsWith('node:')) packages.add(name);
    }
  };
  visit(entry);
  return [...packages];
}

// Tens of megabytes and a tenth of a second at every start, for people whose large models are off.
describe.each(['index.js', 'host.js', 'cli.js'])('what %s loads at its start', (entry) => {
  const packages = loadedAtStart(entry);

  it('is the database and what it needs', () => {
    // The reading of the bundle is worth nothing when it finds nothing.
    expect(packages).toEqual(expect.arrayContaining(['zod']));
  });

  it('is neither a vendor of large models, nor the list of their prices, nor the engine', () => {
    const late = /^(?:@ai-sdk\/(?!provider$)|@pydantic\/|node-llama-cpp|pdfjs-dist|tesseract\.js)/;
    expect(packages.filter((name) => late.test(name))).toEqual([]);
  });
});
