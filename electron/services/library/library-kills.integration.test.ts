import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { killLibrary } from '../../testing/library-kill-trials.ts';
import { writeMixedFolder } from '../../testing/write-mixed-folder.ts';

describe('a library that is killed while it reads', () => {
  it('ends with the same index, and reads at most one document again for each kill', async () => {
    // The long form is the campaign `library-kills`. Catches files that stay "being read" for ever, documents without
    // their vectors, and work that begins again from the start.
    const folder = await mkdtemp(join(tmpdir(), 'sotto-kills-'));
    const docs = join(folder, 'docs');
    await writeMixedFolder(docs, 48);
    const trial = { folder, docs, files: 48, kills: 3, embedder: 'fake', seed: 3 } as const;
    const report = await killLibrary({ ...trial, say: () => undefined });
    expect(report.differences).toEqual([]);
    expect(report).toMatchObject({ kills: 3, lines: 48 });
    expect(report.reads).toBeLessThanOrEqual(report.readsWithoutKills + report.kills);
    await rm(folder, { recursive: true });
  });
});
