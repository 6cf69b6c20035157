/** Mantine as material: one family, two weights, small radii, ink instead of a brand colour. */
import {
  Button,
  Checkbox,
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  InputBase,
  type MantineColorsTuple,
  Menu,
  Modal,
  Notification,
  NumberInput,
  PasswordInput,
  SegmentedControl,
  Select,
  Tabs,
  Textarea,
  TextInput,
  Tooltip,
} from "@mantine/core";
import classes from "./theme.module.css";

const ink: MantineColorsTuple = [
  "#f5f5f2",
  "#ecece7",
  "#deddd6",
  "#bdbcb3",
  "#949ba3",
  "#646a72",
  "#454a51",
  "#2b2f34",
  "#15181b",
  "#0a0c0d",
];

const input = {
  size: "sm",
  classNames: { input: classes.input, label: classes.label, error: classes.error },
};

export const theme = createTheme({
  fontFamily: "var(--qm-sans)",
  fontFamilyMonospace: "var(--qm-mono)",
  headings: { fontFamily: "var(--qm-sans)", fontWeight: "600" },
  fontSizes: { xs: "12px", sm: "14px", md: "14px", lg: "16px", xl: "20px" },
  lineHeights: { xs: "16px", sm: "20px", md: "20px", lg: "24px", xl: "28px" },
  spacing: { xs: "4px", sm: "8px", md: "12px", lg: "16px", xl: "24px" },
  radius: { xs: "2px", sm: "3px", md: "4px", lg: "6px", xl: "8px" },
  defaultRadius: "sm",
  primaryColor: "ink",
  primaryShade: 8,
  colors: { ink },
  cursorType: "pointer",
  respectReducedMotion: true,
  variantColorResolver: (wanted) => {
    const base = defaultVariantColorsResolver(wanted);
    const danger = wanted.color === "red";
    if (wanted.variant === "filled") {
      return {
        ...base,
        background: danger ? "var(--st-refused)" : "var(--qm-ink)",
        hover: danger ? "var(--st-refused)" : "var(--qm-ink-2)",
        color: danger ? "var(--qm-surface)" : "var(--qm-on-ink)",
        border: "1px solid transparent",
      };
    }
    const color = danger ? "var(--st-refused)" : "var(--qm-ink)";
    if (wanted.variant === "subtle") {
      return {
        ...base,
        background: "transparent",
        hover: "var(--qm-hover)",
        color,
        border: "1px solid transparent",
      };
    }
    return {
      ...base,
      background: "var(--qm-surface)",
      hover: "var(--qm-hover)",
      color,
      border: "1px solid var(--qm-line-strong)",
    };
  },
  components: {
    Button: Button.extend({
      defaultProps: { size: "sm", variant: "default" },
      classNames: { root: classes.button },
    }),
    Notification: Notification.extend({
      defaultProps: { closeButtonProps: { "aria-label": "Put this notice away" } },
    }),
    InputBase: InputBase.extend({ defaultProps: input }),
    TextInput: TextInput.extend({ defaultProps: input }),
    Textarea: Textarea.extend({ defaultProps: input }),
    NumberInput: NumberInput.extend({ defaultProps: { ...input, hideControls: true } }),
    PasswordInput: PasswordInput.extend({ defaultProps: input }),
    Select: Select.extend({ defaultProps: { ...input, checkIconPosition: "right" } }),
    Checkbox: Checkbox.extend({
      defaultProps: { size: "xs", radius: "xs" },
      classNames: { input: classes.checkbox },
    }),
    Tabs: Tabs.extend({ classNames: { list: classes.tabsList, tab: classes.tab } }),
    SegmentedControl: SegmentedControl.extend({
      defaultProps: { size: "xs" },
      classNames: { root: classes.segmented, indicator: classes.segmentedOn },
    }),
    Tooltip: Tooltip.extend({
      defaultProps: {
        openDelay: 250,
        multiline: true,
        maw: 320,
        events: { hover: true, focus: true, touch: true },
      },
      classNames: { tooltip: classes.tooltip },
    }),
    Menu: Menu.extend({
      defaultProps: { shadow: "none", position: "bottom-end", offset: 4 },
      classNames: { dropdown: classes.dropdown, item: classes.menuItem, label: classes.menuLabel },
    }),
    Modal: Modal.extend({
      defaultProps: {
        centered: false,
        closeButtonProps: { "aria-label": "Close" },
        yOffset: "12vh",
        transitionProps: { duration: 90 },
        overlayProps: { backgroundOpacity: 0.35 },
      },
      classNames: { content: classes.modal, title: classes.modalTitle, header: classes.modalHeader },
    }),
  },
});

/** Mantine's own variables follow our tokens, so that its parts need no second palette. */
export const cssVariables: CSSVariablesResolver = () => {
  const shared = {
    "--mantine-color-body": "var(--qm-surface)",
    "--mantine-color-text": "var(--qm-ink)",
    "--mantine-color-dimmed": "var(--qm-ink-2)",
    "--mantine-color-placeholder": "var(--qm-ink-3)",
    "--mantine-color-default": "var(--qm-surface)",
    "--mantine-color-default-hover": "var(--qm-hover)",
    "--mantine-color-default-color": "var(--qm-ink)",
    "--mantine-color-default-border": "var(--qm-line-strong)",
    "--mantine-color-disabled": "var(--qm-sunken)",
    "--mantine-color-disabled-color": "var(--qm-ink-3)",
    "--mantine-color-disabled-border": "var(--qm-line)",
    "--mantine-color-error": "var(--st-refused)",
    "--mantine-color-anchor": "var(--qm-ink)",
    "--mantine-primary-color-filled": "var(--qm-ink)",
    "--mantine-primary-color-contrast": "var(--qm-on-ink)",
  };
  return { variables: {}, light: shared, dark: shared };
};
