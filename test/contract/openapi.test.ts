import { describe, expect, it } from "@jest/globals";
import { readRestDescription } from "./description.ts";
import { checkExchange, routeOf } from "./openapi.ts";

const github = readRestDescription() as { components: { examples: Record<string, { value: object }> } };
/** What GitHub prints in its documentation as an answer: a copy that a test may spoil. */
const example = (name: string): Record<string, unknown> => structuredClone(github.components.examples[name]!.value) as Record<string, unknown>;

const get = (path: string, body: unknown, status = 200) => checkExchange({ method: "GET", path, body: null }, { status, body });
const open = (body: unknown, status = 422, answer: unknown = { message: "Validation Failed", documentation_url: "https://docs.github.com", status: "422" }) =>
  checkExchange({ method: "POST", path: "/api/v3/repos/o/r/pulls", body }, { status, body: answer });
const updateRun = (output: object) =>
  checkExchange({ method: "PATCH", path: "/repos/o/r/check-runs/1", body: { status: "in_progress", output } }, { status: 404, body: { message: "Not Found" } });

describe("accepts what GitHub accepts and answers", () => {
  it.each([
    ["/repos/o/r/releases/1", "release"],
    ["/repos/o/r/releases/latest", "release"],
    ["/repos/o/r/releases/tags/app/v1.0.0", "release"],
    ["/repos/o/r/releases?per_page=100&page=2", "release-items"],
    ["/repos/o/r/issues/3/comments?since=2026-01-01T00:00:00Z", "issue-comment-items"],
    ["/repos/o/r/compare/v1.0.0...main?per_page=1", "commit-comparison"],
    ["/repos/o/r/git/ref/heads/release/next", "git-ref"],
    ["/repos/o/r/commits/heads/release/next/check-runs?filter=all", "check-run-paginated"],
    ["/repos/o/r/contents/docs/guide/start.md?ref=main", "content-file"],
    ["/repositories/12/milestones?state=all", "milestone-items"],
    ["/api/v3/repos/o/r/git/trees/main?recursive=1", "git-tree"],
  ])("%s", (path, name) => {
    expect(get(path, example(name))).toEqual([]);
  });

  it("a request body with every kind of field, and GitHub's refusal of it", () => {
    expect(open({ title: "Release", head: "release", base: "main", body: "", draft: true })).toEqual([]);
  });

  it("an error that any route may give, described there or not", () => {
    expect(get("/repos/o/r/labels", { message: "Bad credentials", documentation_url: "https://docs.github.com", status: "401" }, 401)).toEqual([]);
  });

  it("a PUT without a body, and a success without content", () => {
    const merged = { sha: "6dcb09b5b57875f334f61aebed695e2e4193db5e", merged: true, message: "Pull Request successfully merged" };
    expect(checkExchange({ method: "PUT", path: "/repos/o/r/pulls/1/merge", body: null }, { status: 200, body: merged })).toEqual([]);
    expect(checkExchange({ method: "DELETE", path: "/repos/o/r/git/refs/heads/a/b", body: null }, { status: 204, body: null })).toEqual([]);
  });

  it("text where a media type asks for it", () => {
    expect(get("/repos/o/r/contents/README.md", "# Read me")).toEqual([]);
  });
});

describe("tells a route from its neighbours", () => {
  it.each([
    ["/repos/o/r/commits/main", "GET /repos/{owner}/{repo}/commits/{ref}"],
    ["/repos/o/r/commits/a/b/status", "GET /repos/{owner}/{repo}/commits/{ref}/status"],
    ["/repos/o/r/releases/latest", "GET /repos/{owner}/{repo}/releases/latest"],
    ["/repos/o/r/issues/comments/5", "GET /repos/{owner}/{repo}/issues/comments/{comment_id}"],
    ["/repositories/7", "GET /repos/{owner}/{repo}"],
    ["/repositories", "GET /repositories"],
    ["/repos/o/r/contents", "GET /repos/{owner}/{repo}/contents/{path}"],
    ["/repos/o/r/release", null],
  ])("%s", (path, template) => {
    expect(routeOf("GET", path)).toBe(template);
  });
});

