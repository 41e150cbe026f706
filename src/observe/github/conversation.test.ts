import { describe, expect, it } from "@jest/globals";
import type { GitHub } from "../../github/types.ts";
import { TooMuchAtOnce } from "../../github/types.ts";
import { Refused, Transient } from "../../model/errors.ts";
import { openConversation } from "./conversation.ts";
import { textAt } from "./fields.ts";
import type { Question } from "./question.ts";

type Sent = { readonly text: string; readonly variables: Readonly<Record<string, unknown>> };

/** Answers every field with the variable that it was asked with. */
function echo(accepts: (sent: Sent) => boolean = () => true) {
  const sent: Sent[] = [];
  const github: GitHub = {
    async graphql(text, variables) {
      sent.push({ text, variables });
      if (!accepts({ text, variables })) throw new TooMuchAtOnce("too much");
      const fields = [...text.matchAll(/(q\d+_\w+): ref\(name: \$(v\d+)/g)].map(([, alias, name]) => [alias, variables[name!]]);
      return { ...Object.fromEntries(fields), repository: Object.fromEntries(fields) };
    },
    rest: () => Promise.reject(new Error("not asked for")),
  };
  return { sent, open: () => openConversation(github, { repository: "R_1", app: 7 }) };
}

function question(name: string, { again = false, weight = 1 } = {}): Question<string> {
  return {
    key: name,
    fields: (bind) => ({ ref: `ref(name: ${bind("String!", name)}, first: $page)` }),
    fragments: ["fragment Whole on Ref { name }"],
    weight,
    read: (answer) => textAt(answer, "ref"),
    again: again ? () => question(name, { again, weight }) : null,
  };
}

/** Refuses what is asked with such a name, at the path that the schema would lead to. */
function refusing(isTorn: boolean) {
  const sent: Sent[] = [];
  const github: GitHub = {
    async graphql(text, variables, options) {
      sent.push({ text, variables });
      const fields = [...text.matchAll(/(q\d+_\w+): ref\(name: \$(v\d+)/g)].map(([, alias = "", name = ""]) => [alias, variables[name]] as const);
      const refused = fields.filter(([, value]) => String(value).startsWith("secret"));
      for (const [alias] of refused)
        options?.onRefused?.(["repository", alias, "nodes", "0"], new Refused("query", "Resource not accessible by integration", null));
      if (isTorn && refused.length > 0) return { repository: null };
      return { repository: Object.fromEntries(fields.map(([alias, value]) => [alias, refused.some(([one]) => one === alias) ? null : value])) };
    },
    rest: () => Promise.reject(new Error("not asked for")),
  };
  return { sent, ...openConversation(github, { repository: "R_1", app: 7 }) };
}

describe("a conversation", () => {
  it("sends what is asked at the same time in one document, and the same question once", async () => {
    const { sent, open } = echo();
    const { ask } = open();
    expect(await Promise.all([ask(question("a")), ask(question("b")), ask(question("a"))])).toEqual(["a", "b", "a"]);
    expect(await ask(question("b"))).toBe("b");
    expect(sent).toHaveLength(1);
    expect(sent[0]!.variables).toEqual({ repository: "R_1", page: 100, v0: "a", v1: "b" });
    expect(sent[0]!.text.match(/fragment Whole/g)).toHaveLength(1);
  });

  it("lets no name of somebody else into the text", async () => {
    const { sent, open } = echo();
    const hostile = `x") { id } viewer { login } #`;
    expect(await open().ask(question(hostile))).toBe(hostile);
    expect(sent[0]!.text).not.toContain("viewer");
  });

  it("asks in smaller pages and fewer at a time when GitHub gives up", async () => {
    const { sent, open } = echo(({ variables }) => Number(variables["page"]) <= 25);
    const { ask } = open();
    expect(await Promise.all(["a", "b", "c"].map((name) => ask(question(name))))).toEqual(["a", "b", "c"]);
    expect(sent.map(({ variables }) => variables["page"])).toEqual([100, 50, 50, 25, 25, 25]);
  });

  it("fails for good, to be tried later, when pages of five are too much", async () => {
    const { sent, open } = echo(() => false);
    await expect(open().ask(question("a"))).rejects.toThrow(Transient);
    expect(sent.map(({ variables }) => variables["page"])).toEqual([100, 50, 25, 12, 6, 5]);
  });

  it("parts a document that would be too heavy", async () => {
    const { sent, open } = echo();
    const { ask } = open();
    await Promise.all(["a", "b", "c"].map((name) => ask(question(name, { weight: 140_000 }))));
    expect(sent.map(({ variables }) => [variables["v0"], variables["v1"]])).toEqual([
      ["a", "b"],
      ["c", undefined],
    ]);
  });

  it("answers what was asked ahead without a request, and asks ahead next time only what was needed", async () => {
    const { sent, open } = echo();
    const { ask, hope, again } = open();
    for (const name of ["a", "b"]) hope(question(name, { again: true }));
    await ask(question("look"));
    expect(await ask(question("a", { again: true }))).toBe("a");
    expect(sent).toHaveLength(1);
    expect(again().map(({ key }) => key)).toEqual(["a"]);
  });

  it("does not ask ahead what would make a second document", async () => {
    const { sent, open } = echo();
    const { ask, hope } = open();
    for (const name of ["a", "b"]) hope(question(name, { weight: 150_000 }));
    await ask(question("look", { weight: 1000 }));
    expect(sent.map(({ variables }) => [variables["v0"], variables["v1"], variables["v2"]])).toEqual([["a", "look", undefined]]);
  });

  it("says which field is not what it should be", async () => {
    const { open } = echo();
    await expect(open().ask({ ...question("a"), read: (answer) => textAt(answer, "oid") })).rejects.toThrow("`oid` is not a text");
    await expect(open().ask({ ...question("a"), fields: () => ({ owner: "owner { login }" }) })).rejects.toThrow("`q0_owner` is not an object");
  });

  it("asks for a node beside the repository, or without it", async () => {
    const { sent, open } = echo();
    const atRoot = { ...question("c"), isAtRoot: true };
    const { ask } = open();
    expect(await Promise.all([ask(question("a")), ask(atRoot)])).toEqual(["a", "c"]);
    expect(await ask({ ...atRoot, key: "d" })).toBe("c");
    expect(sent[1]!.text).toMatch(/^query Observe\(\$v0: String!, \$page: Int!\) \{\nq0_ref: ref/);
  });
});

describe("a question that GitHub refuses", () => {
  it.each([
    ["is null", false, 1],
    ["may not be null, so that it takes all others along", true, 2],
  ])("fails alone where what is refused %s", async (_, isTorn, documents) => {
    const { ask, sent } = refusing(isTorn);
    const [a, secret, b] = await Promise.allSettled([ask(question("a")), ask(question("secret")), ask(question("b"))]);
    expect([a, b]).toEqual([
      { status: "fulfilled", value: "a" },
      { status: "fulfilled", value: "b" },
    ]);
    expect(secret).toMatchObject({ status: "rejected", reason: { constructor: Refused } });
    expect(sent).toHaveLength(documents);
  });

  it("fails in silence where it was only hoped for", async () => {
    const { ask, hope } = refusing(false);
    hope(question("secret"));
    expect(await ask(question("a"))).toBe("a");
  });

  it("fails all where the refusal belongs to none of them", async () => {
    const error = new Refused("query", "no", null);
    const github: GitHub = {
      graphql: async (_text, _variables, options) => {
        options?.onRefused?.(["repository"], error);
        return { repository: null };
      },
      rest: () => Promise.reject(new Error("not asked for")),
    };
    await expect(openConversation(github, { repository: "R_1", app: 7 }).ask(question("a"))).rejects.toBe(error);
  });
});
