// Answers JSON lines with what the patch libraries of kube-apiserver make of an object.
//
//	in:  {"type": "json" | "merge" | "strategic", "kind": "Pod", "object": {...}, "patch": ...}
//	out: {"object": {...}} or {"error": "..."}
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"

	jsonpatch "gopkg.in/evanphx/json-patch.v4"
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	policyv1 "k8s.io/api/policy/v1"
	"k8s.io/apimachinery/pkg/util/strategicpatch"
)

type question struct {
	Type   string          `json:"type"`
	Kind   string          `json:"kind"`
	Object json.RawMessage `json:"object"`
	Patch  json.RawMessage `json:"patch"`
}

type answer struct {
	Object json.RawMessage `json:"object,omitempty"`
	Error  string          `json:"error,omitempty"`
}

var kinds = map[string]any{
	"ConfigMap":           corev1.ConfigMap{},
	"Deployment":          appsv1.Deployment{},
	"Node":                corev1.Node{},
	"Pod":                 corev1.Pod{},
	"PodDisruptionBudget": policyv1.PodDisruptionBudget{},
	"ServiceAccount":      corev1.ServiceAccount{},
}

func main() {
	input := bufio.NewScanner(os.Stdin)
	input.Buffer(make([]byte, 1<<20), 64<<20)
	output := json.NewEncoder(os.Stdout)
	output.SetEscapeHTML(false)
	for input.Scan() {
		var asked question
		if err := json.Unmarshal(input.Bytes(), &asked); err != nil {
			fail(err)
		}
		if err := output.Encode(patch(asked)); err != nil {
			fail(err)
		}
	}
}

// The libraries panic on some patches; the server drops the connection then.
func patch(asked question) (result answer) {
	defer func() {
		if reason := recover(); reason != nil {
			result = answer{Error: fmt.Sprintf("panic: %v", reason)}
		}
	}()
	object, err := run(asked)
	if err != nil {
		return answer{Error: err.Error()}
	}
	return answer{Object: object}
}

func run(asked question) ([]byte, error) {
	switch asked.Type {
	case "json":
		operations, err := jsonpatch.DecodePatch(asked.Patch)
		if err != nil {
			return nil, err
		}
		return operations.Apply(asked.Object)
	case "merge":
		return jsonpatch.MergePatch(asked.Object, asked.Patch)
	case "strategic":
		kind, ok := kinds[asked.Kind]
		if !ok {
			fail(fmt.Errorf("no kind %q", asked.Kind))
		}
		return strategicpatch.StrategicMergePatch(asked.Object, asked.Patch, kind)
	}
	fail(fmt.Errorf("no patch type %q", asked.Type))
	return nil, nil
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
