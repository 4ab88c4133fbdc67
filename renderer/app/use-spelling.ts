import { useEffect } from 'react';
import { useSettings } from '../api/use-live.ts';

/** Fields have unknown words underlined only where a person wishes it: some browsers send what is written away for that. */
export function useSpelling(): void {
  const isOn = useSettings()?.checksSpelling ?? false;
  useEffect(() => {
    document.documentElement.spellcheck = isOn;
  }, [isOn]);
}
