// Which files of packages go into an app for a target. Everything native is named: what is new and native fails the test.

/** Packages that hold native files of one system each, and how they name it. */
const nativePackages = {
  '@node-llama-cpp/': ({ engines }) => engines,
  '@napi-rs/canvas-': ({ os, cpu }) => [
    { linux: `linux-${cpu}-gnu`, darwin: `darwin-${cpu}`, win32: `win32-${cpu}-msvc` }[os],
  ],
  'sqlite-vec-': ({ os, cpu }) => [os === 'win32' ? `windows-${cpu}` : `${os}-${cpu}`],
  // Copies large files within a download that the app does not use: its own downloads do not pass through there.
  '@reflink/reflink-': () => [],
  'node-linux-': () => [],
  'node-win-': () => [],
};

/** Where in a package lie the files of several systems, and which of them a target wants. */
const prebuilds = {
  'better-sqlite3-multiple-ciphers': ({ os, cpu }) => ({ folder: 'prebuilds', kept: [`${os}-${cpu}.node`] }),
  keytar: ({ os, cpu }) => ({ folder: 'prebuilds', kept: [`${os}-${cpu}`] }),
};

/** True when a package of the lock file belongs into an app for the target. */
export function isWanted(packageName, target) {
  const prefix = Object.keys(nativePackages).find((one) => packageName.startsWith(one));
  if (prefix === undefined) return true;
  return nativePackages[prefix](target).includes(packageName.slice(prefix.length));
}

/** Packages of the lock file that are for some systems only, by name. */
export function nativePackageNames(lock) {
  return Object.entries(lock.packages)
    .filter(([path, { os, cpu, dev }]) => path !== '' && !dev && (os !== undefined || cpu !== undefined))
    .map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length));
}

/** What no person needs who runs the app. */
const neverShipped = [
  '!**/*.{map,md,markdown,ts,tsx,mts,cts,flow,tsbuildinfo,c,cc,cpp,h,hpp,gyp,gypi,cmake,o,obj,pdb}',
  '!**/{test,tests,__tests__,spec,example,examples,demo,demos,benchmark,benchmarks,coverage,.github,.vscode}/**',
  // Whoever reads documents in a folder called `docs` of a package reads them at its publisher's.
  '!**/node_modules/*/docs/**',
  '!**/{.eslintrc*,.prettierrc*,.editorconfig,tsconfig*.json,.npmignore,.travis.yml,yarn.lock,pnpm-lock.yaml}',
  // Source and tools to build the engine; the app never builds.
  '!node_modules/node-llama-cpp/llama/**',
  'node_modules/node-llama-cpp/llama/{*.json,grammars/*.gbnf}',
  '!node_modules/node-llama-cpp/{templates,bins}/**',
  '!node_modules/better-sqlite3-multiple-ciphers/{deps,src,build}/**',
  '!node_modules/keytar/{src,script}/**',
  // The page of the reader that nobody opens, and the builds for browsers.
  '!node_modules/pdfjs-dist/{web,image_decoders,build}/**',
  '!node_modules/pdfjs-dist/legacy/{web,image_decoders}/**',
  '!node_modules/pdfjs-dist/**/*.min.mjs',
  // Recognition runs in a thread of Node.
  '!node_modules/tesseract.js/{dist,docs,benchmarks,examples}/**',
  '!node_modules/docx/dist/{index.iife.js,index.umd.cjs}',
  '!node_modules/pdfkit/js/{pdfkit.standalone.js,pdfkit.es5.js,pdfkit.js.map}',
  // Manuals, and the parts that are for other vendors' packages, which are not here.
  '!node_modules/@ai-sdk/*/{docs,src,dist/internal}/**',
  // The prices' own command and a second copy of the prices.
  '!node_modules/@pydantic/genai-prices/dist/{cli.js,index.cjs}',
];

/**
 * Patterns for electron-builder's `files`: the built product, its data, and of packages what the target needs.
 *
 * @param {import('./targets.mjs').Target} target
 * @param {{ packages: Record<string, object> }} lock
 */
export function filesFor(target, lock) {
  const foreign = nativePackageNames(lock).filter((name) => !isWanted(name, target));
  const prebuilt = Object.entries(prebuilds).flatMap(([name, choose]) => {
    const { folder, kept } = choose(target);
    return [`!node_modules/${name}/${folder}/**`, ...kept.map((one) => `node_modules/${name}/${folder}/${one}{,/**}`)];
  });
  return [
    'package.json',
    'LICENSE',
    'out/{main,preload,renderer}/**',
    'resources/**',
    '!resources/icons/source/**',
    ...neverShipped,
    ...foreign.map((name) => `!node_modules/${name}{,/**}`),
    ...prebuilt,
  ];
}

/** What lies beside the archive: files that other libraries open by themselves, who do not know archives. */
export const unpackedFiles = [
  'resources/**',
  'node_modules/@node-llama-cpp/**',
  'node_modules/node-llama-cpp/**',
  'node_modules/sqlite-vec-*/**',
  'node_modules/better-sqlite3-multiple-ciphers/prebuilds/**',
  'node_modules/keytar/**',
  'node_modules/@napi-rs/canvas*/**',
  'node_modules/tesseract.js*/**',
  'node_modules/@tesseract.js-data/**',
  'node_modules/dejavu-fonts-ttf/**',
  'node_modules/pdfjs-dist/{standard_fonts,cmaps,wasm,iccs}/**',
];

/** Ends of names by which a native file is known. */
export const nativeFile = /\.(?:node|so(?:\.\d+)*|dylib|dll|exe)$/;
