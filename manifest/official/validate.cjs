// Reads one manifest a line (its text as a JSON string), and answers each with the list of what
// Microsoft's own validator says of it. It has all schemas with it, and asks no network. Language
// files it cannot judge: Microsoft's schema for them has a pattern that JavaScript does not take.
const { createInterface } = require("node:readline");
const { AppManifestUtils } = require("@microsoft/app-manifest");

async function judge(text) {
  try {
    return await AppManifestUtils.validateAgainstSchema(JSON.parse(text));
  } catch (problem) {
    return [problem.message];
  }
}

async function main() {
  for await (const line of createInterface({ input: process.stdin })) {
    process.stdout.write(`${JSON.stringify(await judge(JSON.parse(line)))}\n`);
  }
}

main();
