import assert from "node:assert/strict";
import { test } from "node:test";
import { scaleRems } from "./styles.ts";

test("rems are multiplied wherever they stand, and nothing else", () => {
  const css = ".a{padding:.5rem 1rem;margin:2em}@container peer (inline-size<34rem){.b{top:calc(-1*0.25rem)}}";
  assert.equal(scaleRems(css, 1.6), ".a{padding:0.8rem 1.6rem;margin:2em}@container peer (inline-size<54.4rem){.b{top:calc(-1*0.4rem)}}");
  assert.equal(scaleRems(css, 1), css);
});
