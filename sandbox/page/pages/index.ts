// Every page of a repository.
import type { Page } from "../visit.ts";
import { actions, run } from "./actions.ts";
import { code } from "./code.ts";
import { commit, commits } from "./commits.ts";
import { compare } from "./compare.ts";
import { deliveries } from "./deliveries.ts";
import { issue } from "./issue.ts";
import { labels } from "./labels.ts";
import { issues, labelled, milestone, pulls } from "./lists.ts";
import { milestones } from "./milestones.ts";
import { overview } from "./overview.ts";
import { pull, pullFiles } from "./pull.ts";
import { releases } from "./releases.ts";
import { requests } from "./requests.ts";
import { tags } from "./tags.ts";

export const PAGES: readonly Page[] = [
  overview,
  pulls,
  pull,
  pullFiles,
  issues,
  issue,
  labels,
  labelled,
  milestones,
  milestone,
  tags,
  releases,
  commits,
  commit,
  compare,
  code,
  actions,
  run,
  deliveries,
  requests,
];
