import { describe, expect, it } from 'vitest';
import { embeddingPrefixesOf } from './embedding-prefixes.ts';

describe('embedding prefixes', () => {
  it.each([
    ['all-MiniLM-L6-v2', 'bert', '', ''],
    ['nomic-embed-text-v1.5', 'nomic-bert', 'search_query: ', 'search_document: '],
    ['Some model', 'nomic-bert-moe', 'search_query: ', 'search_document: '],
    ['Multilingual E5 Small', 'bert', 'query: ', 'passage: '],
    ['bge-m3', 'bert', '', ''],
    ['bge-small-en-v1.5', 'bert', 'Represent this sentence for searching relevant passages: ', ''],
    ['embeddinggemma-300M', 'gemma-embedding', 'task: search result | query: ', 'title: none | text: '],
    // Catches a pattern that finds e5 inside of other names.
    ['type5-encoder', 'bert', '', ''],
  ])('of %s', (name, architecture, query, passage) => {
    expect(embeddingPrefixesOf({ name, architecture })).toEqual({ query, passage });
  });
});
