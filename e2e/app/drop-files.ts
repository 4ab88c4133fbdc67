import type { Page } from '@playwright/test';

type Point = { readonly x: number; readonly y: number };

/** What the window offers while files hover over it. */
export type DropChoice = 'Summarise' | 'Ask about it' | 'Add to a collection';

/** Drops real files, with their real paths, on one of the choices that the window shows while they hover. */
export async function dropFiles(page: Page, paths: readonly string[], choice: DropChoice): Promise<void> {
  await drag(page, ['dragEnter', 'dragOver'], paths, await middleOfWindow(page));
  const zone = page.locator('[data-choice]', { hasText: choice });
  await zone.waitFor();
  const box = await zone.boundingBox();
  if (!box) throw new Error(`The choice "${choice}" has no place on the screen.`);
  await drag(page, ['dragOver', 'drop'], paths, { x: box.x + box.width / 2, y: box.y + box.height / 2 });
}

/** Drops files beside the choices: the window then asks what to do with them. */
export async function dropFilesAnywhere(page: Page, paths: readonly string[]): Promise<void> {
  const beside = await middleOfWindow(page, 0.08);
  await drag(page, ['dragEnter', 'dragOver'], paths, beside);
  await page.getByRole('region', { name: 'Drop the file' }).waitFor();
  await drag(page, ['dragOver', 'drop'], paths, beside);
}

async function drag(
  page: Page,
  types: readonly ('dragEnter' | 'dragOver' | 'drop')[],
  paths: readonly string[],
  at: Point,
): Promise<void> {
  const devTools = await page.context().newCDPSession(page);
  for (const type of types) {
    const data = { items: [], files: [...paths], dragOperationsMask: 1 };
    await devTools.send('Input.dispatchDragEvent', { type, ...at, data });
  }
  await devTools.detach();
}

async function middleOfWindow(page: Page, share = 0.5): Promise<Point> {
  const size = await page.evaluate(() => ({ width: window.innerWidth, height: window.innerHeight }));
  return { x: size.width / 2, y: size.height * share };
}

/** Drops what is no file on the disk, such as a link out of a browser, above the field of the window. */
export async function dropData(page: Page, data: { readonly mimeType: string; readonly data: string }): Promise<void> {
  const at = await middleOfWindow(page, 0.04);
  const devTools = await page.context().newCDPSession(page);
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    const items = [{ ...data, title: '', baseURL: '' }];
    await devTools.send('Input.dispatchDragEvent', { type, ...at, data: { items, files: [], dragOperationsMask: 1 } });
  }
  await devTools.detach();
}
