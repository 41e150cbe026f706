import { describe, expect, it } from "@jest/globals";
import { bounded } from "./bounded.ts";

describe("bounded", () => {
  it("drops what was used longest ago, and only as much as has to go", () => {
    const kept = bounded<string>(12, (value) => value.length);
    for (const key of ["a", "b", "c"]) kept.set(key, "333");
    kept.get("a");
    kept.set("d", "333");
    expect(["a", "b", "c", "d"].map((key) => kept.get(key))).toEqual(["333", undefined, "333", "333"]);
  });

  it("counts a value that is replaced once, and forgets what is deleted", () => {
    const kept = bounded<string>(12, (value) => value.length);
    for (const value of ["1", "22", "333"]) kept.set("a", value);
    for (const key of ["b", "c"]) kept.set(key, "333");
    expect(kept.get("a")).toBe("333");
    kept.delete("b");
    kept.set("d", "333");
    expect(["a", "b", "c", "d"].map((key) => kept.get(key))).toEqual(["333", undefined, "333", "333"]);
  });

  it("does not keep what is larger than everything it may keep", () => {
    const kept = bounded<string>(4, (value) => value.length);
    kept.set("a", "1".repeat(10));
    expect(kept.get("a")).toBeUndefined();
  });
});
