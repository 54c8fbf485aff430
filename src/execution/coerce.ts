import {
  isInputObjectType,
  isInputType,
  isLeafType,
  isListType,
  isNonNullType,
  typeFromAST,
  valueFromAST,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLLeafType,
  type GraphQLSchema,
  type VariableDefinitionNode,
} from 'graphql';
import { Unsupported } from './unsupported';

export type Variables = Readonly<Record<string, unknown>>;

/** Result for a value that is not one of the type. graphql-js then finds out why, and words the error. */
export const INVALID = Symbol('invalid');

type Coerce = (value: unknown) => unknown;

/** Coerces the variables of one operation. @returns INVALID if one of them is refused */
export type CoerceVariables = (given: Variables) => Variables | typeof INVALID;

/** @throws Unsupported for types that are left to graphql-js */
export function compileVariables(schema: GraphQLSchema, definitions: readonly VariableDefinitionNode[]): CoerceVariables {
  const compiled = definitions.map((definition) => {
    const type = typeFromAST(schema, definition.type);
    if (!isInputType(type)) throw new Unsupported();
    return {
      name: definition.variable.name.value,
      required: isNonNullType(type),
      // A new value for each request, because a resolver could change it.
      missing: () => (definition.defaultValue ? valueFromAST(definition.defaultValue, type) : undefined),
      coerce: compileInput(type),
    };
  });
  return (given) => {
    const coerced: Record<string, unknown> = {};
    for (const { name, required, missing, coerce } of compiled) {
      if (!Object.hasOwn(given, name)) {
        const value = missing();
        if (value !== undefined) coerced[name] = value;
        else if (required) return INVALID;
        continue;
      }
      const value = coerce(given[name]);
      if (value === INVALID) return INVALID;
      coerced[name] = value;
    }
    return coerced;
  };
}

function compileInput(type: GraphQLInputType, open: ReadonlySet<GraphQLInputType> = new Set()): Coerce {
  if (isNonNullType(type)) {
    const coerce = compileInput(type.ofType, open);
    return (value) => (value === null || value === undefined ? INVALID : coerce(value));
  }
  const coerce = isListType(type)
    ? list(compileInput(type.ofType, open))
    : isLeafType(type)
      ? leaf(type)
      : inputObject(type, open);
  return (value) => (value === null || value === undefined ? null : coerce(value));
}

/** A single value counts as a list of one. */
const list =
  (coerce: Coerce): Coerce =>
  (value) => {
    const items = (Array.isArray(value) ? value : [value]).map(coerce);
    return items.includes(INVALID) ? INVALID : items;
  };

const leaf =
  (type: GraphQLLeafType): Coerce =>
  (value) => {
    try {
      const parsed: unknown = type.parseValue(value);
      return parsed === undefined ? INVALID : parsed;
    } catch {
      return INVALID;
    }
  };

function inputObject(type: GraphQLInputType, open: ReadonlySet<GraphQLInputType>): Coerce {
  if (!isInputObjectType(type) || type.isOneOf || open.has(type)) throw new Unsupported();
  const fields = fieldsOf(type, new Set([...open, type]));
  const names = new Set(fields.map(({ name }) => name));
  return (value) => {
    if (typeof value !== 'object' || Array.isArray(value)) return INVALID;
    const given = value as Variables;
    for (const name of Object.keys(given)) if (!names.has(name)) return INVALID;
    const coerced: Record<string, unknown> = {};
    for (const { name, required, defaultValue, coerce } of fields) {
      const field = given[name];
      if (field === undefined) {
        if (defaultValue !== undefined) coerced[name] = defaultValue;
        else if (required) return INVALID;
        continue;
      }
      const result = coerce(field);
      if (result === INVALID) return INVALID;
      coerced[name] = result;
    }
    return coerced;
  };
}

const fieldsOf = (type: GraphQLInputObjectType, open: ReadonlySet<GraphQLInputType>) =>
  Object.values(type.getFields()).map(({ name, type: fieldType, defaultValue }) => ({
    name,
    required: isNonNullType(fieldType),
    defaultValue,
    coerce: compileInput(fieldType, open),
  }));
