import graphql from '@graphql-eslint/eslint-plugin';

/** The schema by the rules of GraphQL ESLint; its text is printed from the code, so exceptions stand here. */
export default [
  {
    files: ['schema.graphql'],
    languageOptions: { parser: graphql.parser, parserOptions: { graphQLConfig: { schema: 'schema.graphql' } } },
    plugins: { '@graphql-eslint': graphql },
    rules: {
      ...graphql.configs['flat/schema-recommended'].rules,
      ...graphql.configs['flat/schema-relay'].rules,
      // `User.username` is one word.
      '@graphql-eslint/no-typename-prefix': 'off',
      // Values without a life of their own: answers, pages, measurements, what happened.
      '@graphql-eslint/strict-id-in-types': [
        'error',
        {
          exceptions: {
            types: [
              ...['AuthPayload', 'ChatMark', 'ChatPage', 'EmotionScore', 'EmpathyCount', 'Mood', 'PasswordReset'],
              ...['Invite', 'InvitePreview', 'Member', 'ScreenLink'],
              ...['RecentChats', 'ReportedChat', 'RoomActivity', 'RoomState'],
            ],
            suffixes: ['Connection', 'Edge', 'PageInfo'],
          },
        },
      ],
      // `insights` pages forward only, with a page info of its own; `chats` goes both ways.
      '@graphql-eslint/relay-arguments': ['error', { includeBoth: false }],
      '@graphql-eslint/relay-connection-types': 'off',
      // There is no `node(id:)`, and lists that are short need no pages.
      '@graphql-eslint/relay-edge-types': ['error', { shouldImplementNode: false, listTypeCanWrapOnlyEdgeType: false }],
    },
  },
];
