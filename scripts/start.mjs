// `npm start`: the starter model, the build, then the app: in Electron, or else in the browser.
import { constants } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runSupervised } from './bootstrap/supervised-child.mjs';
import { buildProduct } from './build/build-product.mjs';
import { obtainElectron, whyNoWindow } from './build/electron-binary.mjs';
import { modelFolder } from './starter-model/model-file.mjs';
import { obtainStarterModel } from './starter-model.mjs';

const root = join(import.meta.dirname, '..');
const say = (line) => console.error(line);
const args = process.argv.slice(2);

/** How soon an Electron ends that lacks a library (127) or may not use its sandbox (a trap or an abort). */
const failedStartMs = 5000;
const failedStartCodes = [127, 128 + constants.signals.SIGTRAP, 128 + constants.signals.SIGABRT];

/** @returns {Promise<string | undefined>} why Electron could not be started */
async function openInElectron(path) {
  say('Opening Sotto …');
  const startedAt = Date.now();
  const { code, error } = await runSupervised(path, [root, ...args], { cwd: root });
  const hasFailedToStart = failedStartCodes.includes(code) && Date.now() - startedAt < failedStartMs;
  if (error || hasFailedToStart) return `Electron could not be started here (${error?.message ?? `code ${code}`})`;
  process.exitCode = code;
  return undefined;
}

/** The host runs in this process: it gets the signals first hand. */
async function openInBrowser(reason) {
  say(`Sotto opens in the browser, because ${reason}.`);
  const host = join(root, 'out/main/host.js');
  process.argv.splice(1, process.argv.length, host, ...args);
  await import(pathToFileURL(host).href);
}

process.env.SOTTO_MODEL_DIR = modelFolder(root);
await obtainStarterModel(process.env.SOTTO_MODEL_DIR, { say });
if (buildProduct(root, { say })) {
  const noWindow = whyNoWindow();
  const electron = noWindow ? { status: 'unavailable', reason: noWindow } : await obtainElectron(root, say);
  const obstacle = electron.status === 'available' ? await openInElectron(electron.path) : electron.reason;
  if (obstacle) await openInBrowser(obstacle);
} else {
  process.exitCode = 1;
}
