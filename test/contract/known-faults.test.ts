import { expect, it } from "@jest/globals";
import { KNOWN_FAULTS, withoutKnownFaults } from "./known-faults.ts";

const place = "POST /repos/{owner}/{repo}/pulls 422";
const forgiven = { place, what: '/ has the undeclared key "status"' };

it("forgives what is listed, there and nowhere else", () => {
  const elsewhere = { ...forgiven, place: "POST /repos/{owner}/{repo}/pulls 201" };
  const other = { place, what: '/ has the undeclared key "state"' };
  expect(withoutKnownFaults([forgiven, elsewhere, other])).toEqual([`${elsewhere.place}: ${elsewhere.what}`, `${other.place}: ${other.what}`]);
});

it("has a reason for each", () => {
  expect(KNOWN_FAULTS.filter(({ reason }) => reason.length < 40)).toEqual([]);
});
