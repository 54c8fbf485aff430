import {
  GraphQLEnumType,
  GraphQLInputObjectType,
  GraphQLInterfaceType,
  GraphQLObjectType,
  GraphQLUnionType,
  astFromValue,
  isIntrospectionType,
  isRequiredArgument,
  isRequiredInputField,
  isSpecifiedScalarType,
  print,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';

type Input = GraphQLArgument | GraphQLInputField;

/**
 * What a client written against the contract would miss in the schema, one sentence each. Types must be equal to the letter, a
 * stricter one included: code generated from the contract relies on both sides. Free to differ: descriptions, order, additional
 * types and fields, additional arguments and input fields that may be left out.
 */
export function schemaDifferences(contract: GraphQLSchema, actual: GraphQLSchema): string[] {
  const roots = (schema: GraphQLSchema) =>
    [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].map((type) => type?.name).join(', ');
  const rootProblem = roots(contract) === roots(actual) ? [] : [`the root types are ${roots(actual)}, not ${roots(contract)}`];
  return Object.values(contract.getTypeMap())
    .filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type))
    .flatMap((type) => {
      const found = actual.getType(type.name);
      if (!found) return [`${type.name} is missing`];
      if (found.constructor !== type.constructor) return [`${type.name} is of another kind`];
      return typeDifferences(type, found);
    })
    .concat(rootProblem);
}

function typeDifferences(contract: GraphQLNamedType, actual: GraphQLNamedType): string[] {
  const { name } = contract;
  if (contract instanceof GraphQLEnumType && actual instanceof GraphQLEnumType) {
    return sameSet(`${name}'s values`, namesOf(contract.getValues()), namesOf(actual.getValues()));
  }
  if (contract instanceof GraphQLUnionType && actual instanceof GraphQLUnionType) {
    return sameSet(`${name}'s members`, namesOf(contract.getTypes()), namesOf(actual.getTypes()));
  }
  if (contract instanceof GraphQLInputObjectType && actual instanceof GraphQLInputObjectType) {
    return inputDifferences(name, Object.values(contract.getFields()), Object.values(actual.getFields()), isRequiredInputField);
  }
  if (!hasFields(contract) || !hasFields(actual)) return [];
  return Object.values(contract.getFields()).flatMap((field) => {
    const path = `${name}.${field.name}`;
    const found = actual.getFields()[field.name];
    if (!found) return [`${path} is missing`];
    return [...sameType(path, field, found), ...inputDifferences(path, field.args, found.args, isRequiredArgument)];
  });
}

function inputDifferences<T extends Input>(
  path: string,
  contract: readonly T[],
  actual: readonly T[],
  isRequired: (input: T) => boolean,
): string[] {
  const missing = contract.flatMap((input) => {
    const inputPath = `${path}(${input.name})`;
    const found = actual.find(({ name }) => name === input.name);
    if (!found) return [`${inputPath} is missing`];
    const [wanted, given] = [defaultOf(input), defaultOf(found)];
    const defaultProblem = wanted === given ? [] : [`${inputPath} has the default ${given}, not ${wanted}`];
    return [...sameType(inputPath, input, found), ...defaultProblem];
  });
  const added = actual.filter((input) => isRequired(input) && !contract.some(({ name }) => name === input.name));
  return [...missing, ...added.map(({ name }) => `${path}(${name}) is required and not in the contract`)];
}

function sameType(path: string, contract: { readonly type: unknown }, actual: { readonly type: unknown }): string[] {
  const [wanted, given] = [String(contract.type), String(actual.type)];
  return wanted === given ? [] : [`${path} is ${given}, not ${wanted}`];
}

function sameSet(what: string, contract: readonly string[], actual: readonly string[]): string[] {
  const [wanted, given] = [contract, actual].map((names) => names.toSorted().join(' '));
  return wanted === given ? [] : [`${what} are ${given}, not ${wanted}`];
}

function defaultOf({ defaultValue, type }: Input): string {
  const ast = defaultValue === undefined ? undefined : astFromValue(defaultValue, type);
  return ast ? print(ast) : 'none';
}

const namesOf = (values: readonly { readonly name: string }[]): string[] => values.map(({ name }) => name);

const hasFields = (type: GraphQLNamedType): type is GraphQLObjectType | GraphQLInterfaceType =>
  type instanceof GraphQLObjectType || type instanceof GraphQLInterfaceType;
