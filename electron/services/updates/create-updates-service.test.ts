import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFakeClock, settle } from '../../testing/fake-clock.ts';
import type { Settings } from '../../shared/settings.ts';
import { openUpdateBench } from '../../testing/open-updates.ts';
import type { UpdateBench } from '../../testing/open-updates.ts';
import { createUpdateKeys, describeRelease } from '../../testing/update-feed-server.ts';
import type { UpdateFeedServer } from '../../testing/update-feed-server.ts';

const name = 'Sotto-0.2.0-x64.AppImage';

type ServedFeed = Parameters<UpdateFeedServer['setFeed']>[0];
const noPurposes: Settings['allowedPurposes'] = [];

let bench: UpdateBench;
beforeEach(async () => {
  bench = await openUpdateBench();
});
afterEach(async () => await bench.close());

describe('createUpdatesService', { timeout: 30_000 }, () => {
  it('finds, fetches and installs a newer version, each only when it is asked to', async () => {
    bench.release();
    const service = bench.open();
    const found = await service.check();
    expect(found).toMatchObject({ phase: 'idle', error: null, offer: { version: '0.2.0', sizeBytes: 1_200_000 } });
    expect(bench.server.requests.map(({ path }) => path)).toEqual(['/feed.txt']);
    expect(await service.install()).toMatchObject({ phase: 'idle' });
    expect(await service.download()).toMatchObject({ phase: 'ready', error: null, doneBytes: 1_200_000 });
    expect(bench.bytes.equals(await readFile(join(bench.folder, name)))).toBe(true);
    expect(bench.installed).toEqual([]);
    expect(await service.install()).toMatchObject({ phase: 'installing', error: null });
    expect(bench.installed).toMatchObject([{ path: join(bench.folder, name), version: '0.2.0' }]);
  });

  it('writes each request down, and sends nothing of this computer', async () => {
    bench.release();
    const service = bench.open();
    await service.check();
    await service.download();
    const entry = { purpose: 'update-check', askedBy: 'updates', outcome: 'completed' };
    expect(bench.ledger).toMatchObject([entry, { ...entry, bytesReceived: 1_200_000 }]);
    // What undici adds is the same on every computer; a lot or a version in a header or a path would tell them apart.
    const { lot } = JSON.parse(await readFile(join(bench.folder, 'record.json'), 'utf8')) as { lot: string };
    expect(lot).toHaveLength(32);
    const sent = JSON.stringify(bench.server.requests[0]);
    expect(sent).not.toContain(lot);
    expect(sent).not.toContain('0.1.0');
    expect(bench.server.requests.map(({ path }) => path)).toEqual(['/feed.txt', `/${name}`]);
  });

  it.each([
    ['an older one', { version: '0.0.9' }],
    ['the same one', { version: '0.1.0' }],
    ['one for other computers', { architecture: 'arm64' }],
    ['one in another form', { kind: 'deb' }],
  ] as const)('offers nothing for %s, however well it is signed', async (_, change) => {
    bench.release(change);
    const service = bench.open();
    expect(await service.check()).toMatchObject({ phase: 'idle', offer: null, error: null });
    expect(await service.download()).toMatchObject({ offer: null, error: { code: 'app/not-found' } });
    expect(bench.server.requests).toHaveLength(1);
  });

  it('offers what it found after a restart, and has it ready when it is here', async () => {
    bench.release();
    const first = bench.open();
    await first.check();
    await first.download();
    await first.close();
    const again = bench.open();
    for await (const state of again.watch(AbortSignal.timeout(5_000))) {
      expect(state).toMatchObject({ phase: 'ready', offer: { version: '0.2.0' } });
      break;
    }
    await again.close();
    // The feed lies where other programs can write: what is in it is believed by its signature alone.
    const kept = await readFile(join(bench.folder, 'feed.txt'), 'utf8');
    await writeFile(join(bench.folder, 'feed.txt'), kept.replace('"0.2.0"', '"9.9.9"'));
    for await (const state of bench.open().watch(AbortSignal.timeout(5_000))) {
      expect(state).toMatchObject({ phase: 'idle', offer: null });
      break;
    }
  });

  it('installs nothing that was changed after it was fetched', async () => {
    bench.release();
    const service = bench.open();
    await service.check();
    await service.download();
    const changed = Buffer.from(bench.bytes);
    changed[5] = (changed[5] ?? 0) ^ 1;
    await writeFile(join(bench.folder, name), changed);
    expect(await service.install()).toMatchObject({ phase: 'idle', error: { code: 'update/damaged' } });
    expect(bench.installed).toEqual([]);
    expect(await bench.files()).not.toContain(name);
    expect(await service.download()).toMatchObject({ phase: 'ready', error: null });
  });

  it('stays ready when the system does not install it', async () => {
    bench.release();
    const failing = {
      kind: 'appimage',
      way: 'restart',
      install: () => Promise.reject(new Error('read-only')),
    } as const;
    const service = bench.open({ installer: failing });
    await service.check();
    await service.download();
    expect(await service.install()).toMatchObject({ phase: 'ready', error: { code: 'update/not-installed' } });
  });

  it('hands a version out to as many computers as its makers say, and lets nobody know which', async () => {
    bench.release({ rolloutPercent: 0 });
    expect(await bench.open().check()).toMatchObject({ offer: null, isHeldBack: true, error: null });
    bench.release({ rolloutPercent: 100 });
    expect(await bench.open().check()).toMatchObject({ offer: { version: '0.2.0' }, isHeldBack: false });
  });

  it('takes away what it fetched of a version that was replaced', async () => {
    bench.release();
    const service = bench.open();
    await service.check();
    await service.download();
    bench.release({ version: '0.3.0' });
    expect(await service.check()).toMatchObject({ phase: 'idle', doneBytes: 0, offer: { version: '0.3.0' } });
    expect(await bench.files()).toEqual(['feed.txt', 'record.json']);
  });

  it('keeps the version that is ready when the next check fails', async () => {
    bench.release();
    const service = bench.open();
    await service.check();
    await service.download();
    bench.server.setFeed({ status: 500 });
    expect(await service.check()).toMatchObject({ phase: 'ready', error: { code: 'update/unreachable' } });
  });

  it('has nothing to do with a build that knows no place, or a door that cannot install', async () => {
    bench.release();
    for (const service of [bench.open({ source: async () => null }), bench.open({ installer: null })]) {
      expect(await service.check()).toMatchObject({ phase: 'unavailable', error: null });
    }
    expect(bench.server.requests).toEqual([]);
  });
});

