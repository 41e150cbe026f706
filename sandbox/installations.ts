// What becomes of an app's installation: made, for more repositories and fewer, with other permissions, suspended, gone.
import type { Deliveries } from "./hooks/deliveries.ts";
import type { StandIn } from "./stand-in.ts";
import { covers } from "./world/access.ts";
import type { Installation, Repository, User, World } from "./world/types.ts";

type Installations = Pick<StandIn, "install" | "uninstall" | "suspend" | "unsuspend" | "selectRepositories" | "acceptPermissions">;

const idsOf = (world: World, account: User, names: readonly string[]): number[] =>
  names.map((name) => {
    const repository = world.repositories.get(`${account.login}/${name}`.toLowerCase());
    if (repository === undefined) throw new Error(`There is no repository ${account.login}/${name}`);
    return repository.id;
  });

export const installationsOf = (world: World, deliveries: Deliveries, accountNamed: (login: string) => User): Installations => ({
  install(app, login, { only } = {}) {
    const account = accountNamed(login);
    const installation: Installation = {
      id: world.nextId(),
      app,
      account,
      permissions: app.permissions,
      only: only === undefined ? null : idsOf(world, account, only),
      suspendedAt: null,
      createdAt: world.now(),
    };
    world.installations.set(installation.id, installation);
    deliveries.installationChanged(installation, "created");
    return installation;
  },
  uninstall(installation) {
    world.installations.delete(installation.id);
    for (const [text, { actor }] of world.tokens) if (actor.is === "installation" && actor.installation.id === installation.id) world.tokens.delete(text);
    deliveries.installationChanged(installation, "deleted");
  },
  suspend(installation) {
    installation.suspendedAt = world.now();
    deliveries.installationChanged(installation, "suspend");
  },
  unsuspend(installation) {
    installation.suspendedAt = null;
    deliveries.installationChanged(installation, "unsuspend");
  },
  selectRepositories(installation, names) {
    const covered = (): Repository[] => [...world.repositories.values()].filter((repository) => covers(installation, repository));
    const before = covered();
    installation.only = names === null ? null : idsOf(world, installation.account, names);
    const after = covered();
    deliveries.repositoriesChanged(
      installation,
      after.filter((repository) => !before.includes(repository)),
      before.filter((repository) => !after.includes(repository)),
    );
  },
  acceptPermissions(installation, permissions) {
    installation.permissions = permissions;
    deliveries.installationChanged(installation, "new_permissions_accepted");
  },
});
