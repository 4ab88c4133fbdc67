// `npm start`: the starter model, the build, then the app: in Electron, or else in the browser.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runSupervised } from './bootstrap/supervised-child.mjs';
import { buildProduct } from './build/build-product.mjs';
import { obtainElectron } from './build/electron-binary.mjs';
import { modelFolder } from './starter-model/model-file.mjs';
import { obtainStarterModel } from './starter-model.mjs';

const root = join(import.meta.dirname, '..');
const say = (line) => console.error(line);
const args = process.argv.slice(2);

async function openInElectron(path) {
  say('Opening Sotto …');
  const { code, error } = await runSupervised(path, [root, ...args], { cwd: root });
  if (error) say(`Electron could not be started: ${error.message}`);
  process.exitCode = code;
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
  const electron = await obtainElectron(root, say);
  await (electron.status === 'available' ? openInElectron(electron.path) : openInBrowser(electron.reason));
} else {
  process.exitCode = 1;
}
