import {
  defaultFieldResolver,
  execute,
  getNullableType,
  getOperationAST,
  isLeafType,
  OperationTypeNode,
  type DocumentNode,
  type ExecutionResult,
  type FieldNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { compileArguments } from './arguments';
import { INVALID, compileVariables, type Variables } from './coerce';
import { collect, fragmentsOf, type Fragments } from './collect';
import { compileComplete, isPromise, type Complete } from './complete';
import { addPath, Run, type Path } from './run';
import { oneAfterAnother, together, type SelectedField } from './select';
import { Unsupported } from './unsupported';

/** What differs between two executions of an operation. */
export interface Inputs {
  readonly rootValue?: unknown;
  readonly contextValue: unknown;
  /** As sent, not coerced. */
  readonly variableValues: Variables | undefined;
}

/** Executes one operation. The result is that of `execute` of graphql-js. Never rejects. */
export type Execute = (inputs: Inputs) => ExecutionResult | Promise<ExecutionResult>;

/** Fields of a compiled operation. A larger one, whose fragments expand, is left to graphql-js: closures take more memory than text. */
const MAX_FIELDS = 150;

/**
 * Compiles a valid operation once, so that its executions do not walk the document (docs/decisions/0015). What is not compiled is
 * executed by graphql-js: introspection, conditions by variables, interfaces and unions. Also when a variable is refused.
 */
export function compile(schema: GraphQLSchema, document: DocumentNode, operationName: string | undefined): Execute {
  const byGraphql: Execute = (inputs) => execute({ schema, document, operationName, ...inputs });
  const operation = getOperationAST(document, operationName);
  const root = operation && schema.getRootType(operation.operation);
  if (!operation || !root) return byGraphql;
  try {
    const coerce = compileVariables(schema, operation.variableDefinitions ?? []);
    const serially = operation.operation === OperationTypeNode.MUTATION;
    const select = new Compiler(schema, fragmentsOf(document), operation).select(root, [operation], serially);
    return (inputs) => {
      const variables = coerce(inputs.variableValues ?? {});
      if (variables === INVALID) return byGraphql(inputs);
      return executed(new Run(inputs.rootValue, inputs.contextValue, variables), select);
    };
  } catch (error) {
    if (error instanceof Unsupported) return byGraphql;
    throw error;
  }
}

function executed(run: Run, select: Complete): ExecutionResult | Promise<ExecutionResult> {
  const respond = (data: unknown): ExecutionResult =>
    (run.errors.length === 0 ? { data } : { errors: run.errors, data }) as ExecutionResult;
  const failed = (error: unknown): ExecutionResult => {
    run.add(error as Parameters<Run['add']>[0], undefined);
    return respond(null);
  };
  try {
    const data = select(run, run.rootValue, undefined);
    return isPromise(data) ? data.then(respond, failed) : respond(data);
  } catch (error) {
    return failed(error);
  }
}

class Compiler {
  private fields = 0;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly fragments: Fragments,
    private readonly operation: OperationDefinitionNode,
  ) {}

  /** Compiles selections of one object. The result takes the object and its path. */
  select(type: GraphQLObjectType, nodes: readonly (FieldNode | OperationDefinitionNode)[], serially = false): Complete {
    const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    const fields = [...collect(this.fragments, type, sets)].map(([key, sameKey]): SelectedField => ({
      key,
      valueIn: this.field(type, key, sameKey),
    }));
    return serially ? oneAfterAnother(fields) : together(fields);
  }

  private field(parentType: GraphQLObjectType, key: string, nodes: readonly FieldNode[]): Complete {
    if (++this.fields > MAX_FIELDS) throw new Unsupported();
    const node = nodes[0] as FieldNode;
    const fieldName = node.name.value;
    if (fieldName === '__typename') return () => parentType.name;
    const definition = parentType.getFields()[fieldName];
    if (!definition) throw new Unsupported();
    const { type: returnType } = definition;
    const resolve = this.resolver(definition, parentType, nodes);
    const complete = compileComplete(returnType, {
      label: `${parentType.name}.${fieldName}`,
      fail: (run, error, type, path) => run.fail(error, nodes, type, path),
      select: (type) => this.select(type, nodes),
    });
    const pathIn = (parent: Path | undefined): Path => addPath(parent, key, parentType.name);
    const finish = (run: Run, path: Path, resolved: () => unknown): unknown => {
      const failed = (error: unknown): null => run.fail(error, nodes, returnType, path);
      try {
        const value = resolved();
        const completed = isPromise(value) ? value.then((later) => complete(run, later, path)) : complete(run, value, path);
        return isPromise(completed) ? completed.then(undefined, failed) : completed;
      } catch (error) {
        return failed(error);
      }
    };
    const resolving: Complete = (run, source, parent) => {
      const path = pathIn(parent);
      return finish(run, path, () => resolve(run, source, path));
    };
    if (definition.resolve || !isLeafType(getNullableType(returnType))) return resolving;
    // A leaf that is a property needs its path only if it fails.
    return (run, source, parent) => {
      try {
        const value = (source as Readonly<Record<string, unknown>> | null)?.[fieldName];
        if (typeof value === 'function') return resolving(run, source, parent);
        if (isPromise(value)) return finish(run, pathIn(parent), () => value);
        return complete(run, value, undefined);
      } catch (error) {
        return run.fail(error, nodes, returnType, pathIn(parent));
      }
    };
  }

  /** Calls the resolver of the field. */
  private resolver(
    definition: GraphQLField<unknown, unknown>,
    parentType: GraphQLObjectType,
    fieldNodes: readonly FieldNode[],
  ): Complete {
    const { schema, fragments, operation } = this;
    const { name: fieldName, type: returnType, resolve = defaultFieldResolver } = definition;
    const argumentsOf = compileArguments(definition, fieldNodes[0] as FieldNode);
    return ({ rootValue, contextValue, variableValues }, source, path) =>
      resolve(source, argumentsOf(variableValues), contextValue, {
        fieldName,
        fieldNodes,
        returnType,
        parentType,
        path: path as Path,
        schema,
        fragments,
        rootValue,
        operation,
        variableValues,
      });
  }
}
