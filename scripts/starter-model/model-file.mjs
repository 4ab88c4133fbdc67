import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

/** Under this name the app and the tests look for it, whatever a source calls it. */
export const starterModelName = 'SmolLM2-135M-Instruct.Q4_1.gguf';

/**
 * The folder that holds model files: `SOTTO_MODEL_DIR`, meant from where npm was called, else one in the checkout that
 * survives a new install.
 *
 * @param {string} root the checkout
 */
export const modelFolder = (root, { SOTTO_MODEL_DIR: chosen, INIT_CWD: calledFrom } = process.env) =>
  chosen ? resolve(calledFrom ?? '.', chosen) : join(root, '.cache', 'models');

const recordPath = (path) => join(dirname(path), `.${starterModelName}.verified.json`);

/** @param {string} path */
export async function sha256Of(path) {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk);
  return hash.digest('hex');
}

/**
 * Whether the model file is the one that was verified before. The record spares every start the reading of 98 MB.
 *
 * @param {string} path
 */
export async function isVerified(path) {
  try {
    const { size, mtimeMs } = await stat(path);
    const record = JSON.parse(await readFile(recordPath(path), 'utf8'));
    return record.sizeBytes === size && record.modifiedMs === mtimeMs;
  } catch {
    return false;
  }
}

async function remember(path, sha256) {
  const { size, mtimeMs } = await stat(path);
  await writeFile(recordPath(path), `${JSON.stringify({ sizeBytes: size, modifiedMs: mtimeMs, sha256 })}\n`);
}

/**
 * Accepts a file that lay in the folder before us, when its content is the one that we know.
 *
 * @param {string} path
 * @param {string} sha256
 */
export async function verifyExisting(path, sha256) {
  if ((await sha256Of(path).catch(() => '')) !== sha256) return false;
  // A folder that cannot be written to still holds a good model.
  await remember(path, sha256).catch(() => {});
  return true;
}

async function flushToDisk(path) {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/**
 * Puts a complete download in its place, or removes it when it is not what the source announced.
 *
 * @param {string} partPath
 * @param {string} path
 * @param {{ sha256: string, sizeBytes?: number }} expected
 * @returns {Promise<string | undefined>} why it was refused
 */
export async function acceptDownload(partPath, path, { sha256, sizeBytes }) {
  const { size } = await stat(partPath);
  const wrongSize = sizeBytes !== undefined && size !== sizeBytes;
  if (wrongSize || (await sha256Of(partPath)) !== sha256) {
    await rm(partPath, { force: true });
    return wrongSize ? `it is ${size} bytes long instead of ${sizeBytes}` : 'its checksum is wrong';
  }
  await flushToDisk(partPath);
  await rename(partPath, path);
  await remember(path, sha256);
  return undefined;
}
