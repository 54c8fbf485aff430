import { onClustered } from '../../support/on-clustered';

onClustered(() => jest.requireActual('../account-settings.test'));
