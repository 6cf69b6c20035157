/** One location: what is inside it, what it is inside of, its label. */
import { Link, useParams } from "@tanstack/react-router";
import { nameOf, type Reference } from "@/api/refs";
import type { Action, Row } from "@/api/types";
import { capital, words } from "@/lib/format";
import { pb } from "@/lib/paths";
import { LabelsButton } from "@/pages/labels/LabelsButton";
import { ActionBar } from "@/ui/ActionBar";
import { Code } from "@/ui/Code";
import { EmptyState } from "@/ui/EmptyState";
import { Facts } from "@/ui/Facts";
import { ListView } from "@/ui/list/ListView";
import { Page, Section } from "@/ui/Page";
import { RefLink } from "@/ui/RefLink";
import { EventStory } from "@/ui/Story";
import { useOpenRow } from "@/ui/use-open-row";
import { useRecordPage } from "@/ui/use-record-page";
import { Quantity } from "@/ui/values";

interface LocationRecord extends Row {
  id: string;
  code: string;
  name: string;
  kind: string;
  bin_kind?: string | null;
  parent?: Reference;
  team?: Reference;
  address?: string;
  asset_count?: number;
  path?: Reference[];
  actions?: Action[];
}

export function Location() {
  const { code } = useParams({ strict: false }) as { code: string };
  const path = `/locations/${encodeURIComponent(code)}`;
  const { record: place, instead } = useRecordPage<LocationRecord>(path, code);
  const openAsset = useOpenRow(pb.asset);
  const openLocation = useOpenRow(pb.location);
  if (instead) return instead;
  const holds = place.kind === "bin" || place.kind === "person_area";
  return (
    <Page
      title={place.code}
      heading={
        <>
          <Code value={place.code} size="lg" /> {place.name !== place.code && place.name}
        </>
      }
      lead={capital(words(place.kind))}
      actions={
        <>
          <ActionBar actions={place.actions} subject={place.code} omit={["label"]} />
          <LabelsButton kind="bin" codes={[place.code]} />
        </>
      }
      aside={<EventStory id={place.id} />}
    >
      <Section>
        <Facts
          items={[
            ["Inside", <RefLink key="p" kind="location" value={place.parent} />],
            ["Way there", place.path?.map((step) => nameOf(step)).join(" / ")],
            ["Kind", capital(words(place.kind))],
            place.bin_kind ? ["Use", words(place.bin_kind)] : null,
            ["Team", <RefLink key="t" kind="team" value={place.team} />],
            ["Address", place.address],
            ["Assets here and below", <Quantity key="a" value={place.asset_count} />],
          ]}
        />
      </Section>
      {holds ? (
        <>
          <Section title="Assets here">
            <div style={{ height: 320, display: "flex" }}>
              <ListView
                name="assets"
                fixed={{ location: place.code }}
                local
                tools={false}
                onOpen={openAsset}
                empty={
                  <EmptyState title="No asset lies here">
                    Put things away here by scanning them, then this place, on the{" "}
                    <Link to={pb.scan()}>scan page</Link>.
                  </EmptyState>
                }
              />
            </div>
          </Section>
          <Section title="Stock here">
            <div style={{ height: 280, display: "flex" }}>
              <ListView
                name="stock"
                fixed={{ location: place.code }}
                local
                tools={false}
                empty={
                  <EmptyState title="No counted stock lies here">
                    What is received or moved here comes up with its quantity.
                  </EmptyState>
                }
              />
            </div>
          </Section>
        </>
      ) : (
        <Section title="Inside it">
          <div style={{ height: 440, display: "flex" }}>
            <ListView
              name="locations"
              fixed={{ parent: place.code }}
              local
              tools={false}
              onOpen={openLocation}
            />
          </div>
        </Section>
      )}
    </Page>
  );
}
