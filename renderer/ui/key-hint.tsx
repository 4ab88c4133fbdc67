export function KeyHint({ children }: { readonly children: string }) {
  return (
    <kbd className="rounded-[5px] bg-hover px-1.5 font-sans text-xs font-medium whitespace-nowrap text-soft">
      {children}
    </kbd>
  );
}
