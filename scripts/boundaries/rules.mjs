// Turns the import table into dependency-cruiser rules.
import { folderRows, foldersWithoutNode, packageRows, productFolders, siblingRows } from './import-table.mjs';

const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const test = '\\.(test|spec)\\.[a-z]+$';
const testing = '^(electron|renderer)/testing/';
const product = `^(${productFolders.join('|')})/`;

/** A folder, or the file of that name: `inference/protocol` may be either. */
const inside = (folder) => (/\.tsx?$/.test(folder) ? `^${escape(folder)}$` : `^${escape(folder)}(/|\\.tsx?$)`);
const rowsBelow = (folder) => folderRows.filter((row) => row.folder.startsWith(`${folder}/`)).map((row) => row.folder);
/** A package or a module of Node's, resolved or not; no file of ours, since `electron` is also the name of a folder. */
const packagePath = (name) => {
  const own = `^(node:)?${escape(name)}`;
  return [`(^|/)node_modules/${escape(name)}/`, `${own}$`, `${own}/[^.]+$`];
};

/** `name` as it is reported; `to` is what the rule forbids. Product code only, unless the rule says otherwise. */
const forbid = (name, from, to) => ({
  name,
  severity: 'error',
  from: { ...from, pathNot: [test, ...(from.pathNot ?? [])] },
  to,
});

/** What a name in the table covers: a row leaves out the rows below it; anything else is taken whole. */
function territory(name) {
  const below = folderRows.some((row) => row.folder === name) ? rowsBelow(name) : [];
  if (below.length === 0) return inside(name);
  return `^(?!${below.map((folder) => inside(folder).slice(1)).join('|')})${inside(name).slice(1)}`;
}

function folderRules({ folder, mayImport, mayImportTypesOf = [] }) {
  const from = { path: inside(folder), pathNot: rowsBelow(folder).map(inside) };
  const rules = [
    forbid(`imports of ${folder}`, from, {
      path: product,
      pathNot: [folder, ...mayImport, ...mayImportTypesOf].map(territory),
    }),
  ];
  for (const other of mayImportTypesOf) {
    rules.push(
      forbid(`${folder} takes only types of ${other}`, from, {
        path: inside(other),
        dependencyTypesNot: ['type-only'],
      }),
    );
  }
  return rules;
}

function siblingRules({ folder, door }) {
  const from = { path: `^${escape(folder)}/([^/]+)/` };
  const strangers = { path: `^${escape(folder)}/`, pathNot: [`^${escape(folder)}/$1/`] };
  if (!door) return [forbid(`${folder} do not know each other`, from, strangers)];
  const doors = `^${escape(folder)}/([^/]+)/\\1-service\\.ts$`;
  return [
    forbid(`${folder} meet only at their doors`, from, { ...strangers, pathNot: [...strangers.pathNot, doors] }),
    forbid(`${folder} take only types at a door`, from, { ...strangers, dependencyTypesNot: ['type-only'] }),
  ];
}

function packageRules({ packages, owners, typeOwners = [] }) {
  return packages.flatMap((name) => {
    const to = { path: packagePath(name) };
    const pathNot = [testing, ...owners.map(inside)];
    const rules = [forbid(`owner of ${name}`, { path: product, pathNot: [...pathNot, ...typeOwners.map(inside)] }, to)];
    for (const owner of typeOwners) {
      rules.push(
        forbid(
          `${owner} takes only types of ${name}`,
          { path: inside(owner) },
          { ...to, dependencyTypesNot: ['type-only'] },
        ),
      );
    }
    return rules;
  });
}

const topLevel = [...new Set(folderRows.map(({ folder }) => folder.split('/').slice(0, 2).join('/')))];

/** Every rule of the boundary check, in dependency-cruiser's words. */
export const boundaryRules = [
  {
    name: 'no cycle',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  forbid('no folder outside the table', { path: product, pathNot: topLevel.map(inside) }, { path: '.' }),
  ...folderRows.flatMap(folderRules),
  ...siblingRows.flatMap(siblingRules),
  ...packageRows.flatMap(packageRules),
  ...foldersWithoutNode.map((folder) =>
    forbid(`no Node in ${folder}`, { path: inside(folder) }, { dependencyTypes: ['core'] }),
  ),
  forbid('testing is for tests', { path: product, pathNot: [testing] }, { path: testing }),
  forbid('the product stands alone', { path: product }, { path: ['^(e2e|scripts|docs)/', test] }),
  {
    name: 'tests of electron know no window',
    severity: 'error',
    from: { path: '^electron/' },
    to: { path: '^renderer/' },
  },
];
