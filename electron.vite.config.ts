import { join } from 'node:path';
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

export default defineConfig({
  main: {
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
    build: {
      outDir: at('out/preload'),
      externalizeDeps: false,
      lib: { entry: { index: at('electron/preload/index.ts') }, formats: ['cjs'], fileName: () => 'index.cjs' },
    },
  },
  renderer: {
    root: at('renderer'),
    base: './',
    plugins: [smallestFontFormat, react(), tailwindcss()],
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
