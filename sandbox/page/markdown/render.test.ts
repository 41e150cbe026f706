import { describe, expect, it } from "@jest/globals";
import { textOf } from "../html.ts";
import { inScene, type Scene } from "../fixture.ts";
import { renderMarkdown } from "./render.ts";

async function rendered(scene: Scene, text: string, taskForm: string | null = null): Promise<string> {
  return textOf(await renderMarkdown(text, { repository: scene.repository, world: scene.standIn.world, taskForm }));
}

describe("people's Markdown", () => {
  it("is shown as on GitHub", async () => {
    await inScene(async (scene) => {
      await scene.issue("First <b>", "text");
      const head = scene.repository.git.refs().get("refs/heads/main")!;
      const cases: readonly (readonly [string, string, string])[] = [
        ["a table", "| a | b |\n|---|---|\n| 1 | `2` |", "<td>1</td>\n<td><code>2</code></td>"],
        ["line ends", "one\ntwo", "one<br />two"],
        ["details", "<details><summary>S</summary>\n\n**in**\n\n</details>", "<details><summary>S</summary>"],
        ["sub", "<sub>kept</sub>", "<sub>kept</sub>"],
        ["a struck text", "~~old~~", "<del>old</del>"],
        ["an issue's number", "see #1, not #99", '<a href="/kim/cavern/issues/1" title="First &lt;b&gt;">#1</a>, not #99'],
        ["a number with its repository", "kim/cavern#1", ">kim/cavern#1</a>"],
        ["a number in a block of HTML", "<details><summary>see #1</summary></details>", ">#1</a></summary>"],
        ["a number in code", "`#1`", "<code>#1</code>"],
        ["a number in a link", "[#1](https://example.com)", '">#1</a>'],
        ["a number inside a word", "a#1", "<p>a#1</p>"],
        ["a person", "by @lee.", 'by <strong class="mention">@lee</strong>.'],
        ["nobody", "by @nobody", "<p>by @nobody</p>"],
        ["an address", "mail lee@example.com", '<a href="mailto:lee@example.com" rel="nofollow noopener">lee@example.com</a>'],
        ["a short SHA", `in ${head.slice(0, 8)}.`, `<a href="/kim/cavern/commit/${head}"><code>${head.slice(0, 7)}</code></a>.`],
        ["a SHA that is none", "in deadbeef", "<p>in deadbeef</p>"],
        ["a picture", "![seal](https://example.com/a.png)", '<a href="https://example.com/a.png" rel="nofollow noopener">Picture: seal</a>'],
      ];
      for (const [name, text, expected] of cases) expect([name, await rendered(scene, text)]).toEqual([name, expect.stringContaining(expected)]);
    });
  });

  it("keeps nothing that could act, look like the page or load from elsewhere", async () => {
    await inScene(async (scene) => {
      const cases: readonly (readonly [string, string])[] = [
        ["<script>alert(1)</script>hello", "script"],
        ["<style>body{display:none}</style>hello", "display"],
        ['<p onclick="alert(1)">x</p>', "onclick"],
        ['<a href="javascript:alert(1)">x</a>', "javascript"],
        ["[x](javascript:alert(1))", "javascript"],
        ["[x](data:text/html;base64,AAAA)", "data:"],
        ["![x](javascript:alert(1))", "javascript"],
        ['<img src="https://example.com/pixel">', "src="],
        ['<img src=x onerror="alert(1)">', "onerror"],
        ['<form action="/x"><input name="token"><button>Go</button></form>', "<form"],
        ['<form action="/x"><input name="token"><button>Go</button></form>', "<button"],
        ['<iframe src="https://example.com"></iframe>', "iframe"],
        ['<div id="main" class="notice">fake</div>', "notice"],
        ['<p style="position:fixed">x</p>', "style="],
        ["<svg><script>alert(1)</script></svg>", "script"],
        ["<table><tr><td><math><mtext></table><img onerror=alert(1)>", "onerror"],
        ["`</code><script>alert(1)</script>`", "<script"],
        ["#1<img src=x onerror=alert(1)>", "onerror"],
      ];
      for (const [text, forbidden] of cases) expect([text, await rendered(scene, text, "form")]).toEqual([text, expect.not.stringContaining(forbidden)]);
    });
  });

  it("makes task boxes pressable where they may be turned, and only readable elsewhere", async () => {
    await inScene(async (scene) => {
      const text = '- [ ] read "this"\n- [x] that\n\n<input type="checkbox"> not mine';
      const pressable = await rendered(scene, text, "form-turn");
      expect(pressable.match(/<button type="submit" class="box"/gu)).toHaveLength(2);
      expect(pressable).toContain('aria-checked="false" aria-label="read &quot;this&quot;" form="form-turn" name="task" value="0 open read &quot;this&quot;"');
      expect(pressable).toContain('aria-checked="true" aria-label="that"');
      expect(await rendered(scene, text)).not.toContain("<button");
    });
  });
});
