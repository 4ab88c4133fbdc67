import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCliWorkbench, jsonOf, leaseText, type CliWorkbench } from '../testing/cli-workbench.ts';

let bench: CliWorkbench;
beforeEach(async () => {
  bench = await createCliWorkbench();
});
afterEach(async () => {
  await bench.close();
});

describe('sotto search', () => {
  it('finds what was indexed before, with places, in every mode', async () => {
    const secret = join(bench.folder, 'passphrase');
    await writeFile(secret, 'a quiet passphrase for a test', { mode: 0o600 });
    const access = ['--passphrase-file', secret] as const;
    const path = await bench.file('lease.md', leaseText);
    expect((await bench.sotto('index', '--collection', 'Home', path, ...access)).exitCode).toBe(0);
    for (const mode of ['hybrid', 'lexical', 'dense']) {
      const arguments_ = ['search', '--collection', 'Home', '--mode', mode, 'notice period', '--json', ...access];
      const ended = await bench.sotto(...arguments_);
      expect(ended.exitCode).toBe(0);
      expect(jsonOf(ended)).toMatchObject({
        passages: expect.arrayContaining([
          expect.objectContaining({
            document: 'lease.md',
            page: null,
            lines: { first: expect.any(Number), last: expect.any(Number) },
            text: expect.stringContaining('three months'),
            score: expect.any(Number),
          }),
        ]),
      });
    }
    const shown = await bench.sotto('search', '--collection', 'Home', '--limit', '1', 'cat', ...access);
    expect(shown.stdout).toMatch(/^1\. lease\.md, lines \d+ to \d+/);
  });

  it('refuses a mode that there is not', async () => {
    expect((await bench.sotto('search', '--collection', 'Home', '--mode', 'psychic', 'x')).exitCode).toBe(2);
  });
});

describe('sotto eval', () => {
  it('measures a folder in a data folder of its own, and writes a report with its picture', async () => {
    const folder = join(bench.folder, 'questions');
    await mkdir(folder);
    const turns = ['[0] Anna: The roof leaks.', '[1] Ben: A roofer comes on Monday.', '[2] Anna: We plant a tree.'];
    await writeFile(join(folder, 'meeting.txt'), `${turns.join('\n')}\n`);
    const query = {
      document: 'meeting.txt',
      query: 'When does the roofer come?',
      answer: 'On Monday.',
      turns: [[1, 1]],
    };
    await writeFile(join(folder, 'queries.jsonl'), JSON.stringify(query));
    const report = join(bench.folder, 'out', 'report.md');
    const ended = await bench.sotto('eval', '--parts', 'finding', '--report', report, folder, '--json');
    expect(ended.exitCode).toBe(0);
    const { finding, answers, indexing } = jsonOf(ended);
    expect(indexing).toMatchObject({ documents: 1 });
    expect(answers).toBeNull();
    expect(finding).toEqual(
      ['lexical', 'dense', 'hybrid'].map((mode) =>
        expect.objectContaining({ mode, recall: { at1: 1, at5: 1, at10: 1 }, coveredAt5: 1 }),
      ),
    );
    expect(await readFile(report, 'utf8')).toContain('| hybrid | 1.00 | 1.00 | 1.00 |');
    expect(await readFile(join(bench.folder, 'out', 'report-recall.svg'), 'utf8')).toMatch(/^<svg /);
  });

  it('asks the questions once more with their answers hidden, and calibrates with both', async () => {
    const folder = join(bench.folder, 'questions');
    await mkdir(folder);
    await writeFile(join(folder, 'meeting.txt'), '[0] Anna: The roof leaks.\n[1] Ben: A roofer comes on Monday.\n');
    const query = {
      document: 'meeting.txt',
      query: 'When does the roofer come?',
      answer: 'On Monday.',
      turns: [[1, 1]],
    };
    await writeFile(join(folder, 'queries.jsonl'), JSON.stringify(query));
    const ended = await bench.sotto('eval', '--parts', 'answers', folder, '--json');
    expect(ended.exitCode).toBe(0);
    const { answers } = jsonOf(ended);
    expect(answers).toMatchObject({
      questions: [
        { kind: 'answerable', sentences: expect.any(Number) },
        { kind: 'made', text: expect.not.stringContaining('Monday') },
      ],
    });
  });
});
