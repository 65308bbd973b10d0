// Speaks with a YAML language server as an editor does; see .ci/yaml-language-server.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { pathToFileURL } from "node:url";

const [program, folder] = process.argv.slice(2);
const server = spawn(program, ["--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
const uri = (path) => pathToFileURL(`${folder}/${path}`).href;
const schemas = {
  [uri("record.json")]: "/notes/*.yaml",
  [uri("crm.json")]: "/crm/*.yaml",
  [uri("config.json")]: "/notegate.yaml",
};
const settings = {
  yaml: { schemas, validate: true, completion: true, hover: true, schemaStore: { enable: false } },
};

let buffer = Buffer.alloc(0);
let count = 0;
const waiting = new Map();
const diagnostics = new Map();

function send(message) {
  const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }));
  server.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
  server.stdin.write(body);
}

function request(method, params) {
  const id = ++count;
  send({ id, method, params });
  return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
}

function received(message) {
  if (message.method === "workspace/configuration") {
    const answer = message.params.items.map(({ section }) => settings[section] ?? {});
    send({ id: message.id, result: answer });
  } else if (message.method === "textDocument/publishDiagnostics") {
    diagnostics.get(message.params.uri)?.(message.params.diagnostics);
  } else if (message.method && message.id !== undefined) {
    send({ id: message.id, result: null });
  } else if (waiting.has(message.id)) {
    const { resolve, reject } = waiting.get(message.id);
    waiting.delete(message.id);
    message.error ? reject(new Error(message.error.message)) : resolve(message.result);
  }
}

server.stdout.on("data", (data) => {
  buffer = Buffer.concat([buffer, data]);
  for (;;) {
    const end = buffer.indexOf("\r\n\r\n");
    if (end < 0) return;
    const length = Number(/Content-Length: (\d+)/i.exec(buffer.subarray(0, end).toString())[1]);
    if (buffer.length < end + 4 + length) return;
    const body = buffer.subarray(end + 4, end + 4 + length).toString();
    buffer = buffer.subarray(end + 4 + length);
    received(JSON.parse(body));
  }
});

// Opens a file with this text, in which `|` is where the cursor stands.
async function open(path, marked) {
  const at = marked.indexOf("|CURSOR|");
  const text = marked.replace("|CURSOR|", "");
  const before = text.slice(0, at < 0 ? 0 : at).split("\n");
  const position = { line: before.length - 1, character: before.at(-1).length };
  const reported = new Promise((resolve) => diagnostics.set(uri(path), resolve));
  send({
    method: "textDocument/didOpen",
    params: { textDocument: { uri: uri(path), languageId: "yaml", version: 1, text } },
  });
  const messages = (await reported).map(({ message }) => message);
  const textDocument = { uri: uri(path) };
  const labels = async () => {
    const list = await request("textDocument/completion", { textDocument, position });
    return (list.items ?? list).map(({ label }) => label);
  };
  const hover = async () => (await request("textDocument/hover", { textDocument, position }))?.contents?.value ?? "";
  return { messages, labels, hover };
}

const record = `customer: Contoso
workload: Teams
status: Blocked
note: Unable to deploy because the Avaya gateway in Lyon lacks SIP.
refresh_summary:
  - {date: 2026-06-20, who_changed: Jo Bell, what_changed: Gateway tested}
`;

await request("initialize", {
  processId: process.pid,
  rootUri: uri(""),
  workspaceFolders: [{ uri: uri(""), name: "notes" }],
  capabilities: { workspace: { configuration: true }, textDocument: { completion: {}, hover: {}, publishDiagnostics: {} } },
});
send({ method: "initialized", params: {} });
send({ method: "workspace/didChangeConfiguration", params: { settings } });

const sound = await open("notes/sound.yaml", record);
assert.deepEqual(sound.messages, []);

const list = await open("notes/list.yaml", `- ${record.trimEnd().replaceAll("\n", "\n  ")}\n`);
assert.deepEqual(list.messages, []);

const statuses = await (await open("notes/status.yaml", record.replace("status: Blocked", "status: |CURSOR|"))).labels();
for (const status of ["In Progress", "Blocked", "No Intent", "Status Unknown", "Duplicate/Invalid", "Parked"]) {
  assert.ok(statuses.includes(status), `${status} in ${statuses}`);
}

const workloads = await (await open("notes/workload.yaml", record.replace("Teams", "|CURSOR|"))).labels();
for (const workload of ["Exchange Online", "Loop"]) assert.ok(workloads.includes(workload), `${workload} in ${workloads}`);

const keys = await (await open("notes/keys.yaml", "customer: Contoso\n|CURSOR|\n")).labels();
for (const key of ["workload", "status", "note", "refresh_summary"]) assert.ok(keys.includes(key), `${key} in ${keys}`);

const missing = await open("notes/missing.yaml", record.replace("workload: Teams\n", ""));
assert.ok(missing.messages.some((message) => message.includes('Missing property "workload"')), `${missing.messages}`);

const unknown = await open("notes/unknown.yaml", record.replace("Blocked", "Paused"));
assert.ok(unknown.messages.some((message) => message.includes("Blocked")), `${unknown.messages}`);

const entry = await open("notes/entry.yaml", record.replace("who_changed: Jo Bell, ", ""));
assert.ok(entry.messages.some((message) => message.includes('Missing property "who_changed"')), `${entry.messages}`);

const customer = `customer: Contoso
entitlements:
  - ${record.replace("customer: Contoso\n", "").trimEnd().replaceAll("\n", "\n    ")}
`;
assert.deepEqual((await open("notes/customer.yaml", customer)).messages, []);

const note = await (await open("notes/hover.yaml", record.replace("note: Un", "no|CURSOR|te: Un"))).hover();
assert.ok(note.includes("Whether the customer will use the service, and why"), note);

const crm = await open("crm/a.yaml", record);
assert.ok(crm.messages.some((message) => message.includes('Missing property "Kommentar"')), `${crm.messages}`);

const config = await open("notegate.yaml", "fail_on: great\nrules: {hedging: |CURSOR|}\n");
assert.ok(config.messages.some((message) => message.includes("marginal")), `${config.messages}`);
const levels = await config.labels();
for (const level of ["off", "info", "warning", "error"]) assert.ok(levels.includes(level), `${level} in ${levels}`);

await request("shutdown", null);
send({ method: "exit" });
console.log("yaml-language-server: completes and reports as it should");
process.exit(0);
