import { getArgumentValues, isNonNullType, Kind, type FieldNode, type GraphQLField } from 'graphql';
import type { Variables } from './coerce';

/** The arguments of a field for the coerced variables. @throws GraphQLError as graphql-js does */
export type ArgumentsOf = (variables: Variables) => Record<string, unknown>;

const none: ArgumentsOf = () => ({});

/** Arguments that are whole variables are copied; graphql-js coerces all others, and words all errors. */
export function compileArguments(field: GraphQLField<unknown, unknown>, node: FieldNode): ArgumentsOf {
  if (field.args.length === 0) return none;
  const byGraphql: ArgumentsOf = (variables) => getArgumentValues(field, node, variables);
  const sources = field.args.map(({ name, type, defaultValue }) => {
    const value = node.arguments?.find((argument) => argument.name.value === name)?.value;
    const variable = value?.kind === Kind.VARIABLE ? value.name.value : undefined;
    return { name, isGiven: value !== undefined, variable, required: isNonNullType(type), defaultValue };
  });
  if (sources.some(({ isGiven, variable }) => isGiven && variable === undefined)) return byGraphql;
  return (variables) => {
    const values: Record<string, unknown> = {};
    for (const { name, variable, required, defaultValue } of sources) {
      const value = variable !== undefined && Object.hasOwn(variables, variable) ? variables[variable] : undefined;
      if (value !== undefined && (value !== null || !required)) values[name] = value;
      else if (value === undefined && defaultValue !== undefined) values[name] = defaultValue;
      else if (required) return byGraphql(variables);
    }
    return values;
  };
}
