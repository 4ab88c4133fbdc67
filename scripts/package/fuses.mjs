// Which of Electron's fuses a package has, each set on purpose. Electron reads them from its own binary before any script
// runs, so nobody who starts the app can change them without changing the signed program.

/** @typedef {{ name: string, isOn: boolean, reason: string }} Fuse */

/**
 * Names as electron-builder's `electronFuses` writes them.
 *
 * @type {readonly Fuse[]}
 */
export const fuses = [
  {
    name: 'runAsNode',
    isOn: true,
    reason:
      'Open: the keychain is asked in a process of its own, the engine tries its native files in one before it trusts them, ' +
      'and `sotto` in a terminal is this program without a window; all three start it as Node. Who can start programs as this ' +
      'user can start another Node as well; the keys are in the keychain, which asks the person.',
  },
  {
    name: 'enableCookieEncryption',
    isOn: true,
    reason: 'The page sets no cookie; should one appear, it is not in clear.',
  },
  {
    name: 'enableNodeOptionsEnvironmentVariable',
    isOn: false,
    reason: 'NODE_OPTIONS could load a script into every process of the app, NODE_EXTRA_CA_CERTS a foreign authority.',
  },
  {
    name: 'enableNodeCliInspectArguments',
    isOn: false,
    reason: '--inspect and SIGUSR1 would open a debugger on the process that holds the open database.',
  },
  {
    name: 'enableEmbeddedAsarIntegrityValidation',
    isOn: true,
    reason: 'A changed archive does not start (macOS and Windows check it; Linux has the package manager).',
  },
  { name: 'onlyLoadAppFromAsar', isOn: true, reason: 'A folder beside the archive cannot take its place.' },
  {
    name: 'loadBrowserProcessSpecificV8Snapshot',
    isOn: false,
    reason: 'There is no snapshot of our own, so there is no further file that could be exchanged.',
  },
  {
    name: 'grantFileProtocolExtraPrivileges',
    isOn: false,
    reason: 'No page comes from file://; the session refuses it too.',
  },
];

/** For the builder's configuration: `electronFuses`. */
export const electronFuses = Object.fromEntries(fuses.map(({ name, isOn }) => [name, isOn]));
