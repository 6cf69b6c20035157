/** A small line of the last values; decoration for the figure beside it, so hidden from screen readers. */
export function Sparkline({
  values,
  width = 120,
  height = 28,
}: {
  values: number[];
  width?: number;
  height?: number;
}) {
  if (values.length < 2) return null;
  const low = Math.min(...values);
  const span = Math.max(...values) - low || 1;
  const points = values.map((value, index) => {
    const x = 2 + (index / (values.length - 1)) * (width - 6);
    const y = height - 3 - ((value - low) / span) * (height - 6);
    return [x, y] as const;
  });
  const last = points[points.length - 1]!;
  return (
    <svg
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      aria-hidden="true"
      style={{ display: "block", maxWidth: "100%" }}
    >
      <polyline
        points={points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ")}
        fill="none"
        stroke="var(--qm-ink-3)"
        strokeWidth="1.25"
        strokeLinejoin="round"
      />
      <circle cx={last[0]} cy={last[1]} r="2.25" fill="var(--qm-ink)" />
    </svg>
  );
}
