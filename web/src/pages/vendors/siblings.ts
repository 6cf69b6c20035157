/** Vendors seen otherwise: how they deliver, whom one speaks to, where they are. */
import { pb } from "@/lib/paths";

export const vendorViews = [
  { label: "All vendors", to: pb.vendors() },
  { label: "How they deliver", to: pb.vendorScores() },
  { label: "Contacts", to: pb.vendorContacts() },
  { label: "Addresses", to: pb.vendorAddresses() },
];
