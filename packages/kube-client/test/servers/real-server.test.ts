import { kubernetesOrSkip, startControlPlane } from '@pullpath/testkit';
import { clientSuite } from './suite.ts';

clientSuite(async (context) => {
  const plane = await startControlPlane(kubernetesOrSkip(context));
  return { kubeconfig: plane.kubeconfig, stop: async () => plane.stop() };
});
