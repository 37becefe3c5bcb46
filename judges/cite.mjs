// Formats CSL-JSON items as citation-js does: a list on standard input; on standard output a list of {vancouver, apa}.
// The argument is the folder that holds node_modules.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(`${process.argv[2]}/`);
const { Cite } = require("@citation-js/core");
require("@citation-js/plugin-csl");

const format = (item, template) =>
  new Cite([item], { forceType: "@csl/object" }).format("bibliography", { format: "text", template, lang: "en-US" });
const items = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(items.map((item) => ({ vancouver: format(item, "vancouver"), apa: format(item, "apa") }))));
