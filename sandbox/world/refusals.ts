// The refusals that several operations share, worded as GitHub words them.
import { ApiError } from "./types.ts";

/** 422 for one field. `code` is one of GitHub's: missing, invalid, already_exists, custom ... */
export const invalid = (resource: string, field: string, code: string, message: string | null = null): ApiError =>
  new ApiError(422, "Validation Failed", [{ resource, field, code, ...(message === null ? {} : { message }) }]);

/** @throws ApiError 422 when the text is longer than GitHub takes, counted as it counts: in code points */
export const requireLength = (resource: string, field: string, text: string | null, limit: number): void => {
  if (text === null || text.length <= limit) return;
  const length = Array.from(text).length;
  if (length > limit) throw invalid(resource, field, "custom", `${field} is too long (maximum is ${limit} characters)`);
};

/** Longest body of issues, pull requests and comments. */
export const BODY_LIMIT = 65_536;
export const RELEASE_BODY_LIMIT = 125_000;
/** Longest summary and longest text of a check run. */
export const CHECK_TEXT_LIMIT = 65_535;
