import { expect, it } from "@jest/globals";
import { fillIn } from "./fill-in.ts";

const context = { inputs: { tag: "v1.2.0", dry: "false", count: 3 }, github: { ref_name: "main", event: { client_payload: { image: { name: "api" } } } } };

it.each([
  ["Images of ${{ inputs.tag }}", "Images of v1.2.0"],
  ["${{inputs.count}} of ${{ github.event.client_payload.image.name }} on ${{ github.ref_name }}", "3 of api on main"],
  ["[${{ inputs.missing }}]", "[]"],
  ["${{ inputs.missing || github.ref_name }}", "main"],
  ["${{ inputs.missing || 'none' }}", "none"],
  ["${{ github.event.client_payload.image }}", '{"name":"api"}'],
  ["${{ inputs.constructor }}", ""],
  ["${{ format('{0}', inputs.tag) }}", "${{ format('{0}', inputs.tag) }}"],
  ["${{ inputs.tag && 'x' }}", "${{ inputs.tag && 'x' }}"],
  ["no expression", "no expression"],
])("%s", (template, filled) => {
  expect(fillIn(template, context)).toBe(filled);
});
