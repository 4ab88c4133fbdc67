import type { Desktop, DesktopActivity, DesktopCommand, DesktopNews } from '../platform/desktop.ts';
import type {
  DesktopState,
  PasteOutcome,
  ShortcutState,
  TakenText,
  WindowKind,
  WindowRequest,
} from '../shared/desktop.ts';

/** What a scripted desktop was told to do, in the order of the calls. */
export type DesktopCall =
  | { readonly call: 'ask'; readonly request: WindowRequest }
  | { readonly call: 'setShortcut'; readonly accelerator: string | null }
  | { readonly call: 'setStartsAtLogin' | 'setClosesToTray' | 'setLocksWithScreen'; readonly isOn: boolean }
  | { readonly call: 'notify'; readonly work: DesktopNews }
  | { readonly call: 'hideQuickAsk' }
  | { readonly call: 'setQuickAskHeight'; readonly heightPixels: number }
  | { readonly call: 'takeText'; readonly from: 'selection' | 'clipboard' }
  | { readonly call: 'paste'; readonly text: string };

/** How a scripted desktop answers. */
export type DesktopScript = {
  /** Over a desktop that can do everything. */
  readonly state?: Partial<DesktopState>;
  /** What becomes of a shortcut that is asked for. Default `registered`. */
  readonly shortcutStatus?: (accelerator: string) => ShortcutState['status'];
  /** Default: a selection, `Selected text`. */
  readonly takenText?: TakenText;
  /** Default `pasted`. */
  readonly pasteOutcome?: PasteOutcome;
  /** Thrown by every call while it is set, as a desktop without a session bus does. */
  readonly failure?: Error;
};

/** A desktop for tests: it remembers what it was told, and says what the test makes it say. */
export interface ScriptedDesktop extends Desktop {
  /** Without the activities, which come often. */
  readonly calls: readonly DesktopCall[];
  readonly activities: readonly DesktopActivity[];
  /** Changes what it answers from now on; a change of `state` is told to who watches. */
  script(change: DesktopScript): void;
  /** Asks something of a window, as a menu, a link or the shortcut does. */
  request(window: WindowKind, request: WindowRequest): void;
  /** Chooses something in the tray. */
  command(command: DesktopCommand): void;
  /** How many listen to requests of a kind of window at the moment. */
  listeners(window: WindowKind): number;
}

const ableState: DesktopState = {
  shortcut: { accelerator: null, status: 'off' },
  frontApp: { reads: 'selection', canPaste: true },
  startsAtLogin: false,
  hasTray: true,
  canNotify: true,
};

const defaultTakenText: TakenText = { status: 'taken', from: 'selection', text: 'Selected text', isCut: false };

/** A desktop on which everything works, until it is told otherwise. */
export function createScriptedDesktop(script: DesktopScript = {}): ScriptedDesktop {
  let current: DesktopScript = script;
  let state: DesktopState = { ...ableState, ...script.state };
  const calls: DesktopCall[] = [];
  const activities: DesktopActivity[] = [];
  const states = new Channel<DesktopState>();
  const commands = new Channel<DesktopCommand>();
  const requests = { main: new Channel<WindowRequest>(), 'quick-ask': new Channel<WindowRequest>() };

  const failIfScripted = (): void => {
    if (current.failure !== undefined) throw current.failure;
  };
  const note = (call: DesktopCall): void => {
    failIfScripted();
    calls.push(call);
  };
  const become = (change: Partial<DesktopState>): void => {
    state = { ...state, ...change };
    states.tell(state);
  };

  return {
    calls,
    activities,
    script: (change) => {
      current = { ...current, ...change };
      if (change.state !== undefined) become(change.state);
    },
    request: (window, request) => requests[window].keep(request),
    command: (command) => commands.keep(command),
    listeners: (window) => requests[window].listeners,
    async *watch(signal) {
      failIfScripted();
      yield* states.listen(signal, [state]);
    },
    async *requests(window, signal) {
      failIfScripted();
      yield* requests[window].listen(signal);
    },
    async *commands(signal) {
      failIfScripted();
      yield* commands.listen(signal);
    },
    ask: (request) => {
      note({ call: 'ask', request });
      requests.main.keep(request);
    },
    setShortcut: async (accelerator) => {
      note({ call: 'setShortcut', accelerator });
      const status = accelerator === null ? 'off' : (current.shortcutStatus?.(accelerator) ?? 'registered');
      become({ shortcut: { accelerator, status } });
    },
    setStartsAtLogin: async (startsAtLogin) => {
      note({ call: 'setStartsAtLogin', isOn: startsAtLogin });
      become({ startsAtLogin });
    },
    setClosesToTray: (isOn) => note({ call: 'setClosesToTray', isOn }),
    setLocksWithScreen: (isOn) => note({ call: 'setLocksWithScreen', isOn }),
    showActivity: (activity) => {
      failIfScripted();
      activities.push(activity);
    },
    notify: (work) => note({ call: 'notify', work }),
    hideQuickAsk: () => note({ call: 'hideQuickAsk' }),
    setQuickAskHeight: (heightPixels) => note({ call: 'setQuickAskHeight', heightPixels }),
    takeText: async (from) => {
      note({ call: 'takeText', from });
      return current.takenText ?? defaultTakenText;
    },
    paste: async (text) => {
      note({ call: 'paste', text });
      return current.pasteOutcome ?? 'pasted';
    },
  };
}

/** Values for whoever listens; those that nobody heard can be kept for the first who does. */
class Channel<Value> {
  readonly #queues = new Set<{ readonly waiting: Value[]; wake: () => void }>();
  readonly #unheard: Value[] = [];

  get listeners(): number {
    return this.#queues.size;
  }

  tell(value: Value): void {
    for (const queue of this.#queues) {
      queue.waiting.push(value);
      queue.wake();
    }
  }

  keep(value: Value): void {
    if (this.#queues.size === 0) this.#unheard.push(value);
    else this.tell(value);
  }

  async *listen(signal: AbortSignal, first: readonly Value[] = []): AsyncGenerator<Value, void, void> {
    const queue = { waiting: [...first, ...this.#unheard.splice(0)], wake: (): void => undefined };
    this.#queues.add(queue);
    const onAbort = (): void => queue.wake();
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      while (!signal.aborted) {
        const next = queue.waiting.shift();
        if (next === undefined) await new Promise<void>((resolve) => (queue.wake = resolve));
        else yield next;
      }
    } finally {
      this.#queues.delete(queue);
      signal.removeEventListener('abort', onAbort);
    }
  }
}
