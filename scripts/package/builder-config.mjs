// The configuration of electron-builder for a target. Nothing in it depends on the machine that builds.
import { electronFuses } from './fuses.mjs';
import { filesFor, unpackedFiles } from './package-files.mjs';

/** Kinds of documents that Sotto reads, for "Open with"; it never makes itself the usual program for them. */
const documents = [
  { ext: ['pdf'], name: 'PDF document', mimeType: 'application/pdf' },
  {
    ext: ['docx'],
    name: 'Word document',
    mimeType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  },
  {
    ext: ['pptx'],
    name: 'Presentation',
    mimeType: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  },
  {
    ext: ['xlsx'],
    name: 'Spreadsheet',
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  },
  { ext: ['odt'], name: 'Text document', mimeType: 'application/vnd.oasis.opendocument.text' },
  { ext: ['epub'], name: 'Book', mimeType: 'application/epub+zip' },
  { ext: ['md'], name: 'Markdown text', mimeType: 'text/markdown' },
  { ext: ['txt'], name: 'Plain text', mimeType: 'text/plain' },
  { ext: ['eml'], name: 'E-mail', mimeType: 'message/rfc822' },
];

const fileAssociations = documents.map((one) => ({ ...one, role: 'Viewer', rank: 'Alternate' }));

/** Signing is the release machine's: without its keys a package is made and says that it is not signed. */
const mac = {
  category: 'public.app-category.productivity',
  icon: 'resources/icons/app.icns',
  hardenedRuntime: true,
  gatekeeperAssess: false,
  entitlements: 'scripts/package/entitlements.plist',
  entitlementsInherit: 'scripts/package/entitlements.plist',
  // Notarisation reads APPLE_* of the release machine's environment.
  notarize: false,
  extendInfo: {
    LSMinimumSystemVersion: '13.0',
    NSAppleEventsUsageDescription:
      'Quick-ask takes the text that you selected in another app, and puts an answer back, when you ask for it.',
  },
};

const win = { icon: 'resources/icons/app.ico' };

const nsis = {
  oneClick: false,
  perMachine: false,
  allowElevation: false,
  allowToChangeInstallationDirectory: true,
  // Chats and documents are the person's: taking the app away does not take them.
  deleteAppDataOnUninstall: false,
};

const linux = {
  category: 'Office',
  icon: 'resources/icons/app',
  executableName: 'sotto',
  synopsis: 'A quiet assistant that runs on your own computer',
  desktop: { entry: { StartupWMClass: 'sotto', SingleMainWindow: 'true' } },
};

/** Where the repository is that a release is made from; of a checkout nobody knows. */
function homepageOf({ GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository }) {
  return server && repository ? `${server}/${repository}` : 'https://sotto.invalid';
}

/**
 * @param {import('./targets.mjs').Target} target
 * @param {{
 *   lock: { packages: Record<string, object> },
 *   electronDist?: string,
 *   output?: string,
 *   packageTypes?: string,
 *   environment?: Record<string, string | undefined>,
 * }} options `electronDist` stands in for Electron where its binary cannot be had; fuses are then not set;
 * `packageTypes` is a folder with a file for each of deb and rpm, which says so
 */
export function builderConfig(target, options) {
  const { lock, electronDist, output = 'out/package', packageTypes, environment = {} } = options;
  // A workflow passes a secret that it does not have on as an empty word.
  const isNotarised = Boolean(environment['APPLE_API_KEY'] || environment['APPLE_ID']);
  const packageType = (kind) =>
    packageTypes === undefined ? {} : { fpm: [`${packageTypes}/${kind}=/opt/Sotto/resources/package-type`] };
  return {
    appId: 'app.sotto.desktop',
    productName: 'Sotto',
    copyright: 'Copyright the Sotto authors',
    directories: { output, buildResources: 'resources/icons' },
    files: filesFor(target, lock),
    asar: true,
    asarUnpack: [...unpackedFiles],
    // Native files come with their packages, and nothing is built here.
    npmRebuild: false,
    nodeGypRebuild: false,
    buildDependenciesFromSource: false,
    electronLanguages: ['en-US', 'en-GB', 'de'],
    protocols: [{ name: 'Sotto', schemes: ['sotto'], role: 'Viewer' }],
    fileAssociations,
    ...(electronDist === undefined ? { electronFuses } : { electronDist }),
    // Releases are published by the workflow, with their checksums; the builder talks to nobody.
    publish: null,
    extraMetadata: { main: 'out/main/index.js', homepage: homepageOf(environment) },
    artifactName: 'Sotto-${version}-${os}-${arch}.${ext}',
    mac: { ...mac, notarize: isNotarised, target: target.platform === 'mac' ? [...target.kinds] : undefined },
    dmg: { sign: false },
    win: { ...win, target: target.platform === 'win' ? [...target.kinds] : undefined },
    nsis,
    linux: {
      ...linux,
      // A package for Debian or Fedora names somebody, and a checkout does not know who publishes it.
      maintainer: environment['SOTTO_MAINTAINER'] || 'The Sotto authors <nobody@sotto.invalid>',
      target: target.platform === 'linux' ? [...target.kinds] : undefined,
    },
    rpm: packageType('rpm'),
    deb: {
      ...packageType('deb'),
      depends: [
        'libgtk-3-0',
        'libnotify4',
        'libnss3',
        'libxss1',
        'libxtst6',
        'libatspi2.0-0',
        'libuuid1',
        'libsecret-1-0',
      ],
    },
  };
}
