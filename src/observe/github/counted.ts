// Lists of REST that come in numbered pages and say how many elements there are: all of them, or an error.
import { Refused, Transient } from "../../model/errors.ts";
import { type Fields, fieldsOf, listAt, numberAt } from "./fields.ts";

/** The most that GitHub gives. */
export const REST_PAGE = 100;

/**
 * @param list the field of the answer that holds the elements: they have a number, `id`
 * @param most more than that are refused: GitHub hands out no more of some lists, or nobody could use them
 * @throws Transient when the list changed while it was read
 */
export async function readCounted(
  { what, list, most = Infinity }: { readonly what: string; readonly list: string; readonly most?: number },
  page: (number: number) => Promise<unknown>,
): Promise<readonly Fields[]> {
  const found = new Map<number, Fields>();
  let total = Infinity;
  for (let number = 1; found.size < total; number += 1) {
    const answer = fieldsOf(await page(number), what);
    total = numberAt(answer, "total_count");
    if (total > most) throw new Refused(what, `there are ${String(total)} ${what}, and no more than ${String(most)} are read`, null);
    const elements = listAt(answer, list);
    for (const element of elements) found.set(numberAt(element, "id"), element);
    if (elements.length === 0 && found.size < total) throw new Transient(`The ${what} changed while they were read.`);
  }
  return [...found.values()];
}
