import { describe, expect, it } from 'vitest';
import { porterStem } from './porter-stem.ts';

// Every step of the algorithm has a pair here that only it brings together; all were compared with SQLite's tokenizer.
describe('porterStem', () => {
  it.each([
    ['caresses', 'caress'],
    ['ponies', 'poni'],
    ['policies', 'polici'],
    ['policy', 'polici'],
    ['cats', 'cat'],
    ['feed', 'feed'],
    ['agreed', 'agre'],
    ['sing', 'sing'],
    ['meetings', 'meet'],
    ['conflated', 'conflat'],
    ['troubled', 'troubl'],
    ['sized', 'size'],
    ['logged', 'log'],
    ['falling', 'fall'],
    ['hissing', 'hiss'],
    ['filing', 'file'],
    ['happy', 'happi'],
    ['sky', 'sky'],
    ['relational', 'relat'],
    ['biology', 'biologi'],
    ['biologically', 'biolog'],
    ['sensibly', 'sensibl'],
    ['vietnamization', 'vietnam'],
    ['sensibiliti', 'sensibl'],
    ['electrical', 'electr'],
    ['goodness', 'good'],
    ['replacement', 'replac'],
    ['adoption', 'adopt'],
    ['rate', 'rate'],
    ['cease', 'ceas'],
    ['controlling', 'control'],
    ['roll', 'roll'],
    ['is', 'is'],
    ['', ''],
  ])('makes of %j %j', (word, stem) => {
    expect(porterStem(word)).toBe(stem);
  });
});
