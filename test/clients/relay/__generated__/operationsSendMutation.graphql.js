/**
 * @generated SignedSource<<0e40dcb2e20fcb0685ad71b5f69d3cc4>>
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
    "concreteType": "Chat",
    "kind": "LinkedField",
    "name": "sendChat",
    "plural": false,
    "selections": [
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "id",
        "storageKey": null
      },
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "text",
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
    "name": "operationsSendMutation",
    "selections": (v1/*:: as any*/),
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "operationsSendMutation",
    "selections": (v1/*:: as any*/)
  },
  "params": {
    "cacheID": "4d35996e78a94716e192578bdb7e67bb",
    "id": null,
    "metadata": {},
    "name": "operationsSendMutation",
    "operationKind": "mutation",
    "text": "mutation operationsSendMutation(\n  $input: SendChatInput!\n) {\n  sendChat(input: $input) {\n    id\n    text\n  }\n}\n"
  }
};
})();

node.hash = "e1f8b356cd1ac9df0d3ff301aef354e7";

export default node;
