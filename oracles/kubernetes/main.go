// The real Kubernetes control plane in one test-only program: kubernetes apiserver|controller-manager|etcd|kubectl ARGS...
package main

import (
	"fmt"
	"os"

	"go.etcd.io/etcd/server/v3/etcdmain"
	"k8s.io/component-base/cli"
	kubectl "k8s.io/kubectl/pkg/cmd"
	"k8s.io/kubectl/pkg/cmd/util"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	manager "k8s.io/kubernetes/cmd/kube-controller-manager/app"
)

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: kubernetes apiserver|controller-manager|etcd|kubectl ARGS...")
		os.Exit(2)
	}
	program := os.Args[1]
	// The server notes who wrote a field by the name of the writing program.
	names := map[string]string{"apiserver": "kube-apiserver", "controller-manager": "kube-controller-manager"}
	name, ok := names[program]
	if !ok {
		name = program
	}
	os.Args = append([]string{name}, os.Args[2:]...)
	switch program {
	case "apiserver":
		os.Exit(cli.Run(apiserver.NewAPIServerCommand()))
	case "controller-manager":
		os.Exit(cli.Run(manager.NewControllerManagerCommand()))
	case "etcd":
		etcdmain.Main(os.Args)
	case "kubectl":
		if err := cli.RunNoErrOutput(kubectl.NewDefaultKubectlCommand()); err != nil {
			util.CheckErr(err)
		}
	default:
		fmt.Fprintf(os.Stderr, "kubernetes: no program %q\n", program)
		os.Exit(2)
	}
}
