// Builds static/built/ from the locked npm packages: one style sheet, the typeface, and the scripts.
// Run by `npm run build`. Everything it writes can be thrown away and made again.

import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compile } from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const packages = join(here, "..", "node_modules");
// Made beside, then put in place at once: a page asked for meanwhile finds the old files or the new ones.
const workshop = mkdtempSync(join(packages, ".app-"));
const built = join(workshop, "built");
for (const folder of ["fonts", "js/vendor", "img"]) mkdirSync(join(built, folder), { recursive: true });

// A source map that is named but not served is a broken link, and a failure for hashed file names.
const withoutMap = (text) => text.replace(/^\/[/*]# sourceMappingURL=.*$/gm, "").trimEnd() + "\n";

// The typeface: woff2 for browsers and WeasyPrint alike, woff for tools that read nothing newer.
const fonts = join(packages, "@fontsource/atkinson-hyperlegible-next/files");
for (const file of readdirSync(fonts)) {
  if (/-(400|700)-(normal|italic)\.woff2?$|-600-normal\.woff2?$/.test(file)) {
    cpSync(join(fonts, file), join(built, "fonts", file));
  }
}
cpSync(join(packages, "@fontsource/atkinson-hyperlegible-next/LICENSE"), join(built, "fonts/LICENSE"));

// Sass
const style = compile(join(here, "scss/app.scss"), {
  loadPaths: [packages],
  style: "compressed",
  quietDeps: true,
});
writeFileSync(join(built, "app.css"), style.css + "\n");

// Scripts: ours as they are, the libraries beside them.
cpSync(join(here, "js"), join(built, "js"), { recursive: true });
cpSync(join(here, "img"), join(built, "img"), { recursive: true });
const libraries = {
  "govuk-frontend.js": "govuk-frontend/dist/govuk/govuk-frontend.min.js",
};
for (const [name, source] of Object.entries(libraries)) {
  writeFileSync(join(built, "js/vendor", name), withoutMap(readFileSync(join(packages, source), "utf8")));
}

const place = join(here, "built");
if (existsSync(place)) renameSync(place, join(workshop, "old"));
renameSync(built, place);
rmSync(workshop, { recursive: true, force: true });

process.stdout.write(`Built the front end: ${(style.css.length / 1024).toFixed(0)} kB of style\n`);
