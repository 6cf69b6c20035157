/** Light, dark, or as the system says. */
import { SegmentedControl, useMantineColorScheme } from "@mantine/core";
import { useMe } from "@/api/hooks";
import { words } from "@/lib/format";
import { Facts } from "@/ui/Facts";
import { Section } from "@/ui/Page";

export function Appearance() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const me = useMe();
  return (
    <>
      <Section title="Who I am">
        <Facts
          columns={1}
          items={[
            ["Name", me.data?.name],
            ["Email", me.data?.email],
            ["Team", me.data?.team && `${me.data.team.code} ${me.data.team.name ?? ""}`],
            [
              "May",
              me.data?.grants.map((g) => `${words(g.role)} of ${g.team_code} ${g.team_name}`).join(", "),
            ],
          ]}
        />
      </Section>
      <Section title="Appearance">
        <SegmentedControl
          aria-label="Appearance"
          value={colorScheme}
          onChange={(scheme) => setColorScheme(scheme as "light" | "dark" | "auto")}
          data={[
            { value: "light", label: "Light" },
            { value: "dark", label: "Dark" },
            { value: "auto", label: "As the system" },
          ]}
        />
      </Section>
    </>
  );
}
