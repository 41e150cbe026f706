// A length of time as people say it.
import type { Words } from "../../model/plan.ts";

/** `12 s`, `3 min 12 s`, `2 h 5 min`, `1 day 3 h`: the two largest parts. Below a second: `under a second`. */
export function sayTook(tookMs: number): Words {
  const seconds = Math.floor(Math.max(0, tookMs) / 1000);
  if (seconds === 0) return "under a second";
  const parts = [
    { count: Math.floor(seconds / 86_400), unit: "day" },
    { count: Math.floor(seconds / 3600) % 24, unit: "h" },
    { count: Math.floor(seconds / 60) % 60, unit: "min" },
    { count: seconds % 60, unit: "s" },
  ];
  const first = parts.findIndex(({ count }) => count > 0);
  return parts
    .slice(first, first + 2)
    .filter(({ count }) => count > 0)
    .map(({ count, unit }) => `${String(count)} ${unit === "day" && count > 1 ? "days" : unit}`)
    .join(" ");
}