describe("complains about a request", () => {
  const described = "POST /repos/{owner}/{repo}/pulls: request body: ";

  it("to a route or with a method that GitHub does not have", () => {
    expect(get("/repos/o/r/pull/1", {})).toEqual(["GET /repos/o/r/pull/1: GitHub has no such route"]);
    expect(checkExchange({ method: "PUT", path: "/repos/o/r/pulls/1", body: null }, { status: 200, body: {} })).toEqual([
      "PUT /repos/o/r/pulls/1: GitHub has no such route",
    ]);
  });

  it("with an unknown query parameter, or a wrong value of a known one", () => {
    expect(get("/repos/o/r/releases/latest?draft=true", example("release"))).toEqual([
      'GET /repos/{owner}/{repo}/releases/latest: unknown query parameter "draft"',
    ]);
    expect(get("/repos/o/r/pulls?state=merged&per_page=many", [])).toEqual([
      expect.stringContaining('query parameter "state" must be equal to one of the allowed values ["open","closed","all"], found "merged"'),
      expect.stringContaining('query parameter "per_page" must be integer'),
    ]);
  });

  it("with a wrong number in its path", () => {
    expect(get("/repos/o/r/releases/v1.0.0", example("release"))).toEqual([expect.stringContaining('path parameter "release_id" must be integer')]);
  });

  it("without a required field, with a wrong type, a wrong enum or a misspelled key", () => {
    expect(open({ title: "Release", head: "release" })).toEqual([`${described}/ must have required property 'base'`]);
    expect(open({ title: "Release", head: "release", base: "main", body: null })).toEqual([`${described}/body must be string, found null`]);
    expect(open({ title: "Release", head: "release", base: "main", isDraft: true })).toEqual([`${described}/ has the undeclared key "isDraft"`]);
    const react = { method: "POST", path: "/repos/o/r/issues/1/reactions", body: { content: "thumbsup" } };
    expect(checkExchange(react, { status: 422, body: { message: "Validation Failed", documentation_url: "" } })).toEqual([
      expect.stringContaining("/content must be equal to one of"),
    ]);
  });

  it("with a misspelled key that stands deep, or beside alternatives", () => {
    expect(updateRun({ title: "t", summary: "s" })).toEqual([]);
    expect(updateRun({ titel: "t", title: "t", summary: "s" })).toEqual([expect.stringContaining('/output has the undeclared key "titel"')]);
  });

  it("with a body that the route does not take", () => {
    const request = { method: "DELETE", path: "/repos/o/r/git/refs/heads/x", body: { force: true } };
    expect(checkExchange(request, { status: 204, body: null })).toEqual([expect.stringContaining("request body: is sent, but this route takes none")]);
  });
});

describe("complains about an answer", () => {
  const place = "GET /repos/{owner}/{repo}/releases/{release_id} 200: ";

  it("that lacks a field, has one of a wrong type, or one that GitHub does not have", () => {
    const { tag_name: _, ...tagless } = example("release");
    expect(get("/repos/o/r/releases/1", tagless)).toEqual([`${place}/ must have required property 'tag_name'`]);
    expect(get("/repos/o/r/releases/1", { ...example("release"), draft: "no" })).toEqual([`${place}/draft must be boolean, found "no"`]);
    expect(get("/repos/o/r/releases/1", { ...example("release"), isLatest: true })).toEqual([`${place}/ has the undeclared key "isLatest"`]);
  });

  it("that has null where GitHub never has, or a time that is none", () => {
    expect(get("/repos/o/r/releases/1", { ...example("release"), id: null })).toEqual([`${place}/id must be integer, found null`]);
    expect(get("/repos/o/r/releases/1", { ...example("release"), created_at: "yesterday" })).toEqual([
      `${place}/created_at must match format "date-time", found "yesterday"`,
    ]);
  });

  it("with a status that this route never gives", () => {
    expect(get("/repos/o/r/releases/1", example("release"), 201)).toEqual([
      "GET /repos/{owner}/{repo}/releases/{release_id} 201: this status is not described",
    ]);
  });

  it("with a body where none is described, or none where one is", () => {
    expect(checkExchange({ method: "DELETE", path: "/repos/o/r/releases/1", body: null }, { status: 204, body: {} })).toEqual([
      expect.stringContaining("has a body, but none is described"),
    ]);
    expect(get("/repos/o/r/releases/1", null)).toEqual([`${place}/ must be object, found null`]);
  });

  it("once for many elements of a list", () => {
    expect(get("/repos/o/r/labels", [{}, {}]).filter((complaint) => complaint.endsWith("'color'"))).toEqual([
      expect.stringContaining("/* must have required property 'color'"),
    ]);
  });
});
