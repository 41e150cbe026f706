import { describe, expect, it } from "@jest/globals";
import { html, joined, textOf, trusted } from "./html.ts";

describe("a template", () => {
  it.each([
    ["markup in text", html`<p>${"<script>alert('x')</script> & more"}</p>`, "<p>&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; more</p>"],
    ["quotes in an attribute", html`<a title="${'" onclick="x'}"></a>`, '<a title="&quot; onclick=&quot;x"></a>'],
    ["nothing", html`<p>${null}${false}${""}</p>`, "<p></p>"],
    ["zero", html`<p>${0}</p>`, "<p>0</p>"],
    ["templates in lists", html`<b>${["<a>", html`<i></i>`]}</b>`, "<b>&lt;a&gt;<i></i></b>"],
    ["what a sanitiser wrote", html`<p>${trusted("<b>x</b>")}</p>`, "<p><b>x</b></p>"],
    ["things between others", html`${joined(["a", "b"], html`<i></i>`)}`, "a<i></i>b"],
  ])("takes %s", (_, content, expected) => {
    expect(textOf(content)).toBe(expected);
  });

  it("does not take an object that pretends to be markup", () => {
    const forged = JSON.parse('{"html":"<script>","text":"<script>"}') as never;
    expect(textOf(html`<p>${forged}</p>`)).not.toContain("<script>");
  });
});
