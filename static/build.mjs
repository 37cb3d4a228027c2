/**
 * Build static/dist: bundles, style sheets, fonts, catalogues.
 *
 *   node build.mjs            write dist
 *   node build.mjs --check    build in a temporary folder; exit 1 when dist differs
 *
 * The strings of the catalogues are kept up to the sources by `python -m tools.catalogues update`.
 */
import { build, transform } from "esbuild";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { compilePo, parsePo } from "./tools/po.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const SOURCES = join(HERE, "src");
const SHARED = join(SOURCES, "shared");
const DIST = join(HERE, "dist");
const KATEX = join(HERE, "node_modules/katex/dist");
const LANGUAGES = ["fr"];
const TARGET = ["chrome119", "firefox121", "safari17.2"];

/** Each block, and its scripts that come later: `<name>.ts` becomes `peer-<block>-<name>.js`. */
const LATER = { discussion: ["thread", "editor", "writing", "notices", "search", "places", "moderating"], review: ["editor", "writing"], experts: ["editor", "writing"] };
const ELEMENTS = Object.keys(LATER);

/** Bytes after gzip: what a first visit may cost, and each script that comes later. `css` counts both sheets of an element. */
const BUDGETS = { first: 30 * 1024, notices: 6 * 1024, editor: 18 * 1024, search: 8 * 1024, places: 5 * 1024, moderating: 8 * 1024, thread: 18 * 1024, writing: 12 * 1024, css: 14 * 1024, katex: 90 * 1024 };

const SHEETS = {
  "peer.css": [
    "tokens", "shared/base", "shared/prose", "shared/header", "shared/button", "shared/badge", "shared/avatar",
    "shared/field", "shared/toolbar", "shared/overlay", "shared/notice", "shared/card", "shared/post", "shared/composer",
  ],
  "peer-studio.css": ["studio/studio"],
  "peer-settings.css": ["shared/option", "shared/savebar", "shared/form", "shared/tabs", "studio/settings", "shared/reach"],
  "peer-review.css": ["shared/disclosure", "shared/option", "shared/savebar", "review/way", "review/bench", "review/result", "review/team", "shared/reach"],
  "peer-experts.css": ["shared/disclosure", "shared/option", "shared/savebar", "shared/form", "experts/experts", "shared/reach"],
  "peer-page.css": ["tokens", "page/page"],
  "peer-discussion.css": ["shared/tabs", "shared/option", "discussion/rows", "discussion/post", "discussion/notices", "discussion/search", "shared/reach"],
};

function catalogueFile(language) {
  return join(HERE, `../peer_xblock/locale/${language}/LC_MESSAGES/djangojs.po`);
}

/** Indentation inside templates would be shipped; in code it means nothing. */
const dedent = {
  name: "dedent",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]static[\\/]src[\\/].*\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replace(/\n[ \t]+/g, "\n"),
      loader: "ts",
    }));
  },
};

/** KaTeX's style, taken apart: rules for the shadow root, font faces for the document. */
const katexStyle = {
  name: "katex-style",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^peer:katex-style$/ }, ({ path }) => ({ path, namespace: "peer" }));
    onLoad({ filter: /.*/, namespace: "peer" }, () => {
      const css = readFileSync(join(KATEX, "katex.min.css"), "utf8");
      const faces = css.match(/@font-face\{[^}]*\}/g) ?? [];
      const woff2 = faces.map((face) => face.replace(/src:[^;}]*?(url\([^)]*\.woff2\)) format\("woff2"\)[^;}]*/, 'src:$1 format("woff2")'));
      const sheet = css.replace(/@font-face\{[^}]*\}/g, "");
      return { contents: `export const sheet = ${JSON.stringify(sheet)}; export const fontFaces = ${JSON.stringify(woff2.join(""))};` };
    });
  },
};

/** The modules that a script gives to those that come after it: [path without its ending, name in `window.PeerParts`]. */
function partsOf(folder, file, prefix) {
  const source = readFileSync(join(SOURCES, folder, file), "utf8");
  const names = [...source.matchAll(/^import \* as \w+ from "([\w./-]+)\.ts"/gm)].map(([, name]) => name);
  return names.map((name) => [join(SOURCES, folder, name), prefix + basename(name)]);
}

/** What the core has is looked up there by all other scripts: one Lit, one catalogue, one registry a page. */
const CORE_PARTS = partsOf("shared", "core.ts", "");

/** What a block's first script has beside the core: its later scripts look that up as well. */
function ownParts(element) {
  return existsSync(join(SOURCES, element, "parts.ts")) ? partsOf(element, "parts.ts", `${element}/`) : [];
}

function sharedParts(parts) {
  const names = new Map(parts);
  return {
    name: "shared-parts",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^lit$|\.ts$/ }, ({ path, kind, resolveDir }) => {
        const name = path === "lit" ? path : names.get(join(resolveDir, path).replace(/\.ts$/, ""));
        return kind !== "entry-point" && name ? { path: name, namespace: "part" } : null;
      });
      onLoad({ filter: /.*/, namespace: "part" }, ({ path }) => ({
        contents: `module.exports = window.PeerParts[${JSON.stringify(path)}]`,
      }));
    },
  };
}

/** The code of a script, and the sources of ours that are in it. */
async function bundle(entry, { plugins = [] } = {}) {
  const { outputFiles, metafile } = await build({
    entryPoints: [join(SOURCES, entry)], write: false, bundle: true, minify: true, format: "iife", target: TARGET,
    charset: "utf8", legalComments: "none", logLevel: "warning", plugins: [...plugins, dedent, katexStyle], absWorkingDir: HERE, metafile: true,
  });
  const [{ inputs }] = Object.values(metafile.outputs);
  const sources = Object.keys(inputs).filter((name) => name.startsWith("src/") && inputs[name].bytesInOutput > 0);
  return { code: outputFiles[0].text, sources };
}

