import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEgress } from '../../egress/create-egress.ts';
import { createSettingsEgressPolicy } from '../../egress/settings-egress-policy.ts';
import { parseGguf } from '../../inference/gguf/read-gguf-description.ts';
import { createFakeClock } from '../../testing/fake-clock.ts';
import { startHubServer } from '../../testing/hub-server.ts';
import type { HubServer } from '../../testing/hub-server.ts';
import { createHubService } from './create-hub-service.ts';
import { quantisationOf } from './group-hub-files.ts';

const embedderPath = join(import.meta.dirname, '../../../resources/models/all-MiniLM-L6-v2-Q8_0.gguf');
const signal = new AbortController().signal;
const repository = 'acme/Small-GGUF';
const query = { text: 'small', licence: null, order: 'downloads' } as const;

let folder = '';
let server: HubServer;
let token: string | null = null;

const put = async (path: string, bytes: Uint8Array | string): Promise<void> => {
  const target = join(folder, path);
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, bytes);
};

const open = (address = server.address) =>
  createHubService({
    egress: createEgress({
      policy: createSettingsEgressPolicy(async () => ({
        isOffline: false,
        allowedPurposes: ['model-search', 'model-download'],
      })),
      ledger: { insert: async () => undefined, update: async () => undefined },
      clock: createFakeClock(),
    }),
    clock: createFakeClock(),
    address: async () => await Promise.resolve(address),
    token: async () => await Promise.resolve(token),
  });

const text = async (body: ReadableStream<Uint8Array>): Promise<string> => await new Response(body).text();

const begin = async (): Promise<void> => {
  token = null;
  folder = await mkdtemp(join(tmpdir(), 'sotto-hub-'));
  await put(`${repository}/small-Q4_K_M.gguf`, await readFile(embedderPath));
  await put(`${repository}/mmproj-small-f16.gguf`, 'pictures');
  await put(`${repository}/README.md`, 'words');
  await put(`${repository}/big-Q8_0-00001-of-00002.gguf`, 'one');
  await put(`${repository}/big-Q8_0-00002-of-00002.gguf`, 'three');
  await put(`${repository}/lost-Q6_K-00002-of-00002.gguf`, 'alone');
  server = await startHubServer(folder);
};
const end = async (): Promise<void> => {
  await server.close();
  await rm(folder, { recursive: true });
};

