import { describe, expect, test } from "@jest/globals";
import { scratchRepository } from "../../../test/fixtures/repository.ts";
import { identityOf, readRemote } from "./remote.ts";

const HARBOUR = { name: "harbour/charts", url: "https://github.com/harbour/charts" };

describe("the repository's name, from its origin", () => {
  test.each([
    "https://github.com/harbour/charts",
    "https://github.com/harbour/charts.git",
    "https://github.com/harbour/charts/",
    "https://GitHub.com/harbour/charts",
    "http://github.com/harbour/charts.git",
    "https://kim:s3cret@github.com/harbour/charts.git",
    "https://x-access-token:ghs_abc@github.com/harbour/charts",
    "git@github.com:harbour/charts.git",
    "github.com:harbour/charts",
    "ssh://git@github.com/harbour/charts.git",
    "ssh://git@ssh.github.com:443/harbour/charts.git",
    "git://github.com/harbour/charts.git",
    "git+ssh://git@github.com/harbour/charts",
  ])("%s is harbour/charts on github.com", (address) => {
    expect(identityOf(address)).toEqual(HARBOUR);
  });

  test.each([
    ["git@git.example.com:harbour/charts.git", "https://git.example.com/harbour/charts"],
    ["ssh://git@git.example.com:2222/harbour/charts.git", "https://git.example.com/harbour/charts"],
    ["https://git.example.com:8443/harbour/charts.git", "https://git.example.com:8443/harbour/charts"],
    ["https://github.com/harbour/charts.website.git", "https://github.com/harbour/charts.website"],
  ])("%s has its pages at %s", (address, url) => {
    expect(identityOf(address).url).toBe(url);
  });

  test.each([
    "",
    "/srv/git/charts.git",
    "../charts",
    "C:\\repositories\\charts",
    "file:///srv/git/harbour/charts.git",
    "https://github.com/harbour",
    "https://github.com/harbour/charts/tree/main",
    "git@work:harbour/charts.git",
    "https://gitlab.com/harbour/charts.git",
    "git@bitbucket.org:harbour/charts.git",
    "https://github.com/harbour/<script>",
    "https://",
  ])("%j says nothing about GitHub", (address) => {
    expect(identityOf(address)).toEqual({ name: null, url: null });
  });

  test("is read from the repository, and is nothing without an origin", async () => {
    const repository = scratchRepository();
    expect(await readRemote(repository.directory)).toEqual({ name: null, url: null });
    repository.git(["remote", "add", "origin", "https://kim:s3cret@github.com/harbour/charts.git"]);
    expect(await readRemote(repository.directory)).toEqual(HARBOUR);
  });
});
