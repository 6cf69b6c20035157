/** The places of the application by job, with their `g` keys. */
import {
  IconBarcode,
  IconBox,
  IconBuildingCommunity,
  IconCertificate,
  IconFileText,
  IconHome,
  IconNotebook,
  IconReportAnalytics,
  IconServer,
  IconServer2,
  IconSettings,
  IconTopologyStar3,
} from "@tabler/icons-react";
import { pb } from "@/lib/paths";

export interface Place {
  label: string;
  to: string;
  key: string;
  icon: typeof IconHome;
  /** Other addresses under which this place is the current one. */
  also?: string[];
}

export const PLACES: Place[] = [
  { label: "Home", to: pb.home(), key: "h", icon: IconHome },
  { label: "Scan", to: pb.scan(), key: "c", icon: IconBarcode },
  {
    label: "Orders",
    to: pb.orders(),
    key: "o",
    icon: IconFileText,
    also: [
      "/vendors",
      "/vendor-scores",
      "/vendor-contacts",
      "/vendor-addresses",
      "/approvals",
      "/receipts",
      "/shipping-notices",
      "/discrepancies",
      "/budgets",
      "/requests",
      "/invoices",
      "/returns",
      "/quotes",
      "/contracts",
    ],
  },
  { label: "Stock", to: pb.stock(), key: "s", icon: IconBox, also: ["/locations"] },
  { label: "Assets", to: pb.assets(), key: "a", icon: IconServer2, also: ["/catalogue"] },
  { label: "Racks", to: pb.racks(), key: "r", icon: IconServer },
  { label: "Network", to: pb.network(), key: "n", icon: IconTopologyStar3 },
  { label: "Licences", to: pb.licences(), key: "l", icon: IconCertificate },
  { label: "Reports", to: pb.reports(), key: "e", icon: IconReportAnalytics },
  { label: "Ledger", to: pb.ledger(), key: "j", icon: IconNotebook },
  {
    label: "Organisation",
    to: pb.organisation(),
    key: "t",
    icon: IconBuildingCommunity,
    also: ["/people", "/positions"],
  },
  { label: "Settings", to: pb.settings(), key: ",", icon: IconSettings },
];

/** Pages that have no place of their own in the rail but can be gone to by name. */
export const SUBPLACES: { label: string; to: string }[] = [
  { label: "New purchase order", to: pb.orderNew() },
  { label: "New request", to: pb.requestNew() },
  { label: "Requests", to: pb.requests() },
  { label: "Requests to order", to: pb.requestsToOrder() },
  { label: "New request for quotation", to: pb.quoteNew() },
  { label: "Requests for quotation", to: pb.quotes() },
  { label: "Answers of vendors", to: pb.quoteAnswers() },
  { label: "Approvals", to: pb.approvals() },
  { label: "Absences of approvers", to: pb.absences() },
  { label: "Approval policies", to: pb.policies() },
  { label: "Approver groups", to: pb.groups() },
  { label: "Invoice tolerances", to: pb.tolerances() },
  { label: "Receipts", to: pb.receipts() },
  { label: "Shipping notices", to: pb.notices() },
  { label: "Discrepancies", to: pb.discrepancies() },
  { label: "New invoice", to: pb.invoiceNew() },
  { label: "Invoices", to: pb.invoices() },
  { label: "Returns to vendors", to: pb.vendorReturns() },
  { label: "Vendors", to: pb.vendors() },
  { label: "Vendors: how they deliver", to: pb.vendorScores() },
  { label: "Vendors: contacts", to: pb.vendorContacts() },
  { label: "Contracts", to: pb.contracts() },
  { label: "Calendar of contracts", to: pb.contractCalendar() },
  { label: "Budgets", to: pb.budgets() },
  { label: "Movements of stock", to: pb.movements() },
  { label: "Locations", to: pb.locations() },
  { label: "Catalogue: models", to: pb.models() },
  { label: "Catalogue: manufacturers", to: pb.manufacturers() },
  { label: "Ports", to: pb.ports() },
  { label: "Licence assignments", to: pb.assignments() },
  { label: "Spend", to: pb.spend() },
  { label: "Charge-back", to: pb.chargeBack() },
  { label: "Open commitments", to: pb.commitments() },
  { label: "Asset register", to: pb.report("asset-register") },
  { label: "People", to: pb.people() },
  { label: "Positions", to: pb.positions() },
  { label: "Unknown scans", to: pb.unknownScans() },
  { label: "Import a file", to: pb.imports() },
];

export function isCurrent(place: Place, path: string): boolean {
  if (place.to === "/") return path === "/";
  return [place.to, ...(place.also ?? [])].some((start) => path === start || path.startsWith(`${start}/`));
}
