// `npm run -s sotto -- COMMAND`: the command line of a checkout. Standard output is the command's alone.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildProduct } from './build/build-product.mjs';
import { modelFolder } from './starter-model/model-file.mjs';
import { obtainStarterModel } from './starter-model.mjs';

const root = join(import.meta.dirname, '..');
const args = process.argv.slice(2);

const folder = modelFolder(root);
// Once only: a checkout without a network would otherwise wait at every command.
if (!existsSync(folder)) await obtainStarterModel(folder);
process.env.SOTTO_MODEL_DIR = folder;

if (buildProduct(root)) {
  const cli = join(root, 'out/main/cli.js');
  // Paths on the command line are meant from where npm was called, not from the checkout that it changes to.
  process.chdir(process.env.INIT_CWD ?? process.cwd());
  process.argv.splice(1, process.argv.length, cli, ...args);
  await import(pathToFileURL(cli).href);
} else {
  process.exitCode = 1;
}
