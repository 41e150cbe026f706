// Time zones by name. Temporal knows which exist; this file says which of its names a playbook may use and which one
// was probably meant.
import { Temporal } from "temporal-polyfill";
import { nearest } from "../model/nearest.ts";

/** The zone in its own spelling; null when there is none of that name, and for offsets and abbreviations, which know no summer time. */
export function zoneNamed(text: string): string | null {
  if (!/^(?:UTC|[A-Za-z_]{1,30}(?:\/[\w+-]{1,30}){1,2})$/i.test(text)) return null;
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(text).timeZoneId;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** By the city, so that a wrong or missing continent does no harm; null for none. */
export function nearestZone(text: string): string | null {
  const city = cityOf(text);
  const known = (citiesByInitial().get(initialOf(city)) ?? []).filter(({ name }) => Math.abs(name.length - city.length) <= LENGTH_DIFFERENCE_MAX);
  const names = known.map(({ name }) => name);
  const meant = nearest(city, names);
  return known.find(({ name }) => name === meant)?.zone ?? null;
}

/** A slip of the pen leaves out or doubles one letter; names that differ by more are not compared, which bounds the cost. */
const LENGTH_DIFFERENCE_MAX = 1;

type City = { readonly name: string; readonly zone: string };

function cityOf(zone: string): string {
  return zone.slice(zone.lastIndexOf("/") + 1);
}

function initialOf(city: string): string {
  return city.slice(0, 1).toLowerCase();
}

/** Made once: it takes longer than reading a playbook. */
let byInitial: ReadonlyMap<string, readonly City[]> | null = null;

function citiesByInitial(): ReadonlyMap<string, readonly City[]> {
  byInitial ??= Map.groupBy(
    [...Intl.supportedValuesOf("timeZone"), "UTC"].map((zone) => ({ name: cityOf(zone), zone })),
    ({ name }) => initialOf(name),
  );
  return byInitial;
}
