// People, the limits of their requests, and what the server says of itself.
import { ApiError } from "../../world/types.ts";
import { found, ok, textOf, writer } from "../call.ts";
import { limitsOf } from "../../limits/hourly.ts";
import type { Route } from "../routes.ts";
import { privateUserShape, publicUserShape } from "../shapes/user.ts";

export const accountRoutes: readonly Route[] = [
  {
    method: "GET",
    template: "/user",
    handle: (call) => {
      const actor = writer(call);
      if (actor.is !== "user") throw new ApiError(403, "Resource not accessible by integration");
      return ok(privateUserShape(call.world, actor.user));
    },
  },
  { method: "GET", template: "/users/{login}", handle: (call) => ok(publicUserShape(call.world, found(call.world.users.get(textOf(call, "login"))))) },
  {
    method: "GET",
    template: "/rate_limit",
    handle: ({ world, actor }) => {
      const core = limitsOf(world, actor, "core");
      return ok({ resources: { core, search: limitsOf(world, actor, "search"), graphql: limitsOf(world, actor, "graphql") }, rate: core });
    },
  },
  { method: "GET", template: "/meta", handle: () => ok({ verifiable_password_authentication: false }) },
];
