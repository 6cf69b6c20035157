/** Addresses as people type or paste them: apart by commas, semicolons, blanks or lines. */
export const addressesOf = (typed: string): string[] => typed.split(/[\s,;]+/).filter((one) => one !== "");
