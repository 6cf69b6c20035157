/** Search, palette, the as-of clock, and who I am. */
import { Menu } from "@mantine/core";
import { IconKeyboard, IconLogout, IconSearch, IconSettings } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { send } from "@/api/client";
import type { Me } from "@/api/types";
import { pb } from "@/lib/paths";
import { AsOfClock } from "./AsOfClock";
import classes from "./TopBar.module.css";

export function TopBar({ me, onSearch, onHelp }: { me: Me; onSearch: () => void; onHelp: () => void }) {
  return (
    <header className={classes.bar}>
      <button type="button" className={classes.search} onClick={onSearch} aria-label="Search everything">
        <IconSearch size={15} stroke={1.8} aria-hidden="true" />
        <span className={classes.hint}>Search code, serial, name</span>
        <kbd className={classes.key}>/</kbd>
      </button>
      <div className={classes.right}>
        <AsOfClock />
        <WhoAmI me={me} onHelp={onHelp} />
      </div>
    </header>
  );
}

function WhoAmI({ me, onHelp }: { me: Me; onHelp: () => void }) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const leave = async () => {
    await send("/auth/sign-out").catch(() => undefined);
    client.clear();
    navigate({ to: pb.signIn(), search: {} as never });
  };
  const initials = me.name
    .split(/\s+/)
    .map((part) => part.charAt(0))
    .slice(0, 2)
    .join("")
    .toUpperCase();
  return (
    <Menu>
      <Menu.Target>
        <button type="button" className={classes.me} aria-label={`${me.name}, my menu`}>
          <span className={classes.initials} aria-hidden="true">
            {initials}
          </span>
          <span className={classes.name}>
            {me.name}
            <span className={classes.team}>{me.team ? me.team.code : me.roles[0]}</span>
          </span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{me.email}</Menu.Label>
        {me.grants.slice(0, 4).map((grant) => (
          <Menu.Label key={`${grant.role} ${grant.team_code}`}>
            {grant.role.replace("_", " ")} · {grant.team_code} {grant.team_name}
          </Menu.Label>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconSettings size={15} />} onClick={() => navigate({ to: pb.settings() })}>
          Settings
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size={15} />} onClick={onHelp}>
          Keyboard
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={15} />} onClick={leave}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
