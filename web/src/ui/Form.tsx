/** A form that saves by its button, by Enter in a field, and by Ctrl Enter from anywhere in it. Its own words stand in for the browser's. */
import { Button, Group } from "@mantine/core";

interface FormProps {
  onSave: () => void;
  className?: string;
  children: React.ReactNode;
}

export function Form({ onSave, className, children }: FormProps) {
  return (
    <form
      className={className}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        // A dialog's form may stand inside another one in React's tree: what is meant for it goes no further.
        event.stopPropagation();
        onSave();
      }}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
        event.stopPropagation();
        // What its button would refuse, the keys refuse too.
        if (!event.currentTarget.querySelector<HTMLButtonElement>('button[type="submit"]')?.disabled)
          onSave();
      }}
    >
      {children}
    </form>
  );
}

interface FormButtonsProps {
  label: string;
  onBack: () => void;
  loading?: boolean;
  disabled?: boolean;
  /** What it does cannot be taken back. */
  danger?: boolean;
  /** There is no field to begin with. */
  autoFocus?: boolean;
}

/** The two buttons that end a dialog's form. */
export function FormButtons({ label, onBack, loading, disabled, danger, autoFocus }: FormButtonsProps) {
  return (
    <Group justify="flex-end" gap={8}>
      <Button type="button" onClick={onBack}>
        Back
      </Button>
      <Button
        type="submit"
        variant="filled"
        color={danger ? "red" : undefined}
        loading={loading}
        disabled={disabled}
        data-autofocus={autoFocus || undefined}
      >
        {label}
      </Button>
    </Group>
  );
}
