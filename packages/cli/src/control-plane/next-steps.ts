import { resolve } from 'node:path';

/** What a demo server tells of itself. */
export interface DemoPlaces {
  readonly dataDir: string;
  readonly nodeRoot: string;
  /** URL of the OCM API, where it is served. */
  readonly ocmUrl: string | undefined;
}

/** What to type next, in another terminal; each line works as it stands. */
export function nextSteps({ dataDir, nodeRoot, ocmUrl }: DemoPlaces): string {
  return `
What to type next, in another terminal:

  export KUBECONFIG=${resolve(dataDir, 'kubeconfig')}
  kubectl get hostedclusters,nodepools -n clusters
  kubectl get mcp,nodes
  cat ${nodeRoot}/clusters-my-cluster/*/etc/containers/registries.conf
  ./pullpath status
  ./pullpath explain registry.redhat.io/rhel9/nginx:1.24 --cluster my-cluster --pool my-cluster-workers
  kubectl create -f examples/openshift/registryrepomirror.yaml && ./pullpath rollout status worker
${ocmUrl === undefined ? '' : ocmSteps(resolve(dataDir), ocmUrl)}
Ctrl-C ends it; the next start goes on where this one ended.
`;
}

function ocmSteps(dataDir: string, url: string): string {
  const token = (ttl: string): string => `"$(./pullpath ocm token create --data-dir ${dataDir} --ttl ${ttl})"`;
  return `
Image mirrors through the OCM API, as rosa has them:

  ./pullpath rosa login --env ${url} --ca ${dataDir}/ca.crt --token ${token('12h')}
  ./pullpath rosa create image-mirror -c my-cluster --source docker.io/library/nginx --mirrors quay.io/my-org/nginx
  ./pullpath rosa wait -c my-cluster

and as Terraform has them:

  eval "$(./pullpath terraform setup ${dataDir}/terraform)"
  export RHCS_URL=${url} RHCS_TRUSTED_CAS="$(cat ${dataDir}/ca.crt)" RHCS_TOKEN=${token('1h')}
  export TF_VAR_cluster_id="$(kubectl get hostedcluster -n clusters my-cluster -o jsonpath='{.metadata.uid}')"
  terraform -chdir=examples/terraform/order-of-mirrors init && terraform -chdir=examples/terraform/order-of-mirrors apply
`;
}
