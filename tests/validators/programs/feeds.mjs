// What feedsmith understands of each feed that stands, as a text, in the list of JSON on its standard input.
import { readFileSync } from "node:fs";
import { parseFeed } from "feedsmith";

const told = JSON.parse(readFileSync(0, "utf8")).map((written) => {
  const { format, feed } = parseFeed(written);
  const entries = feed.items ?? feed.entries ?? [];
  const text = (title) => title?.value ?? title; // Atom's titles say what kind of text they are
  const name = (entry) => entry.id ?? entry.guid?.value;
  return { format, title: text(feed.title), entries: entries.map((entry) => [name(entry), text(entry.title)]) };
});
process.stdout.write(JSON.stringify(told));
