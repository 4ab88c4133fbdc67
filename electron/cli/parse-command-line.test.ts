import { describe, expect, it } from 'vitest';
import { closestWord } from '../shared/closest-word.ts';
import { commandList } from './command-list.ts';
import { asksForJson, parseCommandLine } from './parse-command-line.ts';

const parse = (...args: string[]) => parseCommandLine(args, commandList);

describe('command line', () => {
  it('reads a command with its options, wherever they stand', () => {
    const line = parse('--json', 'ask', '--doc', 'a.txt', 'How long?', '--doc=b.md', '--data-dir', 'x');
    if (line.status !== 'run') throw new Error(line.status);
    expect(line.command.name).toBe('ask');
    expect(line.positionals).toEqual(['How long?']);
    expect(line.options.list('doc')).toEqual(['a.txt', 'b.md']);
    expect(line.options.text('data-dir')).toBe('x');
    expect(line.options.has('json')).toBe(true);
  });

  it('reads a command of two words', () => {
    const line = parse('models', 'import', 'x.gguf');
    expect(line).toMatchObject({ status: 'run', command: { name: 'models import' }, positionals: ['x.gguf'] });
  });

  it('takes what follows -- as it is', () => {
    expect(parse('ask', '--', '--help')).toMatchObject({ status: 'run', positionals: ['--help'] });
    expect(asksForJson(['ask', '--', '--json'])).toBe(false);
  });

  it.each([
    [['ask', '--doc', 'search', 'What?'], ['What?']],
    [['ask', 'index'], ['index']],
  ])('takes no value for a command in %j', (args, positionals) => {
    expect(parse(...args)).toMatchObject({ status: 'run', command: { name: 'ask' }, positionals });
  });

  it.each([[[]], [['--help']], [['help']], [['-h']]])('shows the help of the whole for %j', (args) => {
    expect(parse(...args)).toEqual({ status: 'help', command: null });
  });

  it.each([[['ask', '--help']], [['help', 'ask']], [['ask', '-h']], [['--help', 'ask', 'x', 'y', 'z']]])(
    'shows the help of a command for %j',
    (args) => {
      expect(parse(...args)).toMatchObject({ status: 'help', command: { name: 'ask' } });
    },
  );

  it('shows the version', () => {
    expect(parse('--version')).toEqual({ status: 'version' });
  });

  it.each([
    [['aks'], { kind: 'unknown-command', word: 'aks', suggestion: 'ask' }],
    [['sumarize', 'x'], { kind: 'unknown-command', suggestion: 'summarize' }],
    [['frobnicate'], { kind: 'unknown-command', suggestion: null }],
    [['models'], { kind: 'unknown-command', suggestion: 'models list' }],
    [['models', 'lits'], { kind: 'unknown-command', word: 'models lits', suggestion: 'models list' }],
    [['--json'], { kind: 'unknown-command', word: '--json' }],
    [['ask', '--dco', 'x', 'y'], { kind: 'unknown-option', word: '--dco', suggestion: '--doc' }],
    [['ask', '--port', '1', 'y'], { kind: 'unknown-option', word: '--port' }],
    [['ask', '-x', 'y'], { kind: 'unknown-option', word: '-x' }],
    [['ask', 'y', '--__proto__'], { kind: 'unknown-option' }],
    [['ask', 'y', '--doc'], { kind: 'missing-value', word: '--doc' }],
    [['ask', 'y', '--doc', '--json'], { kind: 'missing-value', word: '--doc' }],
    [['ask', '--json=yes', 'y'], { kind: 'unwanted-value', word: '--json' }],
    [['ask', '--model', 'a', '--model', 'b', 'y'], { kind: 'repeated-option', word: '--model' }],
    [['ask'], { kind: 'missing-argument' }],
    [['ask', 'how', 'long'], { kind: 'extra-argument', word: 'long' }],
    [['doctor', 'me'], { kind: 'extra-argument', word: 'me' }],
    [['summarize'], { kind: 'missing-argument' }],
  ])('says what is wrong with %j', (args, problem) => {
    expect(parse(...args)).toMatchObject({ status: 'wrong', problem });
  });
});

describe('closest word', () => {
  it.each([
    ['sak', 'ask'],
    ['HOST', 'host'],
    ['doktor', 'doctor'],
    ['xyz', null],
    ['', null],
  ])('takes %s for %s', (typed, word) => {
    expect(closestWord(typed, ['ask', 'host', 'doctor'])).toBe(word);
  });
});
