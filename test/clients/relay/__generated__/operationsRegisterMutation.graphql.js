/**
 * @generated SignedSource<<c5447ff1221abc47c58a7097a69c54da>>
 * @lightSyntaxTransform
 */

/* eslint-disable */

'use strict';

var node = (function(){
var v0 = [
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "input"
  }
],
v1 = [
  {
    "alias": null,
    "args": [
      {
        "kind": "Variable",
        "name": "input",
        "variableName": "input"
      }
    ],
    "concreteType": "AuthPayload",
    "kind": "LinkedField",
    "name": "register",
    "plural": false,
    "selections": [
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "accessToken",
        "storageKey": null
      }
    ],
    "storageKey": null
  }
];
return {
  "fragment": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Fragment",
    "metadata": null,
    "name": "operationsRegisterMutation",
    "selections": (v1/*:: as any*/),
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "operationsRegisterMutation",
    "selections": (v1/*:: as any*/)
  },
  "params": {
    "cacheID": "3e8728b75b63bad6f8dd15759820bc93",
    "id": null,
    "metadata": {},
    "name": "operationsRegisterMutation",
    "operationKind": "mutation",
    "text": "mutation operationsRegisterMutation(\n  $input: RegisterInput!\n) {\n  register(input: $input) {\n    accessToken\n  }\n}\n"
  }
};
})();

node.hash = "15407557922892a4c7b47f7cbfff1885";

export default node;
