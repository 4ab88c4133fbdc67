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

/** What Playwright adds for itself; a release that is started with it refuses, and no spec could look on. */
const ofDriver = new Set(['--inspect=0', '--remote-debugging-port=0', '--no-sandbox']);

/** An installed app is its own executable, so no script stands among its arguments. */
function packagedArguments([executable = '', ...given]: readonly string[]): string[] {
  const script = given.findIndex((argument) => !argument.startsWith('-'));
  return [
    executable,
    ...given.filter((argument, index) => index !== script && !(index < script && ofDriver.has(argument))),
  ];
}

// As under Electron, the arguments follow the executable. The double reads them when it is loaded, so it is loaded now.
process.argv.splice(1, 1);
// What the app forks is not inspected with it.
process.execArgv = [];
const { app, AppDouble } = await import('./app.ts');
const entryPath = AppDouble.entryPath(app);
if (app.isPackaged) process.argv = packagedArguments(process.argv);
await import(pathToFileURL(entryPath).href);
AppDouble.begin(app);
