import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { descendantsOf, isAlive } from '../testing/built-product.ts';
import { createCliWorkbench, jsonOf, leaseText, type CliWorkbench } from '../testing/cli-workbench.ts';

let bench: CliWorkbench;
beforeEach(async () => {
  bench = await createCliWorkbench();
});
afterEach(async () => {
  await bench.close();
});

describe('sotto ask', () => {
  it('names Paris, as one JSON document', async () => {
    const ended = await bench.sotto('ask', 'What is the capital of France?', '--json');
    expect(ended.exitCode).toBe(0);
    expect(jsonOf(ended)).toMatchObject({
      answer: expect.stringContaining('Paris'),
      abstained: false,
      citations: [],
      model: expect.any(String),
      route: { zone: 'local', reason: expect.any(String) },
      usage: { inputTokens: expect.any(Number), outputTokens: expect.any(Number) },
    });
    expect(ended.stdout.trim().split('\n')).toHaveLength(1);
  });

  it('streams text to standard output and everything else to standard error', async () => {
    const ended = await bench.sotto('ask', 'What is the capital of France?');
    expect(ended.exitCode).toBe(0);
    expect(ended.stdout).toMatch(/^.*Paris[^\n]*\n$/);
    expect(ended.stderr).toMatch(/tokens/);
  });

  it('answers from a document with quotes and their lines', async () => {
    const path = await bench.file('lease.md', leaseText);
    const ended = await bench.sotto('ask', '--doc', path, 'How long is the notice period?', '--json');
    expect(ended.exitCode).toBe(0);
    const { abstained, citations, answer } = jsonOf(ended);
    expect(abstained).toBe(false);
    expect(answer).toMatch(/three months/i);
    expect(citations).toContainEqual(
      expect.objectContaining({
        document: 'lease.md',
        quote: expect.stringContaining('three months'),
        lines: { first: expect.any(Number), last: expect.any(Number) },
        score: expect.any(Number),
      }),
    );
  });

  it('says that a document does not say it', async () => {
    const path = await bench.file('lease.md', leaseText);
    const ended = await bench.sotto('ask', '--doc', path, 'Who won the football world cup of 1998?', '--json');
    expect(ended.exitCode).toBe(0);
    expect(jsonOf(ended)).toMatchObject({ abstained: true, citations: [] });
  });

  it('takes a model by its path', async () => {
    bench.environment['SOTTO_MODEL_DIR'] = join(bench.folder, 'no-models');
    const ended = await bench.sotto('ask', '--model', bench.starterModel, 'What is the capital of France?', '--json');
    expect(jsonOf(ended)).toMatchObject({ answer: expect.stringContaining('Paris') });
  });

  it('stops at Ctrl+C with what it has, and leaves no process behind', async () => {
    const asking = bench.start('cli', 'ask', 'Write a very long story about the sea.', '--json');
    await asking.until(/Thinking/);
    const children = descendantsOf(asking.child.pid ?? -1);
    asking.child.kill('SIGINT');
    const ended = await asking.ended;
    expect(ended.exitCode).toBe(1);
    expect(jsonOf(ended)).toMatchObject({ isStopped: true });
    expect(children.length > 0 || process.platform !== 'linux').toBe(true);
    expect(children.filter(isAlive)).toEqual([]);
  });
});

describe('sotto summarize', () => {
  it('reads all of each file', async () => {
    const paths = [
      await bench.file('lease.md', leaseText),
      await bench.file('other.txt', 'The meeting moved to Monday. Ada brings the plans.'),
    ];
    const ended = await bench.sotto('summarize', '--style', 'one-sentence', ...paths, '--json');
    expect(ended.exitCode).toBe(0);
    const { coverage, summary, sections, summaries } = jsonOf(ended) as {
      coverage: { characters: number; charactersRead: number; sections: number; sectionsRead: number };
      summary: string;
      sections: { title: string; pages: number[]; lines: { first: number }; summary: string }[];
      summaries: { document: string; statements: { text: string; quotes: { quote: string }[] }[] }[];
    };
    expect(coverage.charactersRead).toBe(coverage.characters);
    expect(coverage.sectionsRead).toBe(coverage.sections);
    expect(coverage.characters).toBeGreaterThan(leaseText.length);
    expect(summary.length).toBeGreaterThan(10);
    expect(summaries.map(({ document }) => document)).toEqual(['lease.md', 'other.txt']);
    for (const { quote } of summaries[0]?.statements.flatMap(({ quotes }) => quotes) ?? [])
      expect(leaseText).toContain(quote);
    expect(sections[0]).toMatchObject({ title: expect.any(String), pages: [], lines: { first: expect.any(Number) } });
  });
});
