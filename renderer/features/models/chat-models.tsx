import { Radio } from '@base-ui/react/radio';
import { RadioGroup } from '@base-ui/react/radio-group';
import { useTranslation } from 'react-i18next';
import { modelIdSchema } from '../../../electron/shared/ids.ts';
import type { ModelId } from '../../../electron/shared/ids.ts';
import type { ModelDescription } from '../../../electron/shared/model.ts';
import { useModelWords } from './model-words.ts';

type ChatModelsProps = {
  readonly models: readonly ModelDescription[];
  readonly currentId: ModelId | null;
  readonly onSelect: (id: ModelId) => void;
};

/** The models that can answer; one of them does. */
export function ChatModels({ models, currentId, onSelect }: ChatModelsProps) {
  const { t } = useTranslation();
  return (
    <RadioGroup
      aria-label={t('models.answering')}
      value={currentId ?? ''}
      onValueChange={(value) => onSelect(modelIdSchema.parse(value))}
      className="flex flex-col"
    >
      {models.map((model) => (
        <ChatModel key={model.id} model={model} />
      ))}
    </RadioGroup>
  );
}

function ChatModel({ model }: { readonly model: ModelDescription }) {
  const words = useModelWords();
  const { facts, context, precision } = words(model);
  return (
    // The radio inside is the control; the whole row is its label.
    // oxlint-disable-next-line jsx-a11y/label-has-associated-control
    <label className="flex items-start gap-3.5 rounded-md border-b border-hairline px-2 py-3.5 last:border-b-0 hover:bg-hover">
      <Radio.Root
        value={model.id}
        className="mt-0.5 flex size-[18px] shrink-0 items-center justify-center rounded-full bg-raised ring-[1.5px] ring-edge ring-inset data-[checked]:bg-accent data-[checked]:ring-accent"
      >
        <Radio.Indicator className="size-[7px] rounded-full bg-on-accent" />
      </Radio.Root>
      <span className="flex min-w-0 flex-1 flex-col gap-0.5">
        <span className="truncate text-base font-medium">{model.name}</span>
        <span className="text-sm text-soft">{context}</span>
        {precision === null ? null : <span className="text-sm text-soft">{precision}</span>}
        <span className="numeric truncate text-sm text-faint">{facts}</span>
      </span>
    </label>
  );
}
