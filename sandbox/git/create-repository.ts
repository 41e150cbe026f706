// A bare repository on disk: made empty, copied from a local one, and where its HEAD points.
import { access, appendFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { askGit, gitComplaint, runGit } from "./run-git.ts";

/** No clean-up in the background, which would outlive a test; partial clones and fetches of any commit, as GitHub serves them. */
const CONFIGURATION = `[gc]
	auto = 0
[maintenance]
	auto = false
[receive]
	autogc = false
	denyDeleteCurrent = ignore
[uploadpack]
	allowFilter = true
	allowAnySHA1InWant = true
`;

/** Makes an empty bare repository unless one is there already; either way its HEAD names `branch` afterwards. */
export async function createRepository(directory: string, branch: string): Promise<void> {
  if (await isRepository(directory)) return pointHeadAt(directory, branch);
  await mkdir(directory, { recursive: true });
  await runGit(directory, ["init", "--quiet", "--bare", "--template=", `--initial-branch=${branch}`, directory]);
  await appendFile(join(directory, "config"), CONFIGURATION);
}

/** Makes `branch`, which need not exist yet, the one a clone checks out. */
async function pointHeadAt(directory: string, branch: string): Promise<void> {
  await runGit(directory, ["symbolic-ref", "HEAD", `refs/heads/${branch}`]);
}

/**
 * Copies the local repository at `from`, with or without a work tree, to a new bare one at `to`: branches and tags, no remote-tracking
 * branches, nothing shared on disk.
 * @returns the default branch: the one HEAD names, or else main, master or the first of all.
 */
export async function copyRepository(from: string, to: string): Promise<string> {
  const head = await askGit(["-C", from, "symbolic-ref", "--quiet", "HEAD"]);
  if (head.code > 1) throw new Error(gitComplaint(head, ["symbolic-ref"]));
  await createRepository(to, "main");
  // A command line for the other side, because git hides this side's environment from it.
  const uploadPack = "--upload-pack=git -c safe.directory=* upload-pack";
  await runGit(to, [
    "fetch",
    "--quiet",
    "--no-tags",
    "--no-write-fetch-head",
    "--update-shallow",
    uploadPack,
    from,
    "+refs/heads/*:refs/heads/*",
    "+refs/tags/*:refs/tags/*",
  ]);
  const branch = head.code === 0 ? head.stdout.toString().trim().replace("refs/heads/", "") : await likelyDefault(to);
  await pointHeadAt(to, branch);
  return branch;
}

async function likelyDefault(directory: string): Promise<string> {
  const { stdout } = await runGit(directory, ["for-each-ref", "--format=%(refname:lstrip=2)", "refs/heads/"]);
  const branches = stdout.toString().split("\n");
  return ["main", "master"].find((name) => branches.includes(name)) ?? (branches[0] || "main");
}

function isRepository(directory: string): Promise<boolean> {
  return access(join(directory, "HEAD")).then(
    () => true,
    () => false,
  );
}
