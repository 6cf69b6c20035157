/** The one place that knows the addresses of pages. No page writes a URL by hand. */

const seg = (value: string) => encodeURIComponent(value);

export const pb = {
  home: () => "/",
  signIn: () => "/sign-in",
  scan: () => "/scan",
  orders: () => "/orders",
  orderNew: () => "/orders/new",
  order: (code: string) => `/orders/${seg(code)}`,
  orderEdit: (code: string) => `/orders/${seg(code)}/edit`,
  requests: () => "/requests",
  requestsToOrder: () => "/requests/to-order",
  requestNew: () => "/requests/new",
  request: (code: string) => `/requests/${seg(code)}`,
  requestEdit: (code: string) => `/requests/${seg(code)}/edit`,
  receipts: () => "/receipts",
  notices: () => "/shipping-notices",
  noticeNew: () => "/shipping-notices/new",
  notice: (code: string) => `/shipping-notices/${seg(code)}`,
  discrepancies: () => "/discrepancies",
  discrepancy: (code: string) => `/discrepancies/${seg(code)}`,
  invoices: () => "/invoices",
  invoiceNew: () => "/invoices/new",
  invoice: (code: string) => `/invoices/${seg(code)}`,
  vendorReturns: () => "/returns",
  vendorReturn: (code: string) => `/returns/${seg(code)}`,
  vendors: () => "/vendors",
  vendor: (code: string) => `/vendors/${seg(code)}`,
  budgets: () => "/budgets",
  contracts: () => "/contracts",
  contract: (code: string) => `/contracts/${seg(code)}`,
  contractCalendar: () => "/contracts/calendar",
  stock: () => "/stock",
  movements: () => "/stock/movements",
  locations: () => "/locations",
  location: (code: string) => `/locations/${seg(code)}`,
  assets: () => "/assets",
  asset: (code: string) => `/assets/${seg(code)}`,
  models: () => "/catalogue",
  model: (code: string) => `/catalogue/${seg(code)}`,
  manufacturers: () => "/catalogue/manufacturers",
  racks: () => "/racks",
  rack: (code: string) => `/racks/${seg(code)}`,
  network: () => "/network",
  ports: () => "/network/ports",
  trace: (portId: string) => `/network/trace/${seg(portId)}`,
  licences: () => "/licences",
  entitlement: (code: string) => `/licences/${seg(code)}`,
  assignments: () => "/licences/assignments",
  reports: () => "/reports",
  report: (name: string) => `/reports/${seg(name)}`,
  ledger: () => "/ledger",
  event: (id: string) => `/ledger/${seg(id)}`,
  organisation: () => "/organisation",
  team: (code: string) => `/organisation/${seg(code)}`,
  people: () => "/people",
  positions: () => "/positions",
  unknownScans: () => "/scan/unknown",
  imports: () => "/imports",
  importOf: (subject: string) => `/imports/${seg(subject)}`,
  settings: () => "/settings",
};

const byList: Record<string, () => string> = {
  vendors: pb.vendors,
  people: pb.people,
  locations: pb.locations,
  racks: pb.racks,
  models: pb.models,
  assets: pb.assets,
  stock: pb.stock,
  cables: pb.network,
};

/** The page of a list, by the list's name as the server writes it. */
export const listPath = (name: string): string => byList[name]?.() ?? pb.home();

type RecordPath = (code: string) => string;

/** Where a record of a kind opens, by the kind's name as the server writes it. */
const byKind: Record<string, RecordPath> = {
  asset: pb.asset,
  purchase_order: pb.order,
  order: pb.order,
  purchase_order_line: pb.order,
  requisition: pb.request,
  requisition_line: pb.request,
  invoice: pb.invoice,
  invoice_line: pb.invoice,
  vendor_return: pb.vendorReturn,
  vendor: pb.vendor,
  contract: pb.contract,
  shipping_notice: pb.notice,
  discrepancy: pb.discrepancy,
  model: pb.model,
  software: pb.model,
  location: pb.location,
  site: pb.location,
  warehouse: pb.location,
  bin: pb.location,
  room: pb.location,
  rack: pb.rack,
  port: pb.trace,
  entitlement: pb.entitlement,
  team: pb.team,
  event: pb.event,
  unknown_scan: () => pb.unknownScans(),
  stock: () => pb.stock(),
};

/** The page of a record, or null for a kind that has no page of its own. */
export function recordPath(kind: string | null | undefined, code: string | null | undefined): string | null {
  if (!kind || !code) return null;
  return byKind[kind]?.(code) ?? null;
}
