import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const at = (path: string): string => join(import.meta.dirname, path);

/** The browser inside knows the smallest format; the others of the same fonts would be 0.9 MB for nobody. */
const smallestFontFormat = {
  name: 'smallest-font-format',
  enforce: 'pre',
  transform: (code: string, id: string) =>
    id.endsWith('katex.min.css') ? code.replace(/,url\([^)]*\.(?:woff|ttf)\) format\("\w+"\)/g, '') : undefined,
} as const;

/**
 * The page and the preload script carry packages within them, and a bundle does not say what it is made of: their folders are
 * written to `out/bundled`, for the list of licences. Styles leave no chunk behind, so they are asked of the graph.
 */
const listBundledPackages = (part: string) =>
  ({
    name: 'list-bundled-packages',
    generateBundle(this: { getModuleIds(): Iterable<string> }, _: unknown, bundle: Readonly<Record<string, object>>) {
      const inChunks = Object.values(bundle).flatMap((file) =>
        'moduleIds' in file && Array.isArray(file.moduleIds) ? file.moduleIds.map(String) : [],
      );
      const styles = [...this.getModuleIds()].filter((id) => id.endsWith('.css'));
      const folders = [...inChunks, ...styles].flatMap((id) => {
        const path = relative(import.meta.dirname, id.replace(/^\0/, '')).replaceAll('\\', '/');
        return /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path) ?? [];
      });
      mkdirSync(at('out/bundled'), { recursive: true });
      writeFileSync(at(`out/bundled/${part}.json`), JSON.stringify([...new Set(folders)].toSorted(), null, 2));
    },
  }) as const;

export default defineConfig({
  main: {
    plugins: [listBundledPackages('main')],
    build: {
      outDir: at('out/main'),
      target: 'node24',
      lib: {
        // Absolute, because electron-vite takes every import that begins with `electron/` for a part of Electron.
        entry: {
          index: at('electron/main/index.ts'),
          host: at('electron/host/index.ts'),
          cli: at('electron/cli/index.ts'),
          'inference-worker': at('electron/inference/worker/index.ts'),
          'parsing-worker': at('electron/parsing/worker/index.ts'),
          'storage-worker': at('electron/storage/worker/index.ts'),
          'keychain-process': at('electron/platform/keychain-process/index.ts'),
        },
        formats: ['es'],
      },
      rolldownOptions: {
        // Chunks lie beside the entries, so `import.meta.dirname` finds a worker from wherever its launcher ends up.
        output: { entryFileNames: '[name].js', chunkFileNames: 'shared-[name]-[hash].js' },
      },
    },
  },
  preload: {
    plugins: [listBundledPackages('preload')],
    build: {
      outDir: at('out/preload'),
      externalizeDeps: false,
      lib: { entry: { index: at('electron/preload/index.ts') }, formats: ['cjs'], fileName: () => 'index.cjs' },
    },
  },
  renderer: {
    root: at('renderer'),
    base: './',
    plugins: [smallestFontFormat, react(), tailwindcss(), listBundledPackages('renderer')],
    build: {
      outDir: at('out/renderer'),
      minify: true,
      // The page runs under a policy without `data:` and inline scripts.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: at('renderer/index.html') },
    },
  },
});
