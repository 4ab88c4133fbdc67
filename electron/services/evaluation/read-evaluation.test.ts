import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readEvaluation } from './read-evaluation.ts';

describe('readEvaluation', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sotto-evaluation-'));
    await writeFile(join(folder, 'a.pdf'), '%PDF');
    await writeFile(join(folder, 'm.txt'), '[0] A: Hello.');
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  const write = async (name: string, ...lines: readonly unknown[]): Promise<void> =>
    await writeFile(join(folder, name), lines.map((line) => JSON.stringify(line)).join('\n'));

  it('reads questions about pages and about turns', async () => {
    await write(
      'questions.jsonl',
      { id: 'a', document: 'a.pdf', question: 'Where?', answer: 'Here', pages: [3], answerable: true },
      { id: 'b', document: 'a.pdf', question: 'Why?', answer: '', pages: [], answerable: false },
    );
    await write(
      'queries.jsonl',
      { document: 'm.txt', query: 'Who?', answer: 'A', turns: [[0, 0]] },
      { document: 'm.txt', query: 'Summarise.', answer: 'Hello.' },
    );
    const { paths, questions } = await readEvaluation(folder);
    expect(paths).toEqual([join(folder, 'a.pdf'), join(folder, 'm.txt')]);
    expect(questions.map(({ gold }) => gold.kind)).toEqual(['pages', 'none', 'turns', 'whole']);
  });

  it('names the line that is no question', async () => {
    await writeFile(
      join(folder, 'questions.jsonl'),
      '{"document":"a.pdf","question":"W?","answerable":false}\nnonsense\n',
    );
    await expect(readEvaluation(folder)).rejects.toMatchObject({ code: 'app/invalid-input', details: { line: 2 } });
  });

  it('fails for a document that is not there, and for a folder without questions', async () => {
    // Catches a figure over the documents that happened to be found.
    await expect(readEvaluation(folder)).rejects.toMatchObject({ code: 'file/not-found' });
    await write('questions.jsonl', { document: '../a.pdf', question: 'Where?', pages: [1], answerable: true });
    await expect(readEvaluation(folder)).rejects.toMatchObject({ code: 'file/not-found' });
    await expect(readEvaluation(join(folder, 'none'))).rejects.toMatchObject({ code: 'file/not-found' });
  });
});
