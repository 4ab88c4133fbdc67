/** `node run-main.ts [switches] MAIN [arguments]`: runs a built Electron main process on Node and Chromium. */
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const doubleUrl = pathToFileURL(join(import.meta.dirname, 'electron.ts')).href;

registerHooks({
  resolve: (specifier, context, nextResolve) =>
    /^electron(\/main|\/common)?$/.test(specifier)
      ? { url: doubleUrl, shortCircuit: true }
      : nextResolve(specifier, context),
});

// As under Electron, the arguments follow the executable. The double reads them when it is loaded, so it is loaded now.
process.argv.splice(1, 1);
// What the app forks is not inspected with it.
process.execArgv = [];
const { app, AppDouble } = await import('./app.ts');
await import(pathToFileURL(AppDouble.entryPath(app)).href);
AppDouble.begin(app);