describe('a feed that lies', { timeout: 30_000 }, () => {
  it.each([
    ['signed by somebody else', () => createUpdateKeys().signed(JSON.stringify(describeRelease(bench.bytes)))],
    ['changed by a byte', () => changedByte(bench.keys.signed(JSON.stringify(describeRelease(bench.bytes))))],
    ['without a signature', () => Buffer.from(`sotto-updates-1 \n${JSON.stringify(describeRelease(bench.bytes))}`)],
    ['with half a signature', () => Buffer.from(`sotto-updates-1 AAAA\n{}`)],
  ] as const)('%s is thrown away', async (_, feed) => {
    bench.server.setFeed(feed());
    const state = await bench.open().check();
    expect(state).toMatchObject({ phase: 'idle', offer: null, error: { code: 'update/wrong-signature' } });
    expect(await bench.files()).toEqual([]);
  });

  it.each([
    ['a page', (): ServedFeed => ({ status: 200 })],
    ['one line', () => Buffer.from('sotto-updates-1 without an end')],
    ['nothing', () => Buffer.from('')],
    ['a gigabyte', (): ServedFeed => 'endless'],
    ['signed text that is no JSON', () => bench.keys.signed('{"format":1')],
    ['a signed feed of another form', () => bench.keys.signed('{"format":2}')],
    ['a path as a name', () => bench.keys.signed(JSON.stringify(describeRelease(bench.bytes, { name: '../x.deb' })))],
    ['a size of a gigabyte', () => bench.keys.signed(JSON.stringify(describeRelease(bench.bytes, { sizeBytes: 1e9 })))],
  ] as const)('%s is no feed', async (_, feed) => {
    bench.server.setFeed(feed());
    expect(await bench.open().check()).toMatchObject({ offer: null, error: { code: 'update/not-a-feed' } });
    // A reader without an end would have taken all of it.
    expect(bench.ledger.at(-1)?.bytesReceived ?? 0).toBeLessThan(2_000_000);
  });

  it.each([
    ['an error of the server', { status: 503 }, 'update/unreachable'],
    ['silence', 'silent', 'update/unreachable'],
    ['a redirect elsewhere', { status: 302, location: 'https://example.org/feed.txt' }, 'egress/not-allowed'],
    ['a redirect without encryption', { status: 302, location: 'http://example.org/feed.txt' }, 'egress/not-allowed'],
  ] as const)('%s is told', async (_, feed, code) => {
    bench.server.setFeed(feed);
    expect(await bench.open().check()).toMatchObject({ phase: 'idle', offer: null, error: { code } });
  });
});

describe('consent', () => {
  it.each([
    [{ isOffline: true }, 'egress/offline'],
    [{ isOffline: false, allowedPurposes: noPurposes }, 'egress/purpose-not-allowed'],
  ] as const)('asks nobody with %o', async (change, code) => {
    bench.release();
    expect(await bench.open({ settings: { ...change } }).check()).toMatchObject({ offer: null, error: { code } });
    expect(bench.server.requests).toEqual([]);
  });

  it('asks by itself once a day, only where a person agreed, and not while the app works', async () => {
    bench.release();
    const clock = createFakeClock();
    let isBusy = true;
    const hour = 60 * 60 * 1_000;
    const pass = async (hours: number): Promise<void> => {
      for (let at = 0; at < hours; at += 1) {
        await clock.advance(hour);
        // The request is real, and the clock is not.
        await new Promise((resolve) => setTimeout(resolve, 30));
        await settle();
      }
    };
    bench.open({ clock, settings: { checksForUpdates: false } });
    await pass(30);
    expect(bench.server.requests).toHaveLength(0);
    bench.open({ clock, isBusy: async () => isBusy });
    await pass(3);
    expect(bench.server.requests).toHaveLength(0);
    isBusy = false;
    await pass(20);
    expect(bench.server.requests).toHaveLength(1);
    await pass(8);
    expect(bench.server.requests).toHaveLength(2);
  });
});

function changedByte(bytes: Buffer): Buffer {
  const changed = Buffer.from(bytes);
  changed[changed.length - 20] = (changed[changed.length - 20] ?? 0) ^ 1;
  return changed;
}
