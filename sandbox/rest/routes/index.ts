// All routes. Special ones stand before general ones.
import type { RepositoryRoute } from "../routes.ts";
import { actionRoutes } from "./actions.ts";
import { artifactRoutes } from "./artifacts.ts";
import { checkRoutes } from "./checks.ts";
import { commentRoutes } from "./comments.ts";
import { commitRoutes } from "./commits.ts";
import { contentRoutes } from "./contents.ts";
import { deploymentRoutes } from "./deployments.ts";
import { environmentRoutes } from "./environments.ts";
import { gitDataRoutes } from "./git-data.ts";
import { issueRoutes } from "./issues.ts";
import { labelRoutes } from "./labels.ts";
import { pullRoutes } from "./pulls.ts";
import { refRoutes } from "./refs.ts";
import { releaseAssetRoutes } from "./release-assets.ts";
import { releaseRoutes } from "./releases.ts";
import { repositoryRoutes } from "./repositories.ts";
import { rulesetRoutes } from "./rulesets.ts";
import { protectionRoutes } from "./protection.ts";
import { reviewRoutes } from "./reviews.ts";
import { statusRoutes } from "./statuses.ts";
import { writeContentRoutes } from "./write-contents.ts";

export const allRepositoryRoutes: readonly RepositoryRoute[] = [
  ...protectionRoutes,
  ...rulesetRoutes,
  ...repositoryRoutes,
  ...refRoutes,
  ...gitDataRoutes,
  ...checkRoutes,
  ...environmentRoutes,
  ...deploymentRoutes,
  ...actionRoutes,
  ...artifactRoutes,
  ...statusRoutes,
  ...commitRoutes,
  ...contentRoutes,
  ...writeContentRoutes,
  ...pullRoutes,
  ...reviewRoutes,
  ...commentRoutes,
  ...labelRoutes,
  ...issueRoutes,
  ...releaseAssetRoutes,
  ...releaseRoutes,
];
