import { describe, expect, it } from 'vitest';
import { chooseTuning } from './tune-chat-model.ts';

const pace = (followUpMs: number, decodeMs: number, historyTokensPerMs: number) => ({
  followUpMs,
  decodeMs,
  historyTokensPerMs,
});

describe('chooseTuning', () => {
  // Catches a choice by long prompts: they gain, while the follow-ups that people wait for take twice as long.
  it('chooses flash attention by what people wait for', () => {
    const onProcessor = { without: pace(100, 20, 0.3), withIt: pace(250, 22, 0.45), hasGraphics: false };
    expect(chooseTuning(onProcessor)).toMatchObject({ usesFlashAttention: false });
    const onCard = { without: pace(20, 8, 4), withIt: pace(15, 7, 9), hasGraphics: true };
    expect(chooseTuning(onCard)).toMatchObject({ usesFlashAttention: true });
  });

  it('lets long prompts decide where there is no difference otherwise', () => {
    const alike = { without: pace(100, 20, 0.3), withIt: pace(101, 20.2, 0.45), hasGraphics: false };
    expect(chooseTuning(alike)).toMatchObject({ usesFlashAttention: true });
  });

  it('reads in batches no larger than what is read between two pauses', () => {
    const batchOf = (tokensPerMs: number, hasGraphics: boolean): number =>
      chooseTuning({ without: pace(100, 20, tokensPerMs), withIt: pace(300, 30, tokensPerMs), hasGraphics })
        .batchTokens;
    expect([batchOf(0.02, false), batchOf(0.8, false), batchOf(50, false), batchOf(50, true)]).toEqual([
      128, 256, 512, 2_048,
    ]);
  });
});
