import { describe, expect, it } from "@jest/globals";
import { createMessage, generateKey, readPrivateKey, sign } from "openpgp";
import { isSignedByPgp, isSignedBySsh } from "./signatures.ts";

const PAYLOAD = "object x\n\nRelease 1\n";

describe("SSH, as ssh-keygen signed it", () => {
  const ED25519 = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAII2xuHx/sv43YthOPIw+o7EnVgfbKqVqh4slZMAhvz+T lee";
  const ED25519_SIGNATURE = `-----BEGIN SSH SIGNATURE-----
U1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAgjbG4fH+y/jdi2E48jD6jsSdWB9
sqpWqHiyVkwCG/P5MAAAADZ2l0AAAAAAAAAAZzaGE1MTIAAABTAAAAC3NzaC1lZDI1NTE5
AAAAQCa2hZ15fOj8Qipqf1JH/KfoSO8b/lu4ecsI/qkZx6chBlCN1qFwuUcgjN/xcDb7fd
5JlqTQ15u0CxLXosjtKgM=
-----END SSH SIGNATURE-----
`;
  const OF_A_FILE = `-----BEGIN SSH SIGNATURE-----
U1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAgjbG4fH+y/jdi2E48jD6jsSdWB9
sqpWqHiyVkwCG/P5MAAAAEZmlsZQAAAAAAAAAGc2hhNTEyAAAAUwAAAAtzc2gtZWQyNTUx
OQAAAEAvn6fAGj/y86fQ21AtCuAH+gMMbKGvrAFE6gZ41VHNy5aY4xKOtmYWUprUGMn/Kb
JYwjp+2yrSS+GsI9ZDWJMH
-----END SSH SIGNATURE-----
`;
  const RSA =
    "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQDBhM4TgwgB7PCAUo7v0OW6KsTccPqMBuCtW5KNXuwx5ViEXjWYaCrYwxMoNDp1b2a9nC4OYWnndgiKsrOPKlV/7nNfx6iiv11nFjlK5tvmmPcYy2cfhGKk/0DrcVcPKAmv8YjK92xESSqNK/nCseDSJ7opZ3jD5xnb9PSsta8zmw== lee";
  const RSA_SIGNATURE = `-----BEGIN SSH SIGNATURE-----
U1NIU0lHAAAAAQAAAJcAAAAHc3NoLXJzYQAAAAMBAAEAAACBAMGEzhODCAHs8IBSju/Q5b
oqxNxw+owG4K1bko1e7DHlWIReNZhoKtjDEyg0OnVvZr2cLg5haed2CIqys48qVX/uc1/H
qKK/XWcWOUrm2+aY9xjLZx+EYqT/QOtxVw8oCa/xiMr3bERJKo0r+cKx4NInuilneMPnGd
v09Ky1rzObAAAAA2dpdAAAAAAAAAAGc2hhNTEyAAAAlAAAAAxyc2Etc2hhMi01MTIAAACA
tIXHkM/OGNLQSHt+Sjmuui0xg3QhR5sp595uqavcja54Ao4ZmnP0i+yiaL0MfNgZXZSQDP
21dsCM6Mdd3jryI1hGoibUVb17VFFM6PJx3Mm2rx5Kfuzj/5Y2b/8sl2Rr1O+3Tsl7Z8R6
vg+ZGmtFGwgGUGO3McXi2IBOgGPckKk=
-----END SSH SIGNATURE-----
`;

  it.each([
    ["Ed25519", ED25519, ED25519_SIGNATURE],
    ["RSA", RSA, RSA_SIGNATURE],
  ])("knows what a key of %s signed, and nothing else", async (_, key, signature) => {
    expect(await isSignedBySsh(key, PAYLOAD, signature)).toBe("valid");
    expect(await isSignedBySsh(key, `${PAYLOAD}.`, signature)).toBe("invalid");
    expect(await isSignedBySsh(key === RSA ? ED25519 : RSA, PAYLOAD, signature)).toBeNull();
  });

  it("takes no signature that was made for something else than git", async () => {
    expect(await isSignedBySsh(ED25519, PAYLOAD, OF_A_FILE)).toBe("invalid");
  });

  it.each(["", "-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n"])("reads nothing into what is none", async (text) => {
    expect(await isSignedBySsh(ED25519, PAYLOAD, text)).toBeNull();
    expect(await isSignedByPgp(ED25519, PAYLOAD, text)).toBeNull();
  });
});

describe("OpenPGP", () => {
  it("knows what a key signed, and nothing else", async () => {
    const [own, other] = await Promise.all([1, 2].map(async () => generateKey({ userIDs: [{ name: "Lee" }], format: "armored" })));
    const signingKeys = await readPrivateKey({ armoredKey: own!.privateKey });
    const signature = await sign({ message: await createMessage({ binary: Buffer.from(PAYLOAD) }), signingKeys, detached: true });
    expect(await isSignedByPgp(own!.publicKey, PAYLOAD, signature)).toBe("valid");
    expect(await isSignedByPgp(own!.publicKey, `${PAYLOAD}.`, signature)).toBe("invalid");
    expect(await isSignedByPgp(other!.publicKey, PAYLOAD, signature)).toBeNull();
    expect(await isSignedByPgp(own!.publicKey, PAYLOAD, "no signature")).toBeNull();
  });
});
