import { describe, expect, it } from 'vitest';
import { ModelSlot } from './model-slot.ts';

const never = new AbortController().signal;
const missing = (): Error => new Error('missing');

type TestModel = { readonly name: string; isDisposed: boolean; dispose(): Promise<void> };

function createModel(name: string): TestModel {
  const model: TestModel = {
    name,
    isDisposed: false,
    dispose: async () => {
      model.isDisposed = true;
    },
  };
  return model;
}

describe('ModelSlot', () => {
  // Catches a model that is freed under a computation, which ends the process natively.
  it('aborts and waits for borrowed work before it frees the model', async () => {
    const slot = new ModelSlot<TestModel>();
    const model = await slot.fill(
      never,
      () => false,
      async () => createModel('a'),
    );
    const events: string[] = [];
    const work = slot.borrow(never, missing, async (borrowed, signal) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
      events.push(borrowed.isDisposed ? 'freed too early' : 'work ended');
    });
    await slot.empty(never);
    await work;
    expect(events).toEqual(['work ended']);
    expect(model.isDisposed).toBe(true);
    await expect(slot.borrow(never, missing, async () => undefined)).rejects.toThrow('missing');
  });

  it('keeps the model when it will do', async () => {
    const slot = new ModelSlot<TestModel>();
    const first = await slot.fill(
      never,
      () => false,
      async () => createModel('a'),
    );
    const second = await slot.fill(
      never,
      ({ name }) => name === 'a',
      async () => createModel('a'),
    );
    expect(second).toBe(first);
  });

  it('frees the old model before it loads another', async () => {
    const slot = new ModelSlot<TestModel>();
    const first = await slot.fill(
      never,
      () => false,
      async () => createModel('a'),
    );
    await slot.fill(
      never,
      () => false,
      async () => {
        expect(first.isDisposed).toBe(true);
        return createModel('b');
      },
    );
    expect(slot.model?.name).toBe('b');
  });

  it('is empty when loading fails', async () => {
    const slot = new ModelSlot<TestModel>();
    await slot.fill(
      never,
      () => false,
      async () => createModel('a'),
    );
    const failing = slot.fill(
      never,
      () => false,
      async () => await Promise.reject(new Error('no')),
    );
    await expect(failing).rejects.toThrow('no');
    expect(slot.model).toBeNull();
  });
});
