const widths = ['w-full', 'w-11/12', 'w-4/5', 'w-5/6', 'w-2/3'];

/** Stands where lines of text will be, so that nothing jumps when they come. */
export function Skeleton({ lines = 3 }: { readonly lines?: number }) {
  return (
    <div aria-hidden className="flex flex-col gap-3 py-2">
      {widths.slice(0, lines).map((width) => (
        <div key={width} className={`h-3.5 rounded-sm bg-hover ${width}`} />
      ))}
    </div>
  );
}
