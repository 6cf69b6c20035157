/** The size of a file as a person says it. */
export const fileSize = (bytes: number): string =>
  bytes < 1024
    ? `${bytes} B`
    : bytes < 1048576
      ? `${Math.ceil(bytes / 1024)} kB`
      : `${(bytes / 1048576).toFixed(1)} MB`;
