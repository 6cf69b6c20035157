/** Finds a record by typing: asks the server's list as one types, shows code and name, gives back the code. */
import { Combobox, type ComboboxStore, InputBase, useCombobox } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useEffect, useId, useState } from "react";
import { useRead } from "@/api/hooks";
import type { Page, Row } from "@/api/types";
import classes from "./RecordPicker.module.css";
import { type Found, findings, type Target, targetPath } from "./record-search";

export type { Target } from "./record-search";

interface Props {
  target: Target;
  value: string;
  onChange: (code: string, found?: Found) => void;
  label?: string;
  "aria-label"?: string;
  description?: string;
  error?: string;
  required?: boolean;
  placeholder?: string;
  /** Further filters of the list, for example `{kind: "device"}`. */
  filter?: Record<string, string>;
  /** Text to show for a value chosen earlier. */
  display?: string;
  autoFocus?: boolean;
  unstyled?: boolean;
  onKeyDown?: (event: React.KeyboardEvent<HTMLInputElement>, store: ComboboxStore) => void;
  inputRef?: React.Ref<HTMLInputElement>;
  disabled?: boolean;
}

export function RecordPicker({
  target,
  value,
  onChange,
  filter,
  display,
  unstyled,
  onKeyDown,
  inputRef,
  ...input
}: Props) {
  const store = useCombobox({ onDropdownClose: () => store.resetSelectedOption() });
  const [typed, setTyped] = useState(display ?? value);
  const [touched, setTouched] = useState(false);
  // Enter came before the answer to what was typed: the first of that answer is meant, not the first of the one before.
  const [wanted, setWanted] = useState(false);
  const [asked] = useDebouncedValue(typed, 150);
  const [chosen, setChosen] = useState<Found>();
  const id = useId();
  const shown = display ?? (chosen && chosen.code === value ? chosen.display : value);
  useEffect(() => {
    if (!touched) setTyped(shown);
  }, [shown, touched]);

  const list = useRead<Page<Row>>(
    targetPath[target],
    { limit: 12, q: touched && asked !== shown ? asked : undefined, ...filter },
    { enabled: store.dropdownOpened || wanted, keep: true, staleTime: 30_000 },
  );
  const found = findings(list.data?.items ?? []);
  const answered = asked === typed && !list.isPlaceholderData && !list.isPending;

  const choose = (code: string) => {
    const one = found.find((f) => f.code === code);
    setTouched(false);
    setWanted(false);
    setTyped(one ? one.display : code);
    setChosen(one);
    onChange(code, one);
    store.closeDropdown();
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the answer's arrival alone decides; the rest is read as it then is.
  useEffect(() => {
    if (!wanted || !(answered || list.error)) return;
    setWanted(false);
    if (found[0] && !list.error) choose(found[0].code);
  }, [wanted, answered, list.error]);

  return (
    <Combobox
      store={store}
      onOptionSubmit={choose}
      withinPortal
      shadow="none"
      offset={2}
      classNames={{ dropdown: classes.dropdown, option: classes.option }}
    >
      <Combobox.Target withExpandedAttribute>
        <InputBase
          data-autofocus={input.autoFocus || undefined}
          {...input}
          ref={inputRef}
          id={id}
          size="sm"
          role="combobox"
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          data-unstyled={unstyled || undefined}
          classNames={unstyled ? { input: classes.bare } : undefined}
          value={typed}
          placeholder={input.placeholder ?? "Type to find"}
          onFocus={(event) => event.currentTarget.select()}
          onClick={() => store.openDropdown()}
          onChange={(event) => {
            setTouched(true);
            setWanted(false);
            setTyped(event.currentTarget.value);
            store.openDropdown();
            if (event.currentTarget.value === "") onChange("");
          }}
          onKeyDown={(event) => {
            if (
              event.key === "Enter" &&
              store.dropdownOpened &&
              store.getSelectedOptionIndex() < 0 &&
              typed.trim() !== "" &&
              touched
            ) {
              event.preventDefault();
              if (!answered) setWanted(true);
              else if (found[0]) choose(found[0].code);
            } else onKeyDown?.(event, store);
          }}
          onBlur={() => {
            store.closeDropdown();
            if (touched && typed.trim() !== "") {
              const exact = found.find((f) =>
                [f.code, f.label, f.display].some((t) => t.toLowerCase() === typed.trim().toLowerCase()),
              );
              if (exact) choose(exact.code);
              else onChange(typed.trim());
            }
            if (!wanted) setTouched(false);
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options className={classes.options}>
          {found.map((one) => (
            <Combobox.Option key={one.key} value={one.code}>
              <span className={classes.label}>{one.label}</span>
              <span className={classes.sub}>{one.sub}</span>
            </Combobox.Option>
          ))}
          {found.length === 0 && (
            <Combobox.Empty>
              {list.isFetching ? "Looking…" : list.error ? "Cannot look it up now" : "Nothing found"}
            </Combobox.Empty>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
