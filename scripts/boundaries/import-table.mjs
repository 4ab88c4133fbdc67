// The import table of the design: what each folder may import, and which folder owns a package. One table, read by the
// boundary check and by the test that plants a violation of each row. Self is always allowed; what is not listed is
// forbidden; of two folders that contain a file, the longer name counts.

/** @typedef {{ folder: string, mayImport: string[], mayImportTypesOf?: string[] }} FolderRow */
/** @typedef {{ packages: string[], owners: string[], typeOwners?: string[] }} PackageRow */

/** The folders between the vocabulary and the composition root, in the order of the design. */
const parts = [
  'shared',
  'guards',
  'platform',
  'egress',
  'storage',
  'inference',
  'parsing',
  'providers',
  'services',
  'api',
];
const electron = (...names) => names.map((name) => `electron/${name}`);
const door = electron('app', 'api', 'guards', 'platform', 'inference', 'parsing', 'shared');

/** @type {FolderRow[]} */
export const folderRows = [
  { folder: 'electron/shared', mayImport: [] },
  { folder: 'electron/guards', mayImport: electron('shared') },
  { folder: 'electron/platform', mayImport: electron('shared') },
  { folder: 'electron/egress', mayImport: electron('shared', 'platform') },
  { folder: 'electron/storage', mayImport: electron('shared', 'platform', 'storage/worker') },
  { folder: 'electron/storage/worker', mayImport: electron('shared', 'platform', 'storage') },
  { folder: 'electron/inference', mayImport: electron('shared', 'platform') },
  { folder: 'electron/inference/worker', mayImport: electron('shared', 'inference/protocol') },
  { folder: 'electron/parsing', mayImport: electron('shared', 'platform') },
  { folder: 'electron/parsing/worker', mayImport: electron('shared', 'parsing/protocol') },
  { folder: 'electron/providers', mayImport: electron('shared', 'platform', 'egress', 'inference') },
  {
    folder: 'electron/services',
    mayImport: electron('shared', 'platform', 'egress', 'storage', 'inference', 'parsing', 'providers'),
  },
  { folder: 'electron/api', mayImport: electron('shared', 'services') },
  { folder: 'electron/app', mayImport: electron(...parts) },
  { folder: 'electron/main', mayImport: door },
  { folder: 'electron/host', mayImport: door },
  { folder: 'electron/cli', mayImport: door },
  { folder: 'electron/preload', mayImport: [], mayImportTypesOf: electron('shared') },
  { folder: 'electron/testing', mayImport: ['electron'] },
  { folder: 'renderer/app', mayImport: ['renderer', 'electron/shared'] },
  { folder: 'renderer/features', mayImport: ['renderer/api', 'renderer/ui', 'renderer/lib', 'electron/shared'] },
  { folder: 'renderer/api', mayImport: ['electron/shared'], mayImportTypesOf: ['electron/api'] },
  { folder: 'renderer/ui', mayImport: ['renderer/lib'], mayImportTypesOf: ['electron/shared'] },
  { folder: 'renderer/lib', mayImport: ['renderer/ui'], mayImportTypesOf: ['electron/shared'] },
  { folder: 'renderer/styles', mayImport: [] },
  { folder: 'renderer/testing', mayImport: ['renderer', 'electron/shared', 'electron/api'] },
];

/** Folders whose subfolders are strangers to each other: `x` may import from `y` only what `door` names, as a type. */
export const siblingRows = [
  { folder: 'electron/services', door: '$name/$name-service.ts' },
  { folder: 'renderer/features', door: undefined },
];

const launchers = electron(
  'inference/launchers/utility-process-launcher.ts',
  'parsing/launchers/utility-process-launcher.ts',
);

/** @type {PackageRow[]} */
export const packageRows = [
  { packages: ['keytar'], owners: electron('platform') },
  { packages: ['undici'], owners: electron('egress') },
  { packages: ['better-sqlite3-multiple-ciphers', 'sqlite-vec'], owners: electron('storage') },
  { packages: ['node-llama-cpp'], owners: electron('inference/worker') },
  {
    packages: [
      'pdfjs-dist',
      '@napi-rs/canvas',
      'mammoth',
      'xlsx',
      'exceljs',
      'read-excel-file',
      'epub2',
      'epubjs',
      'fflate',
      'jszip',
      'yauzl',
      'htmlparser2',
      'csv-parse',
      'mailparser',
      'postal-mime',
      'sharp',
      'tesseract.js',
      '@tesseract.js-data',
      'utif2',
    ],
    owners: electron('parsing/worker'),
  },
  { packages: ['ignore'], owners: electron('services/library') },
  { packages: ['docx', 'pdfkit', 'dejavu-fonts-ttf'], owners: electron('services/summaries') },
  { packages: ['ai', '@ai-sdk'], owners: electron('providers') },
  { packages: ['electron'], owners: [...electron('main', 'preload'), ...launchers] },
  { packages: ['ws'], owners: electron('host') },
  { packages: ['http', 'https', 'http2'], owners: electron('host') },
  { packages: ['@orpc/client'], owners: ['renderer/api', ...electron('app', 'host', 'cli')] },
  {
    packages: ['@orpc/server'],
    owners: electron('api', 'app', 'main', 'host', 'cli'),
    typeOwners: ['renderer/api'],
  },
  { packages: ['@orpc/tanstack-query'], owners: ['renderer/api'] },
  { packages: ['@tanstack/react-router'], owners: ['renderer/app'] },
  {
    packages: ['react', 'react-dom', 'react-i18next', '@base-ui/react', '@tanstack/react-query', 'lucide-react'],
    owners: ['renderer'],
  },
];

/** Folders that the window loads: Node's own modules do not exist there. */
export const foldersWithoutNode = ['renderer', 'electron/shared', 'electron/preload'];

/** Folders of the product, which nothing outside the product may be imported into. */
export const productFolders = ['electron', 'renderer'];
