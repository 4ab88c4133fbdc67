import { describe, expect, it } from 'vitest';
import { commandOf, emptyPreset, finishPreset, variablesOf } from './preset-form.ts';

describe('variablesOf', () => {
  it('names each variable once, in order, and leaves the input out', () => {
    expect(variablesOf('{{tone}} {{input}} {{ language }} {{tone}} {{Not}} {{}} {input}')).toEqual([
      'tone',
      'language',
    ]);
  });
});

describe('commandOf', () => {
  it.each([
    ['Minutes of a call', 'minutes-of-a-call'],
    ['  Übersetzen ins Französische!', 'übersetzen-ins-französische'],
    ['---', ''],
    ['A very long name that goes on and on for ever', 'a-very-long-name-that-goes-on-a'],
  ])('makes %s typable', (name, command) => {
    expect(commandOf(name)).toBe(command);
  });
});

describe('finishPreset', () => {
  const draft = { ...emptyPreset, name: 'Translate', template: 'Into {{language}}: {{input}}' };

  it('keeps the variables that the template has, and forgets the others', () => {
    // Catches a variable of an earlier wording, for which the window would ask for ever.
    const variables = [
      { name: 'language', defaultValue: 'Latin' },
      { name: 'tone', defaultValue: 'dry' },
    ];
    expect(finishPreset({ ...draft, variables })).toMatchObject({
      text: { command: 'translate', variables: [{ name: 'language', defaultValue: 'Latin' }] },
    });
  });

  it.each([
    [{ ...draft, name: '   ', command: 'x' }, 'name'],
    [{ ...draft, name: '!!!' }, 'command'],
    [{ ...draft, command: 'Not Small' }, 'command'],
    [{ ...draft, template: '  ' }, 'empty'],
  ])('says what is missing in %j', (unfinished, problem) => {
    expect(finishPreset(unfinished)).toEqual({ problem });
  });
});
