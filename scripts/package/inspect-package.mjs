// Reads a built app and says what is wrong with it: native files of other systems, files that nobody needs, what is missing,
// and more than the budget.
import { closeSync, openSync, readSync } from 'node:fs';
import { nativeFile } from './package-files.mjs';

/** `offset` is in the archive's contents; 0 for what lies beside it. */
/** @typedef {{ path: string, sizeBytes: number, offset: number, isUnpacked: boolean }} PackedFile */

function walkHeader(node, path) {
  if (node.files === undefined) {
    return [{ path, sizeBytes: node.size ?? 0, offset: Number(node.offset ?? 0), isUnpacked: node.unpacked === true }];
  }
  return Object.entries(node.files).flatMap(([name, child]) =>
    walkHeader(child, path === '' ? name : `${path}/${name}`),
  );
}

/** The list of files at the head of an archive: four lengths of four bytes, then JSON of the last length. */
function readHeader(archive) {
  const file = openSync(archive, 'r');
  try {
    const lengths = Buffer.alloc(16);
    readSync(file, lengths, 0, 16, 0);
    const json = Buffer.alloc(lengths.readUInt32LE(12));
    readSync(file, json, 0, json.length, 16);
    return JSON.parse(json.toString('utf8'));
  } finally {
    closeSync(file);
  }
}

/**
 * Files of an archive, those beside it included.
 *
 * @returns {readonly PackedFile[]}
 */
export function filesOfArchive(archive) {
  return walkHeader(readHeader(archive), '');
}

/** What every app must have. */
const needed = [
  'package.json',
  'out/main/index.js',
  'out/main/cli.js',
  'out/main/inference-worker.js',
  'out/main/parsing-worker.js',
  'out/main/storage-worker.js',
  'out/preload/index.cjs',
  'out/renderer/index.html',
];
const neededForms = [
  /^resources\/models\/[^/]+\.gguf$/,
  /^resources\/answers\/calibration\.json$/,
  /^node_modules\/node-llama-cpp\/dist\/index\.js$/,
  /^node_modules\/better-sqlite3-multiple-ciphers\/prebuilds\/[^/]+\.node$/,
  /^node_modules\/keytar\/prebuilds\/.+\.node$/,
  /^node_modules\/pdfjs-dist\/legacy\/build\/pdf\.worker\.mjs$/,
  /^node_modules\/@tesseract\.js-data\/eng\/.+\.traineddata\.gz$/,
];

/** Ends of names, and folders, of what is there for those who make packages. */
const useless =
  /\.(?:map|md|markdown|tsx?|mts|cts|pdb|gypi?|cc?|cpp|h|hpp)$|(?:^|\/)(?:tests?|__tests__|\.github|coverage)\//i;
/** A `.d.ts` that is read at run time would be an exception; there is none. */
const mustBeOutside = /\.(?:gguf|so(?:\.\d+)*|dylib|dll)$/;

/** Words by which a native file tells for what system it is. */
const signs = {
  linux: /linux(?!musl)|\.so(?:\.\d+)*$/,
  darwin: /darwin|mac-|\.dylib$/,
  win32: /win32|win-|windows|\.dll$|\.exe$/,
};
const otherCpu = { x64: /arm64|armv7|arm-|riscv|ia32/, arm64: /x64|ia32|armv7|arm-|riscv/ };

function isForeign(path, { os, cpu }) {
  const others = Object.keys(signs).filter((one) => one !== os);
  const isOfThis = signs[os].test(path);
  return (
    /cuda|musl/.test(path) || otherCpu[cpu].test(path) || (!isOfThis && others.some((one) => signs[one].test(path)))
  );
}

/**
 * What is wrong, in words; nothing when all is well.
 *
 * @param {readonly PackedFile[]} files
 * @param {import('./targets.mjs').Target} target
 * @returns {readonly string[]}
 */
export function findFaults(files, target) {
  const paths = new Set(files.map(({ path }) => path));
  const sizeMebibytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) / 1024 ** 2;
  return [
    ...needed.filter((path) => !paths.has(path)).map((path) => `${path} is missing`),
    ...neededForms
      .filter((form) => !files.some(({ path }) => form.test(path)))
      .map((form) => `nothing is named like ${form.source}`),
    ...target.engines
      .filter((engine) => !files.some(({ path }) => path.startsWith(`node_modules/@node-llama-cpp/${engine}/`)))
      .map((engine) => `the engine ${engine} is missing`),
    ...files.flatMap(({ path, isUnpacked }) => {
      if (nativeFile.test(path) && isForeign(path, target)) return [`${path} is of another system`];
      if (mustBeOutside.test(path) && !isUnpacked)
        return [`${path} lies in the archive, where no other library finds it`];
      if (useless.test(path) && !path.startsWith('resources/')) return [`${path} is of no use to a person`];
      return [];
    }),
    ...(sizeMebibytes > target.budgetMebibytes
      ? [`${sizeMebibytes.toFixed(0)} MiB are more than the ${target.budgetMebibytes} MiB of ${target.name}`]
      : []),
  ];
}
