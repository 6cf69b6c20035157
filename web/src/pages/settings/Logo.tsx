/** The company's logo as it is on its letters, and another in its place. */
import { Button, FileButton, Group, Input } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { apiUrl, sendFile } from "@/api/client";
import { useSend } from "@/api/hooks";
import { asProblem, type Problem } from "@/api/problem";
import { ActionButton } from "@/ui/ActionBar";
import { ProblemCard } from "@/ui/ProblemCard";
import type { Company } from "./Letterhead";

export function Logo({ company }: { company: Company }) {
  const client = useQueryClient();
  const [problem, setProblem] = useState<Problem | null>(null);
  const remove = useSend<Company>();
  const set = company.actions.find((action) => action.name === "set_logo");
  const reasonOf = (name: string) => {
    const action = company.actions.find((one) => one.name === name);
    return action?.allowed ? null : (action?.reason ?? "Not possible now");
  };
  const upload = async (file: File | null) => {
    if (!file) return;
    try {
      await sendFile("/company/logo", {}, file, () => {}, { idempotencyKey: crypto.randomUUID() });
      setProblem(null);
      await client.invalidateQueries();
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  return (
    <Input.Wrapper label="Logo" description="PNG or JPEG, up to 1 MB; printed at most 70 by 22 mm">
      <Group gap={12} mt={6}>
        {company.logo && (
          <img
            src={apiUrl("/company/logo", { v: company.logo })}
            alt="The company's logo"
            style={{ maxWidth: 210, maxHeight: 66, background: "#fff", padding: 4 }}
          />
        )}
        {set?.allowed ? (
          <FileButton onChange={upload} accept="image/png,image/jpeg">
            {(props) => <Button {...props}>{company.logo ? "Replace" : "Choose a file"}</Button>}
          </FileButton>
        ) : (
          <ActionButton label="Choose a file" reason={reasonOf("set_logo")} onClick={() => {}} />
        )}
        {company.logo && (
          <ActionButton
            label="Remove"
            of="the logo"
            reason={reasonOf("remove_logo")}
            loading={remove.isPending}
            onClick={() => remove.mutate({ path: "/company/remove-logo", body: {} })}
          />
        )}
      </Group>
      {problem && <ProblemCard error={problem} />}
      {remove.error && <ProblemCard error={asProblem(remove.error)} />}
    </Input.Wrapper>
  );
}