/** A first script begins with the core, which runs only where no other block of the page has brought it. */
async function buildScripts(folder) {
  const core = await bundle("shared/core.ts");
  core.code = `window.PeerParts||${core.code.replace(/^"use strict";/, "")}`;
  const onCore = (entry, parts = CORE_PARTS) => bundle(entry, { plugins: [sharedParts(parts)] });
  const write = (name, code) => writeFileSync(join(folder, name), code);
  write("peer-katex.js", (await bundle("katex/main.ts")).code);
  write("peer-page.js", (await bundle("page/main.ts")).code);
  write("peer-studio.js", core.code + (await onCore("studio/main.ts")).code);
  for (const [element, names] of Object.entries(LATER)) {
    const first = await onCore(`${element}/main.ts`);
    write(`peer-${element}.js`, core.code + first.code);
    const parts = [...CORE_PARTS, ...ownParts(element)];
    const later = await Promise.all(names.map((name) => onCore(`${element}/${name}.ts`, parts)));
    later.forEach(({ code }, at) => write(`peer-${element}-${names[at]}.js`, code));
    refuseDoubles(element, [core, first, ...later].flatMap(({ sources }) => sources));
  }
}

/** A module in two scripts of a block would be loaded, and run, twice. */
function refuseDoubles(element, sources) {
  const twice = sources.filter((name, at) => sources.indexOf(name) !== at);
  if (twice.length > 0) throw new Error(`in two scripts of ${element}: ${twice.join(", ")}; see its parts.ts and shared/core.ts`);
}

async function buildSheets(folder) {
  for (const [name, parts] of Object.entries(SHEETS)) {
    const css = parts.map((part) => readFileSync(join(HERE, "css", `${part}.css`), "utf8")).join("\n");
    const { code } = await transform(css, { loader: "css", minify: true, charset: "utf8", target: TARGET });
    writeFileSync(join(folder, name), code);
  }
}

function buildCatalogues(folder) {
  for (const language of LANGUAGES) {
    const entries = parsePo(readFileSync(catalogueFile(language), "utf8"));
    writeFileSync(join(folder, `peer-${language}.json`), compilePo(entries));
  }
}

function copyOthers(folder) {
  const fonts = readdirSync(join(KATEX, "fonts")).filter((name) => name.endsWith(".woff2"));
  mkdirSync(join(folder, "fonts"));
  for (const name of fonts) cpSync(join(KATEX, "fonts", name), join(folder, "fonts", name));
  const licences = ["lit", "katex"].map((name) => {
    const text = readFileSync(join(HERE, "node_modules", name, "LICENSE"), "utf8").trim();
    return `${name}\n\n${text}\n`;
  });
  writeFileSync(join(folder, "LICENSES.txt"), licences.join("\n\n"));
}

async function buildInto(folder) {
  await buildScripts(folder);
  await buildSheets(folder);
  buildCatalogues(folder);
  copyOthers(folder);
}

function filesIn(folder) {
  return readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort();
}

/** What a first visit of each block costs, and what comes later: [what, bytes, budget]. */
function costs(size) {
  const ofElement = (element) => [
    [`peer-${element}.js`, size(`peer-${element}.js`), BUDGETS.first],
    ...LATER[element].map((name) => [`peer-${element}-${name}.js`, size(`peer-${element}-${name}.js`), BUDGETS[name]]),
    [`css of ${element}`, size("peer.css") + size(`peer-${element}.css`), BUDGETS.css],
  ];
  return [...ELEMENTS.flatMap(ofElement), ["peer-katex.js", size("peer-katex.js"), BUDGETS.katex]];
}

/** Print what each file weighs; false when a budget is exceeded. */
function weigh(folder) {
  const rows = costs((name) => gzipSync(readFileSync(join(folder, name)), { level: 9 }).length);
  for (const [what, size, budget] of rows) {
    console.log(`${what.padEnd(26)} ${String(size).padStart(7)} B gzip of ${budget}${size > budget ? "  OVER ITS BUDGET" : ""}`);
  }
  return rows.every(([, size, budget]) => size <= budget);
}

/** Names of files that are in one folder only, or differ. */
function differences(one, other) {
  const names = new Set([...filesIn(one), ...filesIn(other)]);
  const read = (folder, name) => {
    try {
      return readFileSync(join(folder, name));
    } catch {
      return Buffer.from("absent");
    }
  };
  return [...names].filter((name) => !read(one, name).equals(read(other, name))).sort();
}

/** Build in a temporary folder, and hand it on: a build that fails leaves dist as it was. */
async function built(act) {
  const folder = mkdtempSync(join(tmpdir(), "peer-dist-"));
  try {
    await buildInto(folder);
    return act(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function compare(folder) {
  const stale = differences(folder, DIST);
  for (const name of stale) console.error(`not fresh: static/dist/${name}`);
  return weigh(folder) && stale.length === 0;
}

function replace(folder) {
  rmSync(DIST, { recursive: true, force: true });
  cpSync(folder, DIST, { recursive: true });
  return weigh(DIST);
}

const [mode] = process.argv.slice(2);
const use = { undefined: replace, "--check": compare }[String(mode)];
try {
  if (!use) throw new Error(`unknown option ${mode}`);
  process.exitCode = (await built(use)) ? 0 : 1;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
