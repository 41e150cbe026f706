import { expect, test } from "@jest/globals";
import { schema } from "./schema.ts";

async function run(...words: readonly string[]) {
  const written: string[] = [];
  const code = await schema(words, { write: (text) => void written.push(text), warn: () => undefined, hasColor: true, progress: () => undefined });
  return { code, written: written.join("") };
}

test("prints a JSON Schema that explains keys to editors", async () => {
  const { code, written } = await run();
  expect(code).toBe(0);
  expect(written.endsWith("}\n")).toBe(true);
  expect(JSON.parse(written)).toMatchObject({
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: "urn:release-steward:playbook:1",
    title: "Release Steward playbook",
    required: ["schema", "components"],
    additionalProperties: false,
    properties: { versioning: { properties: { scheme: { enum: ["semver", "calver"], default: "semver", description: expect.stringContaining("SemVer") } } } },
  });
});

test("tells how an editor uses it", async () => {
  expect((await run("--help")).written).toContain("yaml-language-server");
});
