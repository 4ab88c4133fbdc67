import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { Preset } from '../../../../electron/shared/preset.ts';
import { useApi } from '../../../api/api-context.tsx';

const offeredPresets = 8;

/** Presets whose command or name begins with what was typed come first, then those that have it anywhere. */
export function matchingPresets(presets: readonly Preset[], typed: string): readonly Preset[] {
  const wanted = typed.toLowerCase();
  const rank = ({ command, name }: Preset): number => {
    if (command.startsWith(wanted)) return 0;
    if (name.toLowerCase().startsWith(wanted)) return 1;
    return command.includes(wanted) || name.toLowerCase().includes(wanted) ? 2 : 3;
  };
  return presets
    .filter((preset) => !preset.isHidden && rank(preset) < 3)
    .toSorted((a, b) => rank(a) - rank(b))
    .slice(0, offeredPresets);
}

export type SlashMenu = {
  readonly id: string;
  readonly isOpen: boolean;
  readonly offered: readonly Preset[];
  readonly active: Preset | undefined;
  readonly optionId: (preset: Preset) => string;
  readonly take: (preset: Preset) => void;
  /** True when the key was the menu's. */
  readonly onKeyDown: (event: KeyboardEvent) => boolean;
  /** Looks at what the field has become: a whole command with a space behind it takes its preset. */
  readonly onText: (text: string) => void;
};

type SlashMenuOptions = {
  readonly text: string;
  readonly onTake: (preset: Preset, rest: string) => void;
  readonly onText: (text: string) => void;
};

/** The presets that `/` at the beginning of the field offers, filtered while one types. */
export function useSlashMenu({ text, onTake, onText }: SlashMenuOptions): SlashMenu {
  const { query } = useApi();
  const id = useId();
  const [index, setIndex] = useState(0);
  const [closedText, setClosedText] = useState<string | null>(null);
  const presets = useQuery(query.presets.list.queryOptions()).data ?? [];
  const typed = /^\/(\S{0,40})$/u.exec(text)?.[1];
  const offered = typed === undefined ? [] : matchingPresets(presets, typed);
  const isOpen = offered.length > 0 && closedText !== text;
  const active = isOpen ? offered[Math.min(index, offered.length - 1)] : undefined;
  const take = (preset: Preset, rest = ''): void => {
    setIndex(0);
    onTake(preset, rest);
  };
  const keys: Readonly<Record<string, () => void>> = {
    ArrowDown: () => setIndex((Math.min(index, offered.length - 1) + 1) % offered.length),
    ArrowUp: () => setIndex((Math.min(index, offered.length - 1) - 1 + offered.length) % offered.length),
    Enter: () => (active === undefined ? undefined : take(active)),
    Tab: () => (active === undefined ? undefined : take(active)),
    Escape: () => setClosedText(text),
  };
  return {
    id,
    isOpen,
    offered,
    active,
    optionId: (preset) => `${id}-${preset.id}`,
    take,
    onKeyDown: (event) => {
      const act = isOpen && !event.shiftKey && !event.nativeEvent.isComposing ? keys[event.key] : undefined;
      if (act === undefined) return false;
      event.preventDefault();
      act();
      return true;
    },
    onText: (changed) => {
      setIndex(0);
      const [, command, rest] = /^\/([\p{Ll}\p{N}-]{1,31})\s([\s\S]*)$/u.exec(changed) ?? [];
      const whole = presets.find((preset) => !preset.isHidden && preset.command === command);
      if (whole === undefined || text.startsWith(`/${command} `)) onText(changed);
      else take(whole, rest);
    },
  };
}
