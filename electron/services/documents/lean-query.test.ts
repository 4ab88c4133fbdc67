import { describe, expect, it } from 'vitest';
import { embeddingText } from './embedding-text.ts';
import { leanQuery } from './lean-query.ts';

describe('leanQuery', () => {
  it.each([
    ['Summarize the discussion about the battery supply.', 'battery supply.'],
    ['What did the group say on speech overlap?', 'group speech overlap?'],
    ['Who was it?', 'Who was it?'],
    ['warranty', 'warranty'],
  ])('leaves of %j what it asks about', (query, lean) => {
    expect(leanQuery(query)).toBe(lean);
  });
});

describe('embeddingText', () => {
  it('takes out what carries no meaning, and says the headings once', () => {
    expect(embeddingText({ headings: [], text: '[4] Anna: um , yes .\n[5] Ben: uh it works !' })).toBe(
      'Anna: yes. Ben: it works!',
    );
    expect(embeddingText({ headings: ['Part', 'Oil'], text: 'Every week.' })).toBe('Part / Oil\nEvery week.');
    expect(embeddingText({ headings: ['Part', 'Oil'], text: '## Oil\n\nEvery week.' })).toBe('## Oil Every week.');
  });
});
