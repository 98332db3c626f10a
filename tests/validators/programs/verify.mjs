// Takes messages as a partner does who uses the library of Standard Webhooks; ends with an error at a bad signature.
import { readFileSync } from "node:fs";
import { Webhook } from "standardwebhooks";

const taken = JSON.parse(readFileSync(0, "utf8")).map(({ secret, headers, body }) =>
  new Webhook(secret).verify(body, headers),
);
process.stdout.write(JSON.stringify(taken));
