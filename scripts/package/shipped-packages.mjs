// What of other people's work goes into an app for a target, with its licence: for the list of licences and the bill of
// materials that lie in every package.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isWanted } from './package-files.mjs';

/**
 * @typedef {{ name: string, version: string | null, licence: string, integrity: string | null, folder: string | null, text?: string }} ShippedPackage
 */

/** Packages that do not name their licence where others do, and what the file beside them says. */
const licencesRead = { 'png-js': 'MIT' };

/** Electron, whose program the app is, and the styles that a tool writes into the page. */
const carriedUnseen = ['node_modules/electron', 'node_modules/tailwindcss'];

/** What is in the repository and was made by others, with the file that has its licence. */
const fromElsewhere = [
  { name: 'inter', licence: 'OFL-1.1', text: 'renderer/styles/fonts/inter-licence.txt' },
  { name: 'all-MiniLM-L6-v2', licence: 'Apache-2.0', text: 'LICENSE' },
  { name: 'first-names', licence: 'MIT AND CC0-1.0', text: 'electron/services/redaction/names/README.md' },
].map((one) => ({ ...one, version: null, integrity: null, folder: null }));

/** Folders of the packages that the last build put into its bundles. */
export function readBundled(root) {
  return ['main', 'preload', 'renderer'].flatMap((part) =>
    JSON.parse(readFileSync(join(root, `out/bundled/${part}.json`), 'utf8')),
  );
}

const nameOf = (path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

/**
 * Packages of the lock file that the built app loads or carries within its bundles, by name and version; and what came into
 * it otherwise.
 *
 * @param {readonly string[]} [bundled] folders of packages within the bundles; see `readBundled`
 * @returns {readonly ShippedPackage[]}
 */
export function shippedPackages(lock, target, bundled = []) {
  const carried = new Set([...bundled, ...carriedUnseen]);
  const unknown = [...carried].filter((path) => lock.packages[path] === undefined);
  if (unknown.length > 0) throw new Error(`The lock file does not know ${unknown.join(', ')}.`);
  const isLoaded = (path, { dev, devOptional }) => !dev && !devOptional && isWanted(nameOf(path), target);
  const packages = Object.entries(lock.packages)
    .filter(([path, entry]) => path !== '' && (carried.has(path) || isLoaded(path, entry)))
    .map(([path, { name, version, license, integrity }]) => ({
      name: name ?? nameOf(path),
      version,
      licence: license ?? licencesRead[nameOf(path)] ?? 'unknown',
      integrity: integrity ?? null,
      folder: path,
    }));
  const keyOf = ({ name, version }) => `${name}@${version}`;
  // One that lies in two folders is the same work.
  const once = new Map([...packages, ...fromElsewhere].map((one) => [keyOf(one), one]));
  return [...once.values()].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}

/** Bill of materials in CycloneDX 1.6, the same bytes for the same lock file. */
export function billOfMaterials(packages, { version, target }) {
  const component = ({ name, version: of, licence, integrity, folder }) => ({
    type: 'library',
    name,
    ...(folder === null ? {} : { version: of, purl: `pkg:npm/${name.replace('@', '%40')}@${of}` }),
    licenses: [{ expression: licence }],
    ...(integrity?.startsWith('sha512-')
      ? { hashes: [{ alg: 'SHA-512', content: Buffer.from(integrity.slice(7), 'base64').toString('hex') }] }
      : {}),
  });
  const bill = {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: { type: 'application', name: 'sotto', version, 'bom-ref': `sotto@${version}-${target.name}` },
    },
    components: packages.map(component),
  };
  return `${JSON.stringify(bill, null, 2)}\n`;
}

const licenceFile = /^(?:licen[cs]e|copying|notice)(?:[.-].*)?$/i;

/** The text of each licence, from the packages themselves; a package without one is named with its licence. */
export function licenceTexts(packages, root) {
  const parts = packages.map(({ name, version, licence, folder, text }) => {
    const paths =
      folder === null
        ? [text]
        : namesIn(join(root, folder))
            .filter((one) => licenceFile.test(one))
            .map((one) => join(folder, one));
    const texts = paths.map((one) => readFileSync(join(root, one), 'utf8').trim());
    return [`${name} ${version === null ? '' : `${version} `}(${licence})`, ...texts].join('\n\n');
  });
  const rule = `\n\n${'-'.repeat(80)}\n\n`;
  return `Sotto contains the work of others. Each is listed with the licence under which it is given.${rule}${parts.join(rule)}\n`;
}

/** Names in a folder; none where a package of another system is not installed. */
function namesIn(folder) {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((one) => one.isFile())
      .map(({ name }) => name)
      .sort();
  } catch {
    return [];
  }
}
