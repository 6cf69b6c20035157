/** Every route of the application; each page is its own chunk, loaded when it is first opened. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
  retainSearchParams,
} from "@tanstack/react-router";
import { AS_OF } from "@/lib/as-of";
import { NotFound } from "@/pages/NotFound";
import { Frame } from "./Frame";
import { PageFailure } from "./PageFailure";

const rootRoute = createRootRoute({
  component: Outlet,
  notFoundComponent: NotFound,
  errorComponent: PageFailure,
  validateSearch: (search: Record<string, unknown>) => search as Record<string, string | undefined>,
  search: { middlewares: [retainSearchParams([AS_OF])] },
});

const signIn = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sign-in",
  component: lazyRouteComponent(() => import("@/pages/sign-in/SignIn"), "SignIn"),
});

const frame = createRoute({ getParentRoute: () => rootRoute, id: "frame", component: Frame });

/** A page inside the frame. */
function page<M extends Record<string, unknown>>(
  path: string,
  load: () => Promise<M>,
  name: keyof M & string,
) {
  return createRoute({
    getParentRoute: () => frame,
    path,
    component: lazyRouteComponent(load as () => Promise<Record<string, React.ComponentType>>, name),
    errorComponent: PageFailure,
  });
}

const pages = [
  page("/", () => import("@/pages/home/Home"), "Home"),
  page("/scan", () => import("@/pages/scan/Scan"), "Scan"),
  page("/scan/unknown", () => import("@/pages/scan/UnknownScans"), "UnknownScans"),
  page("/orders", () => import("@/pages/orders/Orders"), "Orders"),
  page("/orders/new", () => import("@/pages/orders/OrderNew"), "OrderNew"),
  page("/orders/$code", () => import("@/pages/orders/Order"), "Order"),
  page("/orders/$code/edit", () => import("@/pages/orders/OrderEdit"), "OrderEdit"),
  page("/requests", () => import("@/pages/requisitions/Requests"), "Requests"),
  page("/requests/new", () => import("@/pages/requisitions/RequestNew"), "RequestNew"),
  page("/requests/to-order", () => import("@/pages/requisitions/ToOrder"), "ToOrder"),
  page("/requests/$code", () => import("@/pages/requisitions/Request"), "Request"),
  page("/requests/$code/edit", () => import("@/pages/requisitions/RequestEdit"), "RequestEdit"),
  page("/invoices", () => import("@/pages/invoices/Invoices"), "Invoices"),
  page("/invoices/new", () => import("@/pages/invoices/InvoiceNew"), "InvoiceNew"),
  page("/invoices/$code", () => import("@/pages/invoices/Invoice"), "Invoice"),
  page("/returns", () => import("@/pages/invoices/Returns"), "Returns"),
  page("/returns/$code", () => import("@/pages/invoices/Return"), "Return"),
  page("/quotes", () => import("@/pages/quotes/Quotes"), "Quotes"),
  page("/quotes/new", () => import("@/pages/quotes/QuoteNew"), "QuoteNew"),
  page("/quotes/answers", () => import("@/pages/quotes/Answers"), "Answers"),
  page("/quotes/$code", () => import("@/pages/quotes/Quote"), "Quote"),
  page("/quotes/$code/edit", () => import("@/pages/quotes/QuoteEdit"), "QuoteEdit"),
  page("/approvals", () => import("@/pages/orders/Approvals"), "Approvals"),
  page("/approvals/policies", () => import("@/pages/setup/Policies"), "Policies"),
  page("/approvals/policies/new", () => import("@/pages/setup/PolicyNew"), "PolicyNew"),
  page("/approvals/policies/$code", () => import("@/pages/setup/Policy"), "Policy"),
  page("/approvals/groups", () => import("@/pages/setup/Groups"), "Groups"),
  page("/approvals/absences", () => import("@/pages/setup/Absences"), "Absences"),
  page("/invoices/tolerances", () => import("@/pages/setup/Tolerances"), "Tolerances"),
  page("/receipts", () => import("@/pages/orders/Receipts"), "Receipts"),
  page("/shipping-notices", () => import("@/pages/dock/Notices"), "Notices"),
  page("/shipping-notices/new", () => import("@/pages/dock/NoticeNew"), "NoticeNew"),
  page("/shipping-notices/$code", () => import("@/pages/dock/Notice"), "Notice"),
  page("/discrepancies", () => import("@/pages/dock/Discrepancies"), "Discrepancies"),
  page("/discrepancies/$code", () => import("@/pages/dock/Discrepancy"), "Discrepancy"),
  page("/budgets", () => import("@/pages/orders/Budgets"), "Budgets"),
  page("/budgets/$code", () => import("@/pages/orders/Budget"), "Budget"),
  page("/vendors", () => import("@/pages/vendors/Vendors"), "Vendors"),
  page("/vendor-scores", () => import("@/pages/vendors/Scores"), "Scores"),
  page("/vendor-contacts", () => import("@/pages/vendors/Contacts"), "Contacts"),
  page("/vendor-addresses", () => import("@/pages/vendors/Contacts"), "Addresses"),
  page("/vendors/$code", () => import("@/pages/vendors/Vendor"), "Vendor"),
  page("/contracts", () => import("@/pages/contracts/Contracts"), "Contracts"),
  page("/contracts/calendar", () => import("@/pages/contracts/Calendar"), "Calendar"),
  page("/contracts/$code", () => import("@/pages/contracts/Contract"), "Contract"),
  page("/stock", () => import("@/pages/stock/Stock"), "Stock"),
  page("/stock/movements", () => import("@/pages/stock/Movements"), "Movements"),
  page("/locations", () => import("@/pages/locations/Locations"), "Locations"),
  page("/locations/$code", () => import("@/pages/locations/Location"), "Location"),
  page("/assets", () => import("@/pages/assets/Assets"), "Assets"),
  page("/assets/$code", () => import("@/pages/assets/Asset"), "Asset"),
  page("/catalogue", () => import("@/pages/catalogue/Models"), "Models"),
  page("/catalogue/manufacturers", () => import("@/pages/catalogue/Manufacturers"), "Manufacturers"),
  page("/catalogue/$code", () => import("@/pages/catalogue/Model"), "Model"),
  page("/racks", () => import("@/pages/racks/Racks"), "Racks"),
  page("/racks/$code", () => import("@/pages/racks/Rack"), "Rack"),
  page("/network", () => import("@/pages/network/Cables"), "Cables"),
  page("/network/ports", () => import("@/pages/network/Ports"), "Ports"),
  page("/network/trace/$code", () => import("@/pages/network/Trace"), "Trace"),
  page("/licences", () => import("@/pages/licences/Licences"), "Licences"),
  page("/licences/assignments", () => import("@/pages/licences/Assignments"), "Assignments"),
  page("/licences/$code", () => import("@/pages/licences/Licence"), "Licence"),
  page("/reports", () => import("@/pages/reports/Reports"), "Reports"),
  page("/reports/spend", () => import("@/pages/reports/Spend"), "Spend"),
  page("/reports/spend/lines", () => import("@/pages/reports/Lines"), "SpendLines"),
  page("/reports/charge-back", () => import("@/pages/reports/ChargeBack"), "ChargeBack"),
  page("/reports/commitments", () => import("@/pages/reports/Commitments"), "Commitments"),
  page("/reports/commitments/lines", () => import("@/pages/reports/Lines"), "CommitmentLines"),
  page("/reports/$code", () => import("@/pages/reports/Report"), "Report"),
  page("/ledger", () => import("@/pages/ledger/Ledger"), "Ledger"),
  page("/ledger/$code", () => import("@/pages/ledger/LedgerEvent"), "LedgerEvent"),
  page("/organisation", () => import("@/pages/organisation/Organisation"), "Organisation"),
  page("/organisation/$code", () => import("@/pages/organisation/Team"), "Team"),
  page("/people", () => import("@/pages/organisation/People"), "People"),
  page("/positions", () => import("@/pages/organisation/Positions"), "Positions"),
  page("/imports", () => import("@/pages/imports/Imports"), "Imports"),
  page("/imports/$code", () => import("@/pages/imports/Imports"), "Imports"),
  page("/$", () => import("@/pages/NotFound"), "NotFound"),
  page("/settings", () => import("@/pages/settings/Settings"), "Settings"),
];

const register = createRoute({
  getParentRoute: () => rootRoute,
  path: "/asset-register",
  beforeLoad: () => {
    throw redirect({ to: "/reports/$code", params: { code: "asset-register" } });
  },
});

export const router = createRouter({
  routeTree: rootRoute.addChildren([signIn, register, frame.addChildren(pages)]),
  defaultPreload: "intent",
  defaultPreloadStaleTime: 0,
  scrollRestoration: true,
  // Search stays plain text (`?status=ready`), so that addresses can be read and written by people.
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const params = new URLSearchParams();
    for (const [name, value] of Object.entries(search)) {
      if (value !== undefined && value !== null && value !== "") params.set(name, String(value));
    }
    const text = params.toString();
    return text ? `?${text}` : "";
  },
});
