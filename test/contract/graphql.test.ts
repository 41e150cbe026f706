import { describe, expect, it } from "@jest/globals";
import { checkExchange } from "./openapi.ts";

const HEAD = `query Head($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) { id, ref(qualifiedName: "main") { target { oid, ... on Commit { message, author { date } } } } }
}`;
const here = { owner: "o", name: "r" };
const head = { repository: { id: "R_1", ref: { target: { oid: "6dcb09b", message: "feat: a", author: { date: "2026-01-01T00:00:00Z" } } } } };
const ask = (query: string, variables: unknown, answer: unknown, status = 200) =>
  checkExchange({ method: "POST", path: "/api/graphql", body: { query, variables } }, { status, body: answer });

describe("accepts", () => {
  it("a valid document and its data, whichever types stand behind an interface", () => {
    expect(ask(HEAD, here, { data: head })).toEqual([]);
    const search = `{ node(id: "x") { id, ... on Issue { number, title }, ... on PullRequest { merged } } }`;
    expect(ask(search, {}, { data: { node: { id: "x", number: 1, title: "t" } } })).toEqual([]);
    expect(ask(search, {}, { data: { node: { id: "x", merged: true } } })).toEqual([]);
    expect(ask(search, {}, { data: { node: null } })).toEqual([]);
  });

  it("errors beside the data, and a refusal", () => {
    const missing = { type: "NOT_FOUND", path: ["repository"], locations: [{ line: 2, column: 3 }], message: "Could not resolve to a Repository" };
    expect(ask(HEAD, here, { data: { repository: null }, errors: [missing] })).toEqual([]);
    expect(ask(HEAD, here, { message: "Bad credentials" }, 401)).toEqual([]);
  });

  it("a mutation with an input object", () => {
    const query = "mutation($input: UpdateRefsInput!) { updateRefs(input: $input) { clientMutationId } }";
    const input = { repositoryId: "R_1", refUpdates: [{ name: "refs/heads/a", afterOid: "6dcb09b5b57875f334f61aebed695e2e4193db5e", force: true }] };
    expect(ask(query, { input }, { data: { updateRefs: { clientMutationId: null } } })).toEqual([]);
  });
});

describe("complains about a request", () => {
  it("that does not parse, or asks for a field that GitHub does not have", () => {
    expect(ask("query {", {}, { errors: [{ message: "x" }] })).toEqual([expect.stringContaining("Syntax Error")]);
    expect(ask("query Who { viewer { userName } }", {}, { errors: [{ message: "x" }] })).toEqual([
      expect.stringMatching(/^graphql Who: Cannot query field "userName"/),
    ]);
  });

  it("that lacks a variable, sends one too many or one of a wrong type", () => {
    expect(ask(HEAD, { owner: "o" }, { data: head })).toEqual(['graphql Head: Variable "$name" of required type "String!" was not provided.']);
    expect(ask(HEAD, { ...here, branch: "main" }, { data: head })).toEqual(["graphql Head: variable $branch is sent, but not declared"]);
    expect(ask(HEAD, { ...here, owner: 3 }, { data: head })).toEqual([expect.stringContaining('Variable "$owner" got invalid value 3')]);
  });

  it("that leaves out a part of an input, or names a value that an enum lacks", () => {
    const query = "mutation React($input: AddReactionInput!) { addReaction(input: $input) { clientMutationId } }";
    expect(ask(query, { input: { content: "EYES" } }, { data: { addReaction: null } })).toEqual([
      expect.stringContaining('Field "subjectId" of required type "ID!" was not provided'),
    ]);
    expect(ask(query, { input: { subjectId: "x", content: "eyes" } }, { data: { addReaction: null } })).toEqual([
      expect.stringContaining('Value "eyes" does not exist in "ReactionContent" enum'),
    ]);
  });

  it("that holds no document", () => {
    expect(ask(undefined as unknown as string, {}, { data: null })).toEqual(["graphql: request body: /query is missing"]);
  });
});

describe("complains about an answer", () => {
  it("that lacks a field, has one too many or null where GitHub never has", () => {
    expect(ask(HEAD, here, { data: { repository: { id: "R_1" } } })).toEqual(["graphql Head 200: data.repository.ref: is missing"]);
    expect(ask(HEAD, here, { data: { repository: { ...head.repository, name: "r" } } })).toEqual(["graphql Head 200: data.repository.name: was not asked for"]);
    expect(ask(HEAD, here, { data: { repository: { ...head.repository, id: null } } })).toEqual([
      expect.stringContaining("data.repository.id: Cannot return null for non-nullable field Repository.id"),
    ]);
  });

  it("with a value that is not of its type", () => {
    const numbers = '{ repository(owner: "o", name: "r") { issues { totalCount, nodes { state } } } }';
    expect(ask(numbers, {}, { data: { repository: { issues: { totalCount: "three", nodes: [] } } } })).toEqual([
      expect.stringContaining("Int cannot represent non-integer value"),
    ]);
    expect(ask(numbers, {}, { data: { repository: { issues: { totalCount: 1, nodes: [{ state: "merged" }] } } } })).toEqual([
      expect.stringContaining('data.repository.issues.nodes[*].state: Enum "IssueState" cannot represent value: "merged"'),
    ]);
  });

  it("whose errors or envelope are not in GitHub's shape", () => {
    expect(ask(HEAD, here, { data: null, errors: ["no"] })).toEqual(['graphql Head 200: /errors/* must be object, found "no"']);
    expect(ask(HEAD, here, { data: null, errors: [{ type: "NOT_FOUND" }] })).toEqual(["graphql Head 200: /errors/* must have required property 'message'"]);
    expect(ask(HEAD, here, {})).toHaveLength(2);
  });
});
