import { onClustered } from '../../support/on-clustered';

onClustered(() => jest.requireActual('../access.test'));
