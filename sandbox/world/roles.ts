// Roles in their order.
import type { Permission } from "./types.ts";

const RANKS: Readonly<Record<Permission, number>> = { none: 0, read: 1, triage: 2, write: 3, maintain: 4, admin: 5 };

export const isAtLeast = (role: Permission, wanted: Permission): boolean => RANKS[role] >= RANKS[wanted];
