// mirador-rca after the merge: an annotated tag, a canary that people put there by hand and watch, then production. What is
// confirmed too early does not count, and what two people pass over is named.
import { describe, expect, test } from "@jest/globals";
import { gateRow, headline } from "./open-example.ts";
import { deployCanary, DIGESTS, later, mergedMirador, MINUTES, SMOKE } from "./mirador-rollout.ts";
import { goOn } from "./rollout-team.ts";

const FOR_PRODUCTION = "v0.4.0 waits at production for maintainers (@&#8203;platformbuilds/mirador)";

describe("mirador-rca: a canary by hand, watched", () => {
  test("tag, digests, canary, smoke tests, production, three drafts, milestone, retrospective [M-11, M-16, M-17, M-20, M-21, M-22, M-24, M-25, M-26, M-27, M-28]", async () => {
    const { team, pull, merged } = await mergedMirador();
    const tag = team.git.refs().get("refs/tags/v0.4.0") ?? "";
    expect(await team.git.tag(tag)).toMatchObject({ target: merged, message: expect.stringMatching(/^mirador-rca v0\.4\.0\n?$/) });
    expect([...team.repository.milestones.values()].map(({ title, state }) => [title, state])).toEqual([
      ["v0.4.0", "closed"],
      ["v0.5.0", "open"],
    ]);

    // Nothing is deployed before the signed image is named.
    expect(gateRow(team, pull, "↳ canary/image")).toContain("0 of 2 confirmed");
    expect(team.status(pull)).not.toContain("- [ ] canary/deployed");
    await deployCanary(team, pull);
    const [release] = team.releases();
    expect(release?.body).toContain("Correlation by host");
    expect(release?.body).toContain(`| \`digest of the signed image\` | \`${DIGESTS.image}\` |`);
    expect(release?.body).toContain(`| \`digest of the chart\` | \`${DIGESTS.chart}\` |`);

    for (const one of SMOKE) await team.tick(pull, one, "kim");
    await goOn(team, pull);
    expect(gateRow(team, pull, "↳ canary/smoke")).toContain("✓ open");
    expect(gateRow(team, pull, "↳ canary/quiet")).toContain("before anybody can tell");
    await later(team, pull, 31 * MINUTES);
    // The watch is over: people are told that it is their turn.
    expect(team.commentsOf(pull).at(-1)?.body).toContain("waits for quiet");
    await team.tick(pull, "canary/quiet", "mia");
    await goOn(team, pull);
    expect(headline(team, pull)).toBe(FOR_PRODUCTION);

    await team.tick(pull, "production/deployed", "mia");
    await goOn(team, pull);
    expect(headline(team, pull)).toMatch(/^v0\.4\.0 waits at production until Thu 01:\d\d UTC$/);
    await later(team, pull, 31 * MINUTES);
    await team.tick(pull, "production/quiet", "kim");
    await goOn(team, pull);

    const draft = team.commentsOf(pull).at(-1)?.body ?? "";
    expect(draft).toContain("**v0.4.0 runs in production**");
    expect(draft).toContain("/release evidence #mirador-release <link>");
    for (const to of ["#mirador-release", "operational", "status"]) await team.say(pull, `/release evidence ${to} https://example.org/sent`, "kim");
    await goOn(team, pull);
    expect(headline(team, pull)).toBe("v0.4.0 is verified");
    expect(team.commentsOf(pull).at(-1)?.body).toMatch(/^\*\*v0\.4\.0 is verified\*\*/);
    const issues = [...team.repository.issues.values()].filter((one) => one.pull === null && one.title.includes("0.4.0"));
    expect(issues).toMatchObject([{ state: "open", title: "Retrospective: v0.4.0", body: expect.stringMatching(/^### Questions$/m) }]);
    expect(issues[0]?.body).toMatch(/^\| `canary` \| done \| .* \| 32 min/m);
    expect(issues[0]?.body).toContain("Did alerts and objectives (SLO) tell what they should");
    expect(issues[0]?.body).toContain("Does `.github/release-steward.yml` still say how you release?");
    expect(await team.read("CHANGELOG.md")).toMatch(/^## \[Unreleased\]\n[^]*^## \[v0\.4\.0\] - 2026-01-01$/m);
    expect(await team.settle()).toEqual([]);
  });

  test("what is confirmed before the watch is over does not count [M-16]", async () => {
    const { team, pull } = await mergedMirador();
    await deployCanary(team, pull);
    for (const one of SMOKE) await team.tick(pull, one, "kim");
    await later(team, pull, 10 * MINUTES);
    await team.say(pull, "/release evidence canary/quiet https://example.org/graph", "mia");
    await goOn(team, pull);
    expect(gateRow(team, pull, "↳ canary/quiet")).toContain("before anybody can tell");
    await later(team, pull, 21 * MINUTES);
    expect(gateRow(team, pull, "↳ canary/quiet")).toContain("nobody has confirmed");
    expect(headline(team, pull)).toContain("v0.4.0 waits at canary");
    await team.say(pull, "/release evidence canary/quiet https://example.org/graph", "mia");
    await goOn(team, pull);
    expect(headline(team, pull)).toBe(FOR_PRODUCTION);
  });

  test("a watch is passed over, and a step skipped, only when two people say so [M-16, M-24]", async () => {
    const { team, pull } = await mergedMirador();
    await deployCanary(team, pull);
    for (const one of SMOKE) await team.tick(pull, one, "kim");
    await team.say(pull, "/release override canary/quiet the alert is known", "mia");
    await goOn(team, pull);
    expect(headline(team, pull)).toContain("v0.4.0 waits at canary");
    await team.say(pull, "/release override canary/quiet seen as well", "kim");
    await goOn(team, pull);
    expect(headline(team, pull)).toBe(FOR_PRODUCTION);

    await team.say(pull, "/release skip production nobody uses it yet", "mia");
    await team.say(pull, "/release skip production nobody uses it yet", "mia");
    await goOn(team, pull);
    expect(headline(team, pull)).toBe(FOR_PRODUCTION);
    expect(team.status(pull)).toContain("A second person says");
    await team.say(pull, "/release skip production true", "kim");
    await goOn(team, pull);
    expect(team.status(pull)).toContain("skipped by @&#8203;mia and @&#8203;kim: nobody uses it yet");
  });

  test("after a bad canary it is withdrawn: nothing goes on, and the retrospective asks why [M-16, M-27]", async () => {
    const { team, pull } = await mergedMirador();
    await deployCanary(team, pull);
    await team.say(pull, "/release withdraw errors in every second investigation", "mia");
    await goOn(team, pull);
    expect(headline(team, pull)).toBe("v0.4.0 was withdrawn");
    expect(team.status(pull)).toContain("withdrew it: errors in every second investigation");
    expect(team.status(pull)).not.toContain("- [ ]");
    const issues = [...team.repository.issues.values()].filter((one) => one.pull === null && one.title.includes("0.4.0"));
    expect(issues).toMatchObject([{ state: "open", body: expect.stringContaining("errors in every second investigation") }]);
    expect(Object.keys(team.tags())).toEqual(["v0.4.0"]);
    expect(await team.settle()).toEqual([]);
  });
});
