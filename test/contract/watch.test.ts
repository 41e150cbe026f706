import { expect, it } from "@jest/globals";
import type { StandIn } from "../../sandbox/stand-in.ts";
import { watchContract } from "./watch.ts";

type Observer = Parameters<StandIn["observe"]>[0];
/** A stand-in of which a test says what it was seen doing. */
function seen(): { standIn: Pick<StandIn, "observe">; observer: Required<Observer> } {
  const observer: Observer[] = [];
  const standIn = { observe: (one: Observer) => void observer.push(one) };
  return { standIn, observer: new Proxy({} as Required<Observer>, { get: (_, name) => observer[0]?.[name as keyof Observer] }) };
}

it("says each different complaint once, with how often it was heard", () => {
  const { standIn, observer } = seen();
  const contract = watchContract(standIn);
  for (const path of ["/api/v3/nowhere", "/api/v3/nowhere", "/api/v3/elsewhere"])
    observer.exchange({ method: "GET", path, body: null }, { status: 404, body: { message: "Not Found" } });
  observer.webhook("nothing", null, {});

  expect(contract.complaints()).toEqual([
    "GET /nowhere: GitHub has no such route (2 times)",
    "GET /elsewhere: GitHub has no such route",
    "webhook nothing: GitHub has no such webhook",
  ]);
  expect(contract.counts()).toEqual({ exchanges: 3, webhooks: 1 });
});

it("has nothing to say about git and pages", () => {
  const { standIn, observer } = seen();
  const contract = watchContract(standIn);
  observer.exchange({ method: "GET", path: "/o/r.git/info/refs?service=git-upload-pack", body: null }, { status: 200, body: "" });
  expect(contract.complaints()).toEqual([]);
  expect(contract.counts()).toEqual({ exchanges: 0, webhooks: 0 });
});
