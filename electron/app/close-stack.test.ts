import { describe, expect, it } from 'vitest';
import { createRecordingLogger } from '../testing/recording-logger.ts';
import { CloseStack } from './close-stack.ts';

describe('close stack', () => {
  it('closes in reverse, once, and goes on when a part fails', async () => {
    const logger = createRecordingLogger();
    const closed: string[] = [];
    const stack = new CloseStack(logger);
    stack.add('first', 1, () => void closed.push('first'));
    stack.add('second', 2, async () => {
      closed.push('second');
      throw new Error('stuck');
    });
    stack.add('third', 3, async () => {
      await Promise.resolve();
      closed.push('third');
    });
    await Promise.all([stack.close(), stack.close()]);
    expect(closed).toEqual(['third', 'second', 'first']);
    expect(logger.lines.map(({ fields }) => fields)).toEqual([{ part: 'second', code: 'app/unexpected' }]);
  });
});
