/** One command of the tour: what a shell would run, with files beside it. */
export interface TourCommand {
  /** Arguments of kubectl, as in a shell but without expansion; `'...'` quotes. */
  readonly args: string;
  readonly stdin?: string;
  /** Environment besides the kubeconfig, e.g. `EDITOR`. */
  readonly env?: Readonly<Record<string, string>>;
  /** Lines of the output in any order, where the order is the server's own. */
  readonly sorted?: boolean;
  /** Only lines with this text are compared: for output that lists every kind or group a server has. */
  readonly only?: RegExp;
  /** The key of a line in docs/api-differences.md: the outputs differ, and why. */
  readonly difference?: string;
  /** Runs beside the following commands, and is ended after them: `-w`. */
  readonly background?: 'start' | 'stop';
}

const set = (name: string, source: string, more = ''): string => `apiVersion: config.openshift.io/v1
kind: ImageDigestMirrorSet
metadata:
  name: ${name}
${more}spec:
  imageDigestMirrors:
  - source: ${source}
    mirrors:
    - mirror.example.com/a
`;

const configMap = (name: string, value: string, labels = ''): string => `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
${labels}data:
  key: "${value}"
`;

const pod = (name: string, app: string): string => `apiVersion: v1
kind: Pod
metadata:
  name: ${name}
  labels:
    app: ${app}
spec:
  nodeName: tour-node
  containers:
  - name: main
    image: registry.example.com/app:v1
`;

const pruned = '  labels:\n    tour: prune\n';
const sed = (expression: string): Readonly<Record<string, string>> => ({ EDITOR: `sed -i '${expression}'` });

