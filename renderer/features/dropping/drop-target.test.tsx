import { cleanup, createEvent, fireEvent, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { renderInWords } from '../../testing/render-in-words.tsx';
import { DropTarget } from './drop-target.tsx';

afterEach(cleanup);

/** A drag as a browser hands it over: types while it hovers, and what is in it with the drop. */
function transferOf(content: {
  readonly list?: string;
  readonly files?: readonly string[];
  readonly isText?: boolean;
}) {
  const { list, files = [], isText = false } = content;
  return {
    types: [
      ...(list === undefined ? [] : ['text/uri-list']),
      ...(files.length > 0 ? ['Files'] : []),
      ...(isText ? ['text/plain'] : []),
    ],
    getData: () => list ?? '',
    items: files.map((name) => ({
      kind: 'file',
      webkitGetAsEntry: () => null,
      getAsFile: () => new File(['text'], name),
    })),
  };
}

function show() {
  const calls = { onDrop: vi.fn(), onLink: vi.fn(), onPicture: vi.fn() };
  renderInWords(
    <>
      <textarea aria-label="field" />
      <p>page</p>
      <DropTarget {...calls} />
    </>,
  );
  const drop = (target: Element, content: Parameters<typeof transferOf>[0]): boolean => {
    const dataTransfer = transferOf(content);
    fireEvent.dragOver(target, { dataTransfer });
    const event = createEvent.drop(target, { dataTransfer });
    fireEvent(target, event);
    return event.defaultPrevented;
  };
  return { ...calls, drop };
}

describe('DropTarget', () => {
  it('takes a link as a link, without the choices for files', () => {
    // What is not taken, the window would open.
    const { drop, onLink, onDrop } = show();
    expect(drop(screen.getByText('page'), { list: 'https://example.org/a' })).toBe(true);
    expect(onLink).toHaveBeenCalledExactlyOnceWith({ type: 'link', text: 'https://example.org/a' });
    expect(onDrop).not.toHaveBeenCalled();
    expect(screen.queryByRole('region')).toBeNull();
  });

  it('leaves a link to the field that it is dropped on', () => {
    const { drop, onLink } = show();
    expect(drop(screen.getByLabelText('field'), { list: 'https://example.org/a', isText: true })).toBe(false);
    expect(onLink).not.toHaveBeenCalled();
    // Without a form as text the field would take nothing, and the link would be lost.
    expect(drop(screen.getByLabelText('field'), { list: 'https://example.org/a' })).toBe(true);
    expect(onLink).toHaveBeenCalledOnce();
  });

  it('tells a picture of a page from a file', () => {
    const { drop, onDrop, onPicture } = show();
    drop(screen.getByText('page'), { list: 'https://example.org/cat.png', files: ['cat.png'] });
    expect(onPicture).toHaveBeenCalledOnce();
    drop(screen.getByText('page'), { files: ['lease.txt'] });
    expect(onDrop).toHaveBeenCalledOnce();
  });

  it('has nothing to do with what is dragged within the window', () => {
    const { drop, onLink, onPicture } = show();
    fireEvent.dragStart(screen.getByText('page'));
    drop(screen.getByText('page'), { list: 'https://example.org/a' });
    fireEvent.dragEnd(screen.getByText('page'));
    expect(onLink).not.toHaveBeenCalled();
    drop(screen.getByText('page'), { list: 'https://example.org/a', files: ['a.png'] });
    expect(onPicture).toHaveBeenCalledOnce();
  });
});
