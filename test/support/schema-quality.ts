import {
  findBreakingChanges,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isSpecifiedScalarType,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLSchema,
} from 'graphql';

interface Element {
  readonly name: string;
  readonly description: string | null | undefined;
  readonly deprecationReason: string | null | undefined;
}

/** Everything of a schema that can be described: types, fields, arguments, enum values. */
function* elements(schema: GraphQLSchema): Generator<Element> {
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__') || isSpecifiedScalarType(type)) continue;
    yield { name: type.name, description: type.description, deprecationReason: null };
    const fields: (GraphQLField<unknown, unknown> | GraphQLInputField)[] = isInputObjectType(type)
      ? Object.values(type.getFields())
      : isObjectType(type) || isInterfaceType(type)
        ? Object.values(type.getFields())
        : [];
    for (const field of fields) {
      yield { ...field, name: `${type.name}.${field.name}` };
      for (const arg of 'args' in field ? field.args : []) yield { ...arg, name: `${type.name}.${field.name}(${arg.name})` };
    }
    for (const value of 'getValues' in type ? type.getValues() : []) yield { ...value, name: `${type.name}.${value.name}` };
  }
}

export const undescribed = (schema: GraphQLSchema): string[] =>
  [...elements(schema)].filter(({ description }) => !description?.trim()).map(({ name }) => name);

/** Deprecations whose reason does not name the replacement and the date of removal: "Use x. Removed on 2027-03-01." */
export const undatedDeprecations = (schema: GraphQLSchema): string[] =>
  [...elements(schema)]
    .filter(({ deprecationReason }) => deprecationReason != null && !/\w.*\b20\d\d-\d\d-\d\d\b/.test(deprecationReason))
    .map(({ name }) => name);

/** Breaking changes against `released` that the changelog does not name, word for word, above its newest release. */
export function unnamedBreakingChanges(released: GraphQLSchema, current: GraphQLSchema, changelog: string): string[] {
  const [, unreleased = ''] = changelog.split(/^## /m);
  return findBreakingChanges(released, current)
    .map(({ description }) => description)
    .filter((description) => !unreleased.includes(description));
}
