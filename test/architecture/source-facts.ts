import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import type { SourceFacts } from './rules';

/** Facts of every .ts and .tsx file below the folder, by path without the extension. */
export function readSources(folder: string): Map<string, SourceFacts> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return new Map(
    files.map((file) => [relative(folder, file).replace(/(\.d)?\.tsx?$/, ''), sourceFacts(file, readFileSync(file, 'utf8'))]),
  );
}

export function sourceFacts(name: string, text: string): SourceFacts {
  const imports: string[] = [];
  const processMembers: string[] = [];

  const visit = (node: ts.Node): void => {
    const module = importedModule(node);
    // A name put together at run time cannot be checked; it is reported as itself and no rule allows it.
    if (module) imports.push(ts.isStringLiteralLike(module) ? module.text : module.getText());
    processMembers.push(...membersOfProcess(node));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true));
  return { imports, processMembers };
}

function importedModule(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isImportTypeNode(node)) return ts.isLiteralTypeNode(node.argument) ? node.argument.literal : node.argument;
  if (ts.isExternalModuleReference(node)) return node.expression;
  if (ts.isCallExpression(node)) {
    const { expression } = node;
    const imports =
      expression.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(expression) && expression.text === 'require');
    return imports ? node.arguments[0] : undefined;
  }
  return undefined;
}

const isProcess = (node: ts.Node | undefined): boolean =>
  node !== undefined && /^(globalThis\.|global\.)?process$/.test(node.getText());

/** `process.x`, `process['x']` and `const { x } = process`. */
function membersOfProcess(node: ts.Node): string[] {
  if (ts.isPropertyAccessExpression(node) && isProcess(node.expression)) return [node.name.text];
  if (ts.isElementAccessExpression(node) && isProcess(node.expression)) {
    return [ts.isStringLiteralLike(node.argumentExpression) ? node.argumentExpression.text : 'env'];
  }
  if (ts.isVariableDeclaration(node) && isProcess(node.initializer) && ts.isObjectBindingPattern(node.name)) {
    return node.name.elements.map((element) => (element.propertyName ?? element.name).getText());
  }
  return [];
}
