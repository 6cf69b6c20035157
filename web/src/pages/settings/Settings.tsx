/** Settings: appearance, my password, API tokens, and for administrators the users and their grants. */
import { Tabs } from "@mantine/core";
import { lazy, Suspense } from "react";
import { Page } from "@/ui/Page";
import { useTab } from "@/ui/use-tab";
import { Appearance } from "./Appearance";
import { MyPassword } from "./MyPassword";

const Tokens = lazy(() => import("./Tokens").then((m) => ({ default: m.Tokens })));
const Users = lazy(() => import("./Users").then((m) => ({ default: m.Users })));
const Grants = lazy(() => import("./Grants").then((m) => ({ default: m.Grants })));

export function Settings() {
  const [tab, setTab] = useTab("me");
  return (
    <Page title="Settings" fill={tab !== "me"}>
      <Tabs
        value={tab}
        onChange={(t) => t && setTab(t)}
        keepMounted={false}
        style={tab === "me" ? undefined : { display: "flex", flexDirection: "column", flex: 1, minHeight: 0 }}
      >
        <Tabs.List mb={12}>
          <Tabs.Tab value="me">Me</Tabs.Tab>
          <Tabs.Tab value="tokens">API tokens</Tabs.Tab>
          <Tabs.Tab value="users">Users</Tabs.Tab>
          <Tabs.Tab value="grants">Grants</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="me">
          <Appearance />
          <MyPassword />
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
