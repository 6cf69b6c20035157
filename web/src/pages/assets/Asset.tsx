/** One asset: where it is, what it is, its ports, licences, labels, and its story. */
import { Tabs } from "@mantine/core";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { codeOf, nameOf } from "@/api/refs";
import { recordPath } from "@/lib/paths";
import { LabelsDialog } from "@/pages/labels/LabelsButton";
import { PlaceDialog } from "@/pages/racks/PlaceDialog";
import { ActionBar } from "@/ui/ActionBar";
import { ActionDialog } from "@/ui/ActionDialog";
import { Code } from "@/ui/Code";
import { Documents } from "@/ui/documents/Documents";
import { Page } from "@/ui/Page";
import { RecordForm } from "@/ui/RecordForm";
import { RefLink } from "@/ui/RefLink";
import { State } from "@/ui/State";
import { Story } from "@/ui/Story";
import { useRecordPage } from "@/ui/use-record-page";
import { useTab } from "@/ui/use-tab";
import { AssetFacts, aliasFields } from "./AssetFacts";
import { AssetLabels } from "./AssetLabels";
import { AssetLicences } from "./AssetLicences";
import { AssetPorts } from "./AssetPorts";
import { AssignDialog } from "./AssignDialog";
import type { AssetRecord, Place } from "./types";

const editFields = [
  { name: "name", optional: true },
  { name: "serial", optional: true },
  { name: "team" },
  { name: "function", optional: true, description: "What it is there for" },
  { name: "classification", optional: true },
  { name: "warranty_ends", label: "Warranty until", optional: true },
  { name: "notes", optional: true },
  { name: "reason", optional: true },
];

export function Asset() {
  const { code } = useParams({ strict: false }) as { code: string };
  const path = `/assets/${encodeURIComponent(code)}`;
  const { record: asset, etag, instead } = useRecordPage<AssetRecord>(path, code);
  const [dialog, setDialog] = useState<"edit" | "place" | "labels" | "assign" | "put_away" | "code" | null>(
    null,
  );
  const [tab, setTab] = useTab("facts");
  const close = () => setDialog(null);
  if (instead) return instead;
  const model = asset.model_name ?? nameOf(asset.model);
  const putAway = asset.actions?.find((a) => a.name === "put_away");
  return (
    <Page
      title={`${asset.code} ${asset.name ?? model ?? ""}`}
      heading={
        <>
          <Code value={asset.code} size="lg" /> {asset.name} <State state={asset.status} />
        </>
      }
      lead={
        <>
          <span>
            {nameOf(asset.manufacturer)} {model}
          </span>
          <RefLink kind="team" value={asset.team} name={asset.team_name} />
          <PlaceLink place={asset.place} />
        </>
      }
      actions={
        <ActionBar
          actions={asset.actions}
          subject={asset.code}
          own={{
            edit: () => setDialog("edit"),
            add_code: () => setDialog("code"),
            place: () => setDialog("place"),
            label: () => setDialog("labels"),
            labels: () => setDialog("labels"),
            assign_licence: () => setDialog("assign"),
            put_away: () => setDialog("put_away"),
            connect: () => setTab("ports"),
          }}
        />
      }
      aside={<Story path={`${path}/story`} />}
    >
      <Tabs value={tab} onChange={(t) => t && setTab(t)} keepMounted={false}>
        <Tabs.List mb={12}>
          <Tabs.Tab value="facts">Facts</Tabs.Tab>
          <Tabs.Tab value="ports">Ports</Tabs.Tab>
          <Tabs.Tab value="licences">Licences</Tabs.Tab>
          <Tabs.Tab value="labels">Labels</Tabs.Tab>
          <Tabs.Tab value="documents">Documents</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="facts">
          <AssetFacts asset={asset} />
        </Tabs.Panel>
        <Tabs.Panel value="ports">
          <AssetPorts code={asset.code} />
        </Tabs.Panel>
        <Tabs.Panel value="licences">
          <AssetLicences asset={asset} onAssign={() => setDialog("assign")} />
        </Tabs.Panel>
        <Tabs.Panel value="labels">
          <AssetLabels code={asset.code} />
        </Tabs.Panel>
        <Tabs.Panel value="documents">
          <Documents kind="asset" code={asset.code} usual="photo" />
        </Tabs.Panel>
      </Tabs>
      {dialog === "edit" && (
        <RecordForm
          title={`Edit ${asset.code}`}
          path={path}
          method="PATCH"
          fields={editFields}
          initial={{
            name: asset.name,
            serial: asset.serial,
            team: codeOf(asset.team),
            function: asset.function,
            classification: asset.classification,
            warranty_ends: asset.warranty_ends,
            notes: asset.notes,
          }}
          draft={`asset ${asset.code} ${etag}`}
          ifMatch={etag}
          onClose={close}
        />
      )}
      {dialog === "code" && (
        <RecordForm
          title={`Attach a code to ${asset.code}`}
          path={`${path}/aliases`}
          fields={aliasFields}
          onClose={close}
        />
      )}
      {dialog === "place" && <PlaceDialog asset={asset.code} onClose={close} />}
      {dialog === "labels" && <LabelsDialog kind="asset" codes={[asset.code]} onClose={close} />}
      {dialog === "assign" && <AssignDialog asset={asset.code} onClose={close} />}
      {dialog === "put_away" && putAway && (
        <ActionDialog
          action={{ ...putAway, href: "/put-away", method: "POST", input: ["to"] }}
          subject={asset.code}
          initial={{ codes: [asset.code] }}
          onClose={close}
        />
      )}
    </Page>
  );
}

/** Where it is, in words, opening the place. */
export function PlaceLink({ place }: { place: Place | null | undefined }) {
  if (!place) return null;
  const text = place.text || place.code || place.kind;
  const kind = place.kind === "bin" ? "location" : place.kind;
  const to = recordPath(kind, place.rack ?? place.code);
  return to ? <Link to={to}>{text}</Link> : <span>{text}</span>;
}
