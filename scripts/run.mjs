// `node scripts/run.mjs SCRIPT [ARGUMENT]…`: installs what the lock file names if that has not been done, then runs the
// script under Node 24. Plain JavaScript: it has to work under Node 20 in a checkout where nothing is installed.
import { delimiter, dirname, join } from 'node:path';
import { installPackages, isInstalled } from './bootstrap/install-packages.mjs';
import { findNode, noNodeSentence } from './bootstrap/node-binary.mjs';
import { runSupervised } from './bootstrap/supervised-child.mjs';

const root = join(import.meta.dirname, '..');
const say = (line) => console.error(line);

async function run(args) {
  const installCode = isInstalled(root) ? 0 : await installPackages(root, say);
  if (installCode !== 0) return installCode;
  const node = findNode(root);
  if (!node) {
    say(noNodeSentence);
    return 1;
  }
  const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` };
  const { code, error } = await runSupervised(node, args, {
    cwd: root,
    env,
    endsWithParent: Boolean(process.env.npm_lifecycle_event),
  });
  if (error) say(`Node could not be started (${error.message}).`);
  return code;
}

process.exitCode = await run(process.argv.slice(2));
