// What of other people's work goes into an app for a target, with its licence: for the list of licences and the bill of
// materials that lie in every package.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isWanted } from './package-files.mjs';

/**
 * @typedef {{ name: string, version: string, licence: string, integrity: string | null, folder: string }} ShippedPackage
 */

/** Packages that do not name their licence where others do, and what the file beside them says. */
const licencesRead = { 'png-js': 'MIT' };

const nameOf = (path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

/**
 * Packages of the lock file that the built app loads, by name and version.
 *
 * @returns {readonly ShippedPackage[]}
 */
export function shippedPackages(lock, target) {
  return Object.entries(lock.packages)
    .filter(([path, entry]) => path !== '' && !entry.dev && !entry.devOptional && isWanted(nameOf(path), target))
    .map(([path, { name, version, license, integrity }]) => ({
      name: name ?? nameOf(path),
      version,
      licence: license ?? licencesRead[nameOf(path)] ?? 'unknown',
      integrity: integrity ?? null,
      folder: path,
    }))
    .sort((one, other) => `${one.name}@${one.version}`.localeCompare(`${other.name}@${other.version}`));
}

/** Bill of materials in CycloneDX 1.6, the same bytes for the same lock file. */
export function billOfMaterials(packages, { version, target }) {
  const component = ({ name, version: of, licence, integrity }) => ({
    type: 'library',
    name,
    version: of,
    purl: `pkg:npm/${name.replace('@', '%40')}@${of}`,
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
  const parts = packages.map(({ name, version, licence, folder }) => {
    const names = namesIn(join(root, folder)).filter((one) => licenceFile.test(one));
    const texts = names.map((one) => readFileSync(join(root, folder, one), 'utf8').trim());
    return [`${name} ${version} (${licence})`, ...texts].join('\n\n');
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
