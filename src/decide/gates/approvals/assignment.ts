// Which person fills which place, when each place needs a person of its own: a maximum matching by augmenting paths.

/** A place that one person fills, and who may. */
export type Slot = { readonly id: string; readonly fits: (login: string) => boolean };

/**
 * As many slots filled as can be, each by another person. A slot that an earlier choice can leave filled stays filled, so
 * earlier slots come first; among people, those named earlier. Takes slots x people x slots steps at most.
 * @param people each login once
 * @returns login by id of the slot; slots that nobody is left for are absent
 */
export function assign(slots: readonly Slot[], people: readonly string[]): ReadonlyMap<string, string> {
  const holder = new Map<string, Slot>();
  const place = (slot: Slot, asked: Set<string>): boolean => {
    for (const login of people) {
      if (asked.has(login) || !slot.fits(login)) continue;
      asked.add(login);
      const held = holder.get(login);
      if (held === undefined || place(held, asked)) {
        holder.set(login, slot);
        return true;
      }
    }
    return false;
  };
  for (const slot of slots) place(slot, new Set());
  return new Map([...holder].map(([login, { id }]) => [id, login]));
}
