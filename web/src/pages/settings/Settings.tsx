/** Settings: appearance, my password, API tokens, the company's letterhead, and for administrators the users and their grants. */
import { Tabs } from "@mantine/core";
import { lazy, Suspense } from "react";
import { useMe } from "@/api/hooks";
import { Page } from "@/ui/Page";
import { useTab } from "@/ui/use-tab";
import { Appearance } from "./Appearance";
import { MyPassword } from "./MyPassword";

const Tokens = lazy(() => import("./Tokens").then((m) => ({ default: m.Tokens })));
const Letterhead = lazy(() => import("./Letterhead").then((m) => ({ default: m.Letterhead })));
const Users = lazy(() => import("./Users").then((m) => ({ default: m.Users })));
const Grants = lazy(() => import("./Grants").then((m) => ({ default: m.Grants })));

const LETTERHEAD_ROLES = ["administrator", "procurement"];

export function Settings() {
  const { data: me } = useMe();
  const [tab, setTab] = useTab("me");
  const short = tab === "me" || tab === "letterhead";
  return (
    <Page title="Settings" fill={!short}>
      <Tabs
        value={tab}
        onChange={(t) => t && setTab(t)}
        keepMounted={false}
        style={short ? undefined : { display: "flex", flexDirection: "column", flex: 1, minHeight: 0 }}
      >
        <Tabs.List mb={12}>
          <Tabs.Tab value="me">Me</Tabs.Tab>
          <Tabs.Tab value="tokens">API tokens</Tabs.Tab>
          {me?.roles.some((role) => LETTERHEAD_ROLES.includes(role)) && (
            <Tabs.Tab value="letterhead">Letterhead</Tabs.Tab>
          )}
          <Tabs.Tab value="users">Users</Tabs.Tab>
          <Tabs.Tab value="grants">Grants</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="me">
          <Appearance />
          <MyPassword />
        </Tabs.Panel>
        <Tabs.Panel value="letterhead">
          <Suspense>
            <Letterhead />
          </Suspense>
        </Tabs.Panel>
        {[
          ["tokens", <Tokens key="t" />],
          ["users", <Users key="u" />],
          ["grants", <Grants key="g" />],
        ].map(([name, inside]) => (
          <Tabs.Panel
            key={name as string}
            value={name as string}
            style={{
              display: tab === name ? "flex" : undefined,
              flexDirection: "column",
              flex: 1,
              minHeight: 0,
            }}
          >
            <Suspense>{inside}</Suspense>
          </Tabs.Panel>
        ))}
      </Tabs>
    </Page>
  );
}
