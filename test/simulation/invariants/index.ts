import { apart } from "./apart.ts";
import { authorised } from "./authorised.ts";
import { converges } from "./converges.ts";
import { gatesHeld } from "./gates-held.ts";
import { heard } from "./heard.ts";
import { increasing } from "./increasing.ts";
import type { Invariant } from "./invariant.ts";
import { noGuess } from "./no-guess.ts";
import { oneDispatch } from "./one-dispatch.ts";
import { onePullRequest } from "./one-pull-request.ts";
import { oneRelease } from "./one-release.ts";
import { oneTag } from "./one-tag.ts";
import { oneWriter } from "./one-writer.ts";
import { peopleSurvive } from "./people-survive.ts";
import { promotionOrder } from "./promotion-order.ts";
import { settled } from "./settled.ts";

/** In the order of the design. `settled` makes a look of its own: what judges the end of all looks comes after it. */
export const INVARIANTS: readonly Invariant[] = [
  oneTag, oneRelease, oneDispatch, gatesHeld, authorised, increasing, onePullRequest, peopleSurvive, noGuess, heard, oneWriter, apart, settled, promotionOrder, converges,
]; // prettier-ignore
