// Answers JSON lines with what Kubernetes makes of YAML texts (sigs.k8s.io/yaml, as kubectl and API servers use it).
//
//	in:  {"texts": ["a: yes", ...]}
//	out: {"answers": [{"json": "{\"a\":true}"} or {"error": "..."}, ...]}
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"

	"sigs.k8s.io/yaml"
)

type question struct {
	Texts []string `json:"texts"`
}

type answer struct {
	JSON  string `json:"json,omitempty"`
	Error string `json:"error,omitempty"`
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
		answers := make([]answer, len(asked.Texts))
		for i, text := range asked.Texts {
			answers[i] = read(text)
		}
		if err := output.Encode(map[string][]answer{"answers": answers}); err != nil {
			fail(err)
		}
	}
}

func read(text string) answer {
	converted, err := yaml.YAMLToJSON([]byte(text))
	if err != nil {
		return answer{Error: err.Error()}
	}
	return answer{JSON: string(converted)}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
