// The files in deploy/: no cluster and no container engine runs them here, so what they say to the app is held against what
// the app reads.
import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { load } from "js-yaml";
import { parse, parseAllDocuments } from "yaml";
import { z } from "zod";
import { readEnvironment } from "../../src/settings/environment.ts";
import { VARIABLES } from "../../src/settings/variables.ts";
import { privateKey, secret } from "../fixtures/door.ts";

const text = (file: string): string => readFileSync(new URL(`../../deploy/${file}`, import.meta.url), "utf8");
const known = Object.keys(VARIABLES);

const Compose = z.looseObject({ services: z.looseObject({ steward: z.looseObject({ environment: z.record(z.string(), z.string()) }) }) });
const Deployment = z.looseObject({
  kind: z.literal("Deployment"),
  spec: z.looseObject({
    selector: z.looseObject({ matchLabels: z.record(z.string(), z.string()) }),
    template: z.looseObject({
      metadata: z.looseObject({ labels: z.record(z.string(), z.string()) }),
      spec: z.looseObject({
        containers: z.tuple([
          z.looseObject({
            env: z.array(z.looseObject({ name: z.string() })),
            ports: z.tuple([z.looseObject({ containerPort: z.number() })]),
            livenessProbe: z.looseObject({ httpGet: z.looseObject({ path: z.string() }) }),
            readinessProbe: z.looseObject({ httpGet: z.looseObject({ path: z.string() }) }),
          }),
        ]),
      }),
    }),
  }),
});

test("the app starts with what compose.yml gives it", () => {
  expect(load(text("compose.yml"))).toEqual(parse(text("compose.yml")));
  const { environment } = Compose.parse(parse(text("compose.yml"))).services.steward;
  expect(Object.keys(environment).filter((name) => !known.includes(name))).toEqual([]);
  const given: Readonly<Record<string, string>> = { APP_ID: "77", WEBHOOK_SECRET: secret, POSTGRES_PASSWORD: secret };
  const filled = Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [name, value.replaceAll(/\$\{(\w+):\?[^}]+\}/g, (_, of: string) => given[of] ?? "")]),
  );
  expect(readEnvironment(filled, () => privateKey)).toMatchObject({ ok: true, value: { databaseUrl: `postgres://steward:${secret}@database:5432/steward` } });
});

test("kubernetes.yml names only variables and addresses that exist, and its parts fit each other", () => {
  const documents = parseAllDocuments(text("kubernetes.yml"));
  expect(documents.flatMap(({ errors }) => errors)).toEqual([]);
  const [deployment, ...others] = documents.map((document): unknown => document.toJS());
  const { spec } = Deployment.parse(deployment);
  const [container] = spec.template.spec.containers;
  const names = container.env.map(({ name }) => name);
  expect(names.filter((name) => !known.includes(name))).toEqual([]);
  expect(names).toEqual(expect.arrayContaining(["APP_ID", "WEBHOOK_SECRET", "DATABASE_URL", "PRIVATE_KEY_PATH"]));
  expect([container.ports[0].containerPort, container.livenessProbe.httpGet.path, container.readinessProbe.httpGet.path]).toEqual([
    3000,
    "/healthz",
    "/readyz",
  ]);
  expect(spec.template.metadata.labels).toEqual(spec.selector.matchLabels);
  expect(others).toMatchObject([
    { kind: "Service", spec: { selector: spec.selector.matchLabels } },
    { kind: "PodDisruptionBudget", spec: { selector: spec.selector } },
  ]);
});
