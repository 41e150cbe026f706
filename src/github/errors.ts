import { Transient } from "../model/errors.ts";

/** GitHub gave up on a query (502, 504, time-out): the same question in smaller pages may pass. */
export class TooMuchAtOnce extends Transient {}