/** Runs from an empty namespace `tour` that is the default of the kubeconfig. */
export const commands: readonly TourCommand[] = [
  { args: 'version -o json', only: /"(major|platform)"/ },
  { args: 'get --raw /healthz' },
  { args: 'cluster-info', only: /control plane/, difference: 'services' },
  { args: 'api-versions', only: /^(v1|apps|policy|config\.openshift|hypershift|rbac)/ },
  { args: 'api-resources --api-group=config.openshift.io' },
  { args: 'api-resources --api-group=hypershift.openshift.io -o wide' },
  { args: 'api-resources --namespaced=false --api-group=rbac.authorization.k8s.io -o name' },
  { args: 'auth whoami' },
  { args: 'auth can-i create configmaps' },
  { args: 'auth can-i create configmaps --as alice' },
  { args: "auth can-i '*' '*'" },
  { args: 'create namespace tour-other' },
  { args: 'create configmap from-literal --from-literal=a=1 --from-literal=b=2' },
  { args: 'create configmap from-literal --from-literal=a=1' },
  { args: 'create secret generic generic --from-literal=password=secret' },
  { args: 'create secret docker-registry pull --docker-server=r.example.com --docker-username=u --docker-password=p' },
  { args: 'create serviceaccount robot' },
  { args: 'create role reader --verb=get,list --resource=configmaps' },
  { args: 'create rolebinding reader --role=reader --serviceaccount=tour:robot --user=alice' },
  { args: 'create clusterrole tour-reader --verb=get --resource=nodes' },
  { args: 'create clusterrolebinding tour-reader --clusterrole=tour-reader --group=team' },
  { args: 'create deployment web --image=registry.example.com/web:v1 --replicas=2' },
  { args: 'create poddisruptionbudget web --selector=app=web --min-available=1' },
  { args: 'create token robot --duration=10m', only: /^(?!ey)/ },
  { args: 'auth can-i get configmaps --as system:serviceaccount:tour:robot' },
  { args: 'auth can-i --list --as system:serviceaccount:tour:robot', only: /configmaps/ },
  { args: 'get configmaps' },
  { args: 'get configmap from-literal -o yaml' },
  { args: 'get configmap from-literal -o json' },
  { args: "get configmap from-literal -o jsonpath='{.data.a}'" },
  { args: "get configmap from-literal -o go-template='{{.metadata.name}}'" },
  { args: 'get configmaps -o name' },
  { args: 'get configmaps -o wide' },
  { args: 'get configmaps -o custom-columns=NAME:.metadata.name,A:.data.a' },
  { args: 'get configmaps --show-labels' },
  { args: 'get configmaps --no-headers' },
  { args: 'get secrets' },
  { args: 'get serviceaccounts' },
  { args: 'get roles,rolebindings' },
  { args: 'get deployments -o wide' },
  { args: 'get pdb' },
  { args: 'get configmap none' },
  { args: 'get nothing' },
  { args: 'get namespaces tour tour-other' },
  { args: 'apply -f -', stdin: set('tour-a', 'a.example.com') },
  { args: 'apply -f -', stdin: set('tour-a', 'a.example.com') },
  { args: 'apply -f -', stdin: set('tour-a', 'b.example.com') },
  { args: 'diff -f -', stdin: set('tour-a', 'c.example.com'), only: /^[+-] / },
  { args: 'get idms tour-a -o yaml' },
  { args: 'get idms' },
  { args: 'apply -f -', stdin: set('tour-a', 'bad source') },
  { args: 'apply -f -', stdin: `${set('tour-a', 'a.example.com')}  unknown: 1\n` },
  { args: 'apply -f - --validate=warn', stdin: `${set('tour-a', 'a.example.com')}  unknown: 1\n` },
  { args: 'apply -f - --dry-run=server', stdin: set('tour-dry', 'a.example.com') },
  { args: 'apply --server-side -f -', stdin: set('tour-ssa', 'a.example.com') },
  { args: 'apply --server-side --field-manager=other -f -', stdin: set('tour-ssa', 'b.example.com') },
  { args: 'apply --server-side --field-manager=other --force-conflicts -f -', stdin: set('tour-ssa', 'b.example.com') },
  { args: 'get idms tour-ssa -o yaml --show-managed-fields' },
  { args: 'apply --server-side -f -', stdin: set('tour-a', 'd.example.com') },
  { args: 'apply -f -', stdin: configMap('p1', '1', pruned) },
  { args: 'apply -f -', stdin: configMap('p2', '1', pruned) },
  { args: 'apply --prune -l tour=prune --prune-allowlist=core/v1/ConfigMap -f -', stdin: configMap('p1', '2', pruned) },
  { args: 'create -f -', stdin: configMap('created', '1') },
  { args: 'replace -f -', stdin: configMap('created', '2') },
  { args: 'replace -f -', stdin: configMap('missing', '2') },
  { args: 'edit configmap created', env: sed('s/^  key:.*/  key: "3"/') },
  { args: 'edit idms tour-a', env: sed('s/source:.*/source: edited.example.com/') },
  { args: 'edit configmap created', env: { EDITOR: 'true' } },
  { args: `patch configmap created -p '{"data":{"s":"1"}}'` },
  { args: `patch configmap created --type=merge -p '{"data":{"m":"1"}}'` },
  { args: `patch configmap created --type=json -p '[{"op":"remove","path":"/data/m"}]'` },
  { args: `patch configmap created --type=json -p '[{"op":"remove","path":"/data/none"}]'` },
  { args: `patch idms tour-a -p '{"metadata":{"labels":{"x":"y"}}}'` },
  { args: `patch idms tour-a --type=merge -p '{"metadata":{"labels":{"x":"y"}}}'` },
  { args: `patch idms tour-a --type=merge --subresource=status -p '{"status":{}}'` },
  { args: 'label configmap created team=a' },
  { args: 'label configmap created team=b' },
  { args: 'label configmap created team=b --overwrite' },
  { args: 'label configmap created team-' },
  { args: 'annotate configmap created note=hello' },
  { args: 'annotate configmap --all note=all --overwrite' },
  { args: 'get configmaps -l tour=prune' },
  { args: 'get configmaps --field-selector metadata.name=created' },
  { args: 'get configmaps --field-selector data.x=1' },
  { args: 'get configmaps --sort-by=.metadata.name' },
  { args: 'get configmaps -A -l tour' },
  { args: 'get configmaps --chunk-size=1' },
  { args: 'get configmaps -w -l watched', background: 'start' },
  { args: 'create -f -', stdin: configMap('watched', '1', '  labels:\n    watched: "yes"\n') },
  { args: 'label configmap watched more=labels' },
  { args: 'delete configmap watched' },
  { args: 'get configmaps -w -l watched', background: 'stop' },
  { args: 'describe configmap created', sorted: true },
  { args: 'describe idms tour-ssa' },
  { args: 'describe secret generic', sorted: true },
  { args: 'describe deployment web', only: /^(Name|Namespace|Selector|Replicas|StrategyType):/ },
  { args: 'explain idms' },
  { args: 'explain idms.spec.imageDigestMirrors' },
  { args: 'explain idms.spec --recursive' },
  { args: 'explain nothing' },
  { args: 'explain configmap.data', only: /^(KIND|VERSION|FIELD):/ },
  { args: 'scale deployment web --replicas=3' },
  { args: 'set image deployment/web web=registry.example.com/web:v2' },
  { args: 'get deployment web -o yaml' },
  { args: 'create -f -', stdin: 'apiVersion: v1\nkind: Node\nmetadata:\n  name: tour-node\n' },
  { args: 'get nodes tour-node' },
  { args: 'taint node tour-node key=value:NoSchedule' },
  { args: 'cordon tour-node' },
  { args: 'cordon tour-node' },
  { args: 'uncordon tour-node' },
  { args: 'create -f -', stdin: pod('guarded', 'guarded') },
  { args: 'create -f -', stdin: pod('free', 'free') },
  {
    args: `patch pod guarded --subresource=status --type=merge -p '{"status":{"phase":"Running","conditions":[{"type":"Ready","status":"True"}]}}'`,
  },
  { args: 'get pods -o wide' },
  { args: 'create pdb guarded --selector=app=guarded --min-available=1' },
  { args: "wait pdb/guarded --for=jsonpath='{.status.expectedPods}'=1 --timeout=10s" },
  { args: 'drain tour-node' },
  { args: 'drain tour-node --force --timeout=2s', sorted: true, only: /evicting|error|cannot|drained/i },
  { args: 'delete pdb guarded' },
  { args: 'delete pod guarded --force --grace-period=0' },
  { args: 'drain tour-node --force --disable-eviction --grace-period=0 --timeout=20s', sorted: true },
  { args: 'get nodes tour-node' },
  { args: 'uncordon tour-node' },
  { args: 'delete node tour-node' },
  { args: 'top nodes' },
  { args: 'create -f -', stdin: `${configMap('held', '1', '  finalizers: [example.com/hold]\n')}` },
  { args: 'delete configmap held --wait=false' },
  { args: 'get configmap held -o jsonpath={.metadata.finalizers}' },
  { args: `patch configmap held --type=merge -p '{"metadata":{"finalizers":null}}'` },
  { args: 'wait configmap/held --for=delete --timeout=10s' },
  { args: 'wait configmap/created --for=jsonpath={.data.key}=3 --timeout=5s' },
  { args: 'wait configmap/created --for=condition=Ready --timeout=1s' },
  { args: 'delete configmap created --cascade=foreground' },
  { args: 'delete deployment web --cascade=orphan' },
  { args: 'delete configmap none' },
  { args: 'delete configmap none --ignore-not-found' },
  { args: 'delete configmaps -l tour=prune' },
  { args: 'delete idms --all' },
  { args: 'delete clusterrole tour-reader' },
  { args: 'delete clusterrolebinding tour-reader' },
  {
    args: 'create -f -',
    stdin: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: strict}\ndata: {a: "1", a: "2"}\nnope: 1\n',
  },
  {
    args: 'create -f - --validate=ignore',
    stdin: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: strict}\nnope: 1\n',
  },
  { args: 'events', difference: 'events' },
  { args: 'delete namespace tour-other' },
  { args: 'get namespace tour-other' },
  { args: 'get crd imagedigestmirrorsets.config.openshift.io' },
  { args: 'get events,leases', difference: 'events' },
  { args: 'get leases' },
  { args: 'get --raw /apis/config.openshift.io/v1/imagedigestmirrorsets/none' },
];
