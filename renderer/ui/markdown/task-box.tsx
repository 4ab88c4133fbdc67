import { useTranslation } from 'react-i18next';

/** The box of a task in a list: it says whether the task is done, and cannot be changed. */
export function TaskBox({ isDone }: { readonly isDone: boolean }) {
  const { t } = useTranslation();
  const label = t(isDone ? 'markdown.taskDone' : 'markdown.taskOpen');
  return <input type="checkbox" checked={isDone} readOnly disabled aria-label={label} />;
}
