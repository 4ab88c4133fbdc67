import { useRef } from 'react';
import type { ReactElement } from 'react';

/** Opens the system's file dialog; `input` has to be rendered somewhere. */
export function useFilePicker(options: {
  readonly accept: string;
  readonly isMultiple?: boolean;
  readonly label: string;
  readonly onFiles: (files: readonly File[]) => void;
}): { readonly open: () => void; readonly input: ReactElement } {
  const { accept, isMultiple = false, label, onFiles } = options;
  const ref = useRef<HTMLInputElement>(null);
  const input = (
    <input
      ref={ref}
      type="file"
      accept={accept}
      multiple={isMultiple}
      aria-label={label}
      tabIndex={-1}
      className="hidden"
      onChange={(event) => {
        const files = [...(event.currentTarget.files ?? [])];
        // The same file can be chosen again after it was removed.
        event.currentTarget.value = '';
        if (files.length > 0) onFiles(files);
      }}
    />
  );
  return { open: () => ref.current?.click(), input };
}