describe('createHubService', () => {
  beforeEach(begin);
  afterEach(end);

  it('finds repositories, and says which are gated', async () => {
    server.gate(repository, 'word');
    expect(await open().search(query, signal)).toEqual([
      {
        repository,
        downloads: 1_000,
        likes: 10,
        licence: 'apache-2.0',
        isGated: true,
        updatedAt: Date.UTC(2026, 0, 2, 3, 4, 5),
      },
    ]);
    expect(server.requests[0]).toContain('filter=gguf');
    expect(server.requests[0]).toMatch(/expand%5B%5D=gated/);
  });

  // A part that is missing makes a model that cannot be loaded; a projector is no model at all.
  it('lists models with size and digest, split ones as one, and leaves out what is none', async () => {
    const { files, revision } = await open().repository(repository, signal);
    expect(revision).toMatch(/^c{40}$/);
    expect(files.map(({ path, quantisation, parts }) => [path, quantisation, parts.length])).toEqual([
      ['big-Q8_0-00001-of-00002.gguf', 'Q8_0', 2],
      ['small-Q4_K_M.gguf', 'Q4_K_M', 1],
    ]);
    expect(files[0]).toMatchObject({ sizeBytes: 8 });
    expect(files[0]?.parts[0]?.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('reads a header over ranges', async () => {
    const { revision, files } = await open().repository(repository, signal);
    const file = files.find(({ path }) => path.startsWith('small'));
    const source = open().byteSource({ repository, revision, path: file!.path }, file!.sizeBytes, signal);
    expect(await parseGguf(source, file!.sizeBytes, signal)).toMatchObject({ architecture: 'bert', kind: 'embedding' });
    const fetched = server.ranges.reduce((sum, { sentBytes }) => sum + sentBytes, 0);
    expect(fetched).toBeLessThan(4 * 1024 * 1024);
  });

  it('sends the token to the hub, and tells gated, wrong and missing apart', async () => {
    server.gate(repository, 'word');
    const request = { repository, revision: 'main', path: 'big-Q8_0-00001-of-00002.gguf', start: 0 };
    await expect(open().range(request, signal)).rejects.toMatchObject({ code: 'hub/gated', details: { repository } });
    token = 'other';
    await expect(open().range(request, signal)).rejects.toMatchObject({ code: 'hub/wrong-token' });
    token = 'word';
    expect(await text((await open().range(request, signal)).body)).toBe('one');
    await expect(open().repository('acme/nothing', signal)).rejects.toMatchObject({ code: 'hub/not-found' });
    await expect(open().repository('../etc', signal)).rejects.toMatchObject({ code: 'hub/not-found' });
    await expect(open().range({ ...request, path: 'no.gguf' }, signal)).rejects.toMatchObject({
      code: 'hub/not-found',
      details: { what: `${repository}/no.gguf` },
    });
  });

  it('goes on from a byte, and begins anew when the file is another one', async () => {
    const request = { repository, revision: 'main', path: 'big-Q8_0-00002-of-00002.gguf' };
    const { entityTag } = await open().range({ ...request, start: 0 }, signal);
    const part = await open().range({ ...request, start: 2, entityTag: entityTag! }, signal);
    expect([part.start, part.totalBytes, await text(part.body)]).toEqual([2, 5, 'ree']);
    server.changeEntity();
    const whole = await open().range({ ...request, start: 2, entityTag: entityTag! }, signal);
    expect([whole.start, await text(whole.body)]).toEqual([0, 'three']);
  });

  it.each([
    [{ kind: 'server-error' }, 'hub/busy', { retryAfterMs: null }],
    [{ kind: 'too-many-requests', retryAfterSeconds: 7 }, 'hub/busy', { retryAfterMs: 7_000 }],
    [{ kind: 'wrong-content-range' }, 'hub/unexpected', {}],
    [{ kind: 'gzip' }, 'hub/unexpected', {}],
    [{ kind: 'redirect-to-http' }, 'egress/not-allowed', {}],
    [{ kind: 'redirect-to-private' }, 'egress/not-allowed', {}],
  ] as const)('refuses %j as %s', async (fault, code, details) => {
    server.fail(fault);
    const request = { repository, revision: 'main', path: 'big-Q8_0-00002-of-00002.gguf', start: 1 };
    await expect(open().range(request, signal)).rejects.toMatchObject({ code, details });
  });

  // A hub, or who stands between, may answer anything; a name that climbs must not reach the disk.
  it.each([
    ['no JSON', 'hub/unexpected', '<html>'],
    ['another shape', 'hub/unexpected', '{"id": 4}'],
    ['too much', 'hub/unexpected', `"${'x'.repeat(9 * 1024 * 1024)}"`],
  ])('refuses an answer that is %s', async (_, code, answer) => {
    const other = createServer((_request, response) => response.end(answer));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    // A TCP server that listens has an address of this shape.
    const hub = open(`http://127.0.0.1:${(other.address() as AddressInfo).port}`);
    await expect(hub.repository(repository, signal)).rejects.toMatchObject({ code });
    other.closeAllConnections();
    other.close();
  });

  it('bears a repository of ten thousand files, and none of more', async () => {
    const siblings = Array.from({ length: 10_000 }, (_, at) => ({
      rfilename: `many-${String(at + 1).padStart(5, '0')}-of-10000.gguf`,
      size: 5,
    }));
    let count = 0;
    const other = createServer((_request, response) => {
      const files = [...siblings, { rfilename: 'fine-Q4_0.gguf', size: 5 }].slice(2 - (count += 1));
      response.end(JSON.stringify({ id: repository, sha: 'a'.repeat(40), tags: [], siblings: files }));
    });
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    // A TCP server that listens has an address of this shape.
    const hub = open(`http://127.0.0.1:${(other.address() as AddressInfo).port}`);
    expect((await hub.repository(repository, signal)).files.map(({ path }) => path)).toEqual(['fine-Q4_0.gguf']);
    await expect(hub.repository(repository, signal)).rejects.toMatchObject({ code: 'hub/unexpected' });
    other.closeAllConnections();
    other.close();
  });

  it('leaves out files with names that climb, and keeps the others', async () => {
    const names = ['../up.gguf', '/root.gguf', 'a/../b.gguf', 'a\\b.gguf', 'a\u202Eb.gguf', 'sub/fine-Q4_0.gguf'];
    const siblings = names.map((rfilename) => ({ rfilename, size: 5 }));
    const answer = JSON.stringify({ id: repository, sha: 'a'.repeat(40), tags: [], siblings });
    const other = createServer((_request, response) => response.end(answer));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    // A TCP server that listens has an address of this shape.
    const hub = open(`http://127.0.0.1:${(other.address() as AddressInfo).port}`);
    expect((await hub.repository(repository, signal)).files.map(({ path }) => path)).toEqual(['sub/fine-Q4_0.gguf']);
    other.closeAllConnections();
    other.close();
  });
});

describe('quantisationOf', () => {
  it.each([
    ['Qwen3-1.7B-Q4_K_M.gguf', 'Q4_K_M'],
    ['gemma-3-4b-it-IQ2_XXS.gguf', 'IQ2_XXS'],
    ['Qwen3-4B-UD-Q4_K_XL.gguf', 'UD-Q4_K_XL'],
    ['model.f16.gguf', 'F16'],
    ['BF16/Qwen3-4B-BF16-00001-of-00002.gguf', 'BF16'],
    ['qwen2.5-0.5b-instruct-q8_0.gguf', 'Q8_0'],
    ['gpt-oss-20b-MXFP4.gguf', 'MXFP4'],
    ['Q6_K/model.gguf', 'Q6_K'],
    ['plain.gguf', null],
  ])('reads %s as %s', (path, quantisation) => expect(quantisationOf(path)).toBe(quantisation));
});
