// The house rules that the linter has no words for, checked on the syntax tree.
import ts from 'typescript';
import { isTestFile } from './source-files.mjs';

/** @typedef {{ path: string, line: number, rule: string, message: string }} Breach */

const emptyNames = /^(utils?|helpers?|common|misc|types?|managers?|stuff)$/;
const htmlSinks = new Set([
  'dangerouslySetInnerHTML',
  'innerHTML',
  'outerHTML',
  'insertAdjacentHTML',
  'srcdoc',
  'srcDoc',
  'setHTMLUnsafe',
  'parseHTMLUnsafe',
  'createContextualFragment',
]);
const documentedKinds = new Set([
  ts.SyntaxKind.FunctionDeclaration,
  ts.SyntaxKind.ClassDeclaration,
  ts.SyntaxKind.InterfaceDeclaration,
  ts.SyntaxKind.TypeAliasDeclaration,
  ts.SyntaxKind.VariableStatement,
]);

const isExported = (node) => node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
const isEntry = (path) => /\/index\.tsx?$/.test(path);

/** A type that only gives the inferred shape of a schema is described where the schema is. */
const isInferred = (node, file) =>
  ts.isTypeAliasDeclaration(node) && /^z\.(infer|input|output)</.test(node.type.getText(file));

function* nameBreaches(path, file) {
  const folders = path.split('/');
  const stem = folders.pop().split('.')[0];
  for (const name of [...folders, stem]) {
    if (emptyNames.test(name)) {
      yield [file, 'no-empty-name', `"${name}" does not say what is inside: name the file for what it exports`];
    }
  }
}

function* exportBreaches(path, statement) {
  if (!ts.isExportDeclaration(statement) || !statement.moduleSpecifier) return;
  if (!statement.exportClause || isEntry(path)) {
    yield [statement, 'no-barrel', 'import from the file that declares it instead of passing it on'];
  }
}

function* documentationBreaches(path, statement, file) {
  if (!path.startsWith('electron/') || isTestFile(path)) return;
  if (!documentedKinds.has(statement.kind) || !isExported(statement) || isInferred(statement, file)) return;
  const lead = file.text.slice(statement.getFullStart(), statement.getStart(file));
  // A shape whose members are described one by one has said what its name cannot.
  const areMembersDescribed = !ts.isFunctionDeclaration(statement) && statement.getText(file).includes('/**');
  // Lines that follow a documented export without a gap belong to what it describes, as a schema and its type do.
  const isContinuation = statement !== file.statements[0] && !/\n\s*\n/.test(lead);
  if (!lead.includes('/**') && !areMembersDescribed && !isContinuation) {
    yield [statement, 'documented-export', 'say in a doc comment what the name cannot: units, range, default, errors'];
  }
}

const isEmptyCollection = (node) =>
  ts.isNewExpression(node) && /^(Weak)?(Map|Set)$/.test(node.expression.getText()) && !node.arguments?.length;

function* moduleStateBreaches(path, statement) {
  if (!/^(electron|renderer)\//.test(path) || isTestFile(path) || !ts.isVariableStatement(statement)) return;
  const { flags, declarations } = statement.declarationList;
  const isDeclared = statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword);
  if (!isDeclared && !(flags & ts.NodeFlags.Const)) {
    yield [
      statement,
      'no-module-state',
      'module-level state outlives what owns it: hand it in from the composition root',
    ];
  }
  if (declarations.some(({ initializer }) => initializer && isEmptyCollection(initializer))) {
    yield [statement, 'no-module-state', 'an empty collection at module level is state: hand it in'];
  }
}

function hasCommentBeside(node, file) {
  const lines = file.text.split('\n');
  const last = file.getLineAndCharacterOfPosition(node.getEnd()).line;
  let statement = node;
  while (
    statement.parent &&
    !ts.isStatement(statement) &&
    !ts.isClassElement(statement) &&
    !ts.isJsxElement(statement)
  ) {
    statement = statement.parent;
  }
  const first = file.getLineAndCharacterOfPosition(statement.getStart(file)).line;
  return lines.slice(Math.max(0, first - 1), last + 1).some((line) => /\/\/|\/\*|^\s*\*/.test(line));
}

function* expressionBreaches(path, node, file) {
  const isProduct = /^(electron|renderer)\//.test(path) && !isTestFile(path);
  if (ts.isAsExpression(node) && isProduct && node.type.getText(file) !== 'const' && !hasCommentBeside(node, file)) {
    yield [
      node,
      'explained-assertion',
      '`as` overrules the compiler: parse instead, or give the reason in a comment beside it',
    ];
  }
  if (ts.isInterfaceDeclaration(node) && /^I[A-Z][a-z]/.test(node.name.text)) {
    yield [node, 'no-interface-prefix', 'no I prefix: name the interface for what it does'];
  }
  if (ts.isEnumDeclaration(node)) yield [node, 'no-enum', 'write a union of literals'];
  const isName = ts.isIdentifier(node) || ts.isStringLiteral(node);
  if (isName && htmlSinks.has(node.text) && !isTestFile(path) && !path.startsWith('scripts/')) {
    yield [node, 'no-html-sink', `${node.text} turns text into markup: render elements`];
  }
}

function* walk(node) {
  yield node;
  const children = [];
  ts.forEachChild(node, (child) => void children.push(child));
  for (const child of children) yield* walk(child);
}

function* breachesOf(path, file) {
  yield* nameBreaches(path, file);
  for (const statement of file.statements) {
    yield* exportBreaches(path, statement);
    yield* documentationBreaches(path, statement, file);
    yield* moduleStateBreaches(path, statement);
  }
  for (const node of walk(file)) yield* expressionBreaches(path, node, file);
}

/**
 * The house rules that one source file breaks.
 *
 * @param {string} path relative to the checkout, with forward slashes: some rules hold for some folders only
 * @param {string} text
 * @returns {Breach[]}
 */
export function findBreaches(path, text) {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  return [...breachesOf(path, file)].map(([node, rule, message]) => ({
    path,
    line: file.getLineAndCharacterOfPosition(node === file ? 0 : node.getStart(file)).line + 1,
    rule,
    message,
  }));
}
