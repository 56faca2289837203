import { kubernetesOrSkip, startControlPlane } from '@pullpath/testkit';
import { clientSuite } from './suite.ts';

clientSuite(async (context) => {
  const plane = await startControlPlane(kubernetesOrSkip(context));
  const { url, ca, token } = plane.api;
  return { url, ca, token, stop: async () => plane.stop() };
});
