import type { GraphQLFieldResolver, GraphQLSchema } from 'graphql';
import { getMetadataStorage } from 'type-graphql';
import type { RequestContext } from './context';

/** An instance of a resolver class. */
type Instance = Readonly<Record<string, (...parameters: unknown[]) => unknown>>;
type Resolve = GraphQLFieldResolver<unknown, RequestContext, Readonly<Record<string, unknown>>>;
type Parameter = (args: Readonly<Record<string, unknown>>, context: RequestContext) => unknown;

/**
 * Lets queries and mutations call the methods of their resolver classes. type-graphql would validate each argument in a promise of its
 * own, although no validator is used, and copy each input into an object of its class, although input classes have no methods.
 * @param instances of the resolver classes
 */
export function callDirectly(schema: GraphQLSchema, instances: ReadonlyMap<unknown, unknown>): void {
  const { queries, mutations } = getMetadataStorage();
  const roots = [
    [schema.getQueryType(), queries],
    [schema.getMutationType(), mutations],
  ] as const;
  for (const [type, handlers] of roots) {
    for (const { schemaName, methodName, target, params = [] } of handlers) {
      const field = type?.getFields()[schemaName];
      const instance = instances.get(target) as Instance | undefined;
      const parameters = [...params].sort((a, b) => a.index - b.index).map(parameterOf);
      if (field && instance && parameters.every((parameter) => parameter !== undefined))
        field.resolve = call(instance, methodName, parameters);
    }
  }
}

/** @returns undefined for parameters that are left to type-graphql */
function parameterOf(parameter: ParamMetadata): Parameter | undefined {
  if (parameter.kind === 'context' && parameter.propertyName === undefined) return (_, context) => context;
  if (parameter.kind !== 'arg' || parameter.validateFn) return undefined;
  const { name } = parameter;
  return (args) => args[name];
}

type ParamMetadata = NonNullable<ReturnType<typeof getMetadataStorage>['queries'][number]['params']>[number];

const call =
  (instance: Instance, methodName: string, parameters: readonly Parameter[]): Resolve =>
  (_, args, context) =>
    instance[methodName]?.(...parameters.map((parameter) => parameter(args, context)));
