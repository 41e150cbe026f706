// Who wrote a commit or a tag, as git has it.
import type { Person } from "../../git/types.ts";
import { userByEmail } from "../../world/people.ts";
import type { Fields } from "../context.ts";
import { dateTime } from "../moments.ts";
import { userThing } from "../things.ts";

export type GitActor = { readonly is: "GitActor"; readonly person: Person };

/** Only people have accounts here: `user` is null for a bot, as GitHub's type for it has no room for one. */
export const gitActorFields: Fields<GitActor> = {
  name: ({ person }) => person.name,
  email: ({ person }) => person.email,
  date: ({ person }) => dateTime(person.at),
  user: ({ person }, _, { world }) => {
    const user = userByEmail(world, person.email);
    return user?.type === "User" ? userThing(user) : null;
  },
  avatarUrl: ({ person }, _, { world }) => `${world.url}/avatars/u/e?email=${encodeURIComponent(person.email)}`,
};
