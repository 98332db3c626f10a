// What a partner writes over the types that openapi-typescript makes of the schema; it is compiled, and then run.
import createClient from "openapi-fetch";
import type { components, paths } from "./api.js";

declare const process: { env: Record<string, string> };
declare const console: { log(text: string): void };

const { SITE, PARTNER_KEY } = process.env;
const client = createClient<paths>({ baseUrl: SITE, headers: { Authorization: `Bearer ${PARTNER_KEY}` } });

async function given<T>(answer: Promise<{ data?: T; error?: unknown }>): Promise<T> {
  const { data, error } = await answer;
  if (data === undefined) throw new Error(JSON.stringify(error));
  return data;
}

const me = await given(client.GET("/api/v1/me/"));
const page = await given(client.GET("/api/v1/articles/", { params: { query: { limit: 3 } } }));
const first: components["schemas"]["Article"] = page.results[0];
const again = await given(client.GET("/api/v1/articles/{uuid}/", { params: { path: { uuid: first.id } } }));

let cursor: string | undefined;
let changes = 0;
for (let more = true; more; ) {
  const answer = await given(client.GET("/api/v1/changes/", { params: { query: { cursor, limit: 50 } } }));
  changes += answer.changes.length;
  cursor = answer.cursor;
  more = answer.has_more;
}
console.log(JSON.stringify({ partner: me.partner.name, headline: again.headline, changes }));
