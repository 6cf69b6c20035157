/** Contracts, those that end first at the top. */
import { Button } from "@mantine/core";
import { IconCalendar } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { pb } from "@/lib/paths";
import { orderSiblings } from "@/pages/orders/siblings";
import { CreateButton } from "@/ui/CreateButton";
import { EmptyState } from "@/ui/EmptyState";
import { codeOf, ListPage } from "@/ui/list/ListPage";
import { contractFields, filled } from "./fields";

export function Contracts() {
  return (
    <ListPage
      title="Contracts"
      list="contracts"
      siblings={orderSiblings}
      open={(row) => pb.contract(codeOf(row))}
      actions={
        <>
          <CreateButton
            label="New contract"
            path="/contracts"
            fields={contractFields}
            prepare={filled}
            open={(row) => pb.contract(codeOf(row))}
          />
          <Button
            component={Link}
            to={pb.contractCalendar()}
            leftSection={<IconCalendar size={15} stroke={1.6} />}
          >
            Calendar
          </Button>
        </>
      }
      empty={
        <EmptyState title="No contracts yet">
          Maintenance, leases, framework agreements and NDAs: with their days, what they cover, and their
          prices.
        </EmptyState>
      }
    />
  );
}
