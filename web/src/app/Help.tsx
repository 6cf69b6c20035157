/** Every key, in one overlay. */
import { Modal } from "@mantine/core";
import classes from "./Help.module.css";
import { PLACES } from "./nav";

const groups: [string, [string, string][]][] = [
  [
    "Everywhere",
    [
      ["/", "Search"],
      ["Ctrl K", "Commands"],
      ["?", "These keys"],
      ["Esc", "Close a dialog"],
    ],
  ],
  [
    "In a list",
    [
      ["j  k", "Next, previous row"],
      ["Enter", "Open the row"],
      ["x", "Choose the row"],
    ],
  ],
  [
    "On a record",
    [
      ["e", "Edit"],
      ["Ctrl Enter", "Save a form"],
    ],
  ],
  [
    "In a rack",
    [
      ["↑  ↓", "Unit up, down"],
      ["←  →", "Front, rear"],
      ["Enter", "Open the device, or place one in a free unit"],
    ],
  ],
];

export function Help({ onClose }: { onClose: () => void }) {
  const all: typeof groups = [...groups, ["Go to", PLACES.map((p) => [`g  ${p.key}`, p.label])]];
  return (
    <Modal opened onClose={onClose} title="Keyboard" size="lg">
      <div className={classes.groups}>
        {all.map(([title, keys]) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {keys.map(([key, what]) => (
                <div key={key}>
                  <dt>
                    {key.split("  ").map((k) => (
                      <kbd key={k}>{k}</kbd>
                    ))}
                  </dt>
                  <dd>{what}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
