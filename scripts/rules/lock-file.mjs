/**
 * Optional packages that the lock file names but does not pin. `npm ci` refuses such a lock file on the platform that
 * needs one of them, so a lock file written on one system must be whole for all.
 *
 * @param {{ packages: Record<string, { optionalDependencies?: Record<string, string> }> }} lockFile
 * @returns {string[]} `name (of owner)`, empty when the lock file is complete
 */
export function findUnpinnedPackages({ packages }) {
  return Object.entries(packages).flatMap(([owner, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !foldersAbove(owner).some((folder) => packages[`${folder}node_modules/${name}`]))
      .map((name) => `${name} (of ${owner || 'the project'})`),
  );
}

/** The folders that Node looks for `node_modules` in, from the package itself upwards. */
function foldersAbove(owner) {
  const parts = owner === '' ? [] : owner.split(/(?<=^|\/)node_modules\//).filter(Boolean);
  const folders = [''];
  for (const part of parts) folders.unshift(`${folders[0]}node_modules/${part.replace(/\/$/, '')}/`);
  return folders;
}

/**
 * Packages whose lock entry names the address it was downloaded from: it would tie every install to one registry.
 *
 * @param {{ packages: Record<string, { resolved?: string }> }} lockFile
 * @returns {string[]}
 */
export function findPinnedAddresses({ packages }) {
  return Object.entries(packages)
    .filter(([, { resolved }]) => resolved?.startsWith('http'))
    .map(([path]) => path);
}
