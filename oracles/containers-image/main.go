// Answers JSON lines with what containers/image makes of a configuration, for differential tests.
//
//	in:  {"op": "resolve", "main": "TOML", "dropIns": {"10-a.conf": "TOML"}, "refs": ["quay.io/ns/app:1"]}
//	out: {"error": {code, message}} when the configuration does not load, else
//	     {"results": [{"ref", "error"?, "candidates": [{"normalized", "matchedPrefix": "" when none, "error"?,
//	       "sources": [{"ref", "mirror", "insecure", "blocked"}]}]}]}
//	in:  {"op": "credentials", "authJson": "JSON", "legacy": false, "key": "quay.io/ns"}
//	out: {"username", "password", "identityToken"} or {"error": {message}}
//	in:  {"op": "policy", "text": "JSON"}
//	out: {"ok": true} or {"error": {message}}
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/sirupsen/logrus"
)

type question struct {
	Op       string            `json:"op"`
	Main     string            `json:"main"`
	DropIns  map[string]string `json:"dropIns"`
	Refs     []string          `json:"refs"`
	AuthJSON string            `json:"authJson"`
	Legacy   bool              `json:"legacy"`
	Key      string            `json:"key"`
	Text     string            `json:"text"`
}

type failure struct {
	Code    string `json:"code,omitempty"`
	Message string `json:"message"`
}

type failed struct {
	Error failure `json:"error"`
}

func main() {
	logrus.SetOutput(io.Discard)
	root, err := os.MkdirTemp("", "containers-image-oracle-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	err = serve(root)
	os.RemoveAll(root)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func serve(root string) error {
	if err := isolate(root); err != nil {
		return err
	}
	input := bufio.NewScanner(os.Stdin)
	input.Buffer(make([]byte, 1<<20), 64<<20)
	output := bufio.NewWriter(os.Stdout)
	encoder := json.NewEncoder(output)
	for input.Scan() {
		if err := encoder.Encode(reply(root, input.Bytes())); err != nil {
			return err
		}
		if err := output.Flush(); err != nil {
			return err
		}
	}
	return input.Err()
}

// The files of whoever runs the tests must not take part.
func isolate(root string) error {
	for _, name := range []string{"HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR", "XDG_CACHE_HOME", "DOCKER_CONFIG"} {
		if err := os.Setenv(name, root+"/home"); err != nil {
			return err
		}
	}
	for _, name := range []string{"CONTAINERS_REGISTRIES_CONF", "REGISTRY_AUTH_FILE"} {
		if err := os.Unsetenv(name); err != nil {
			return err
		}
	}
	return os.MkdirAll(root+"/home", 0o700)
}

func reply(root string, line []byte) any {
	var asked question
	if err := json.Unmarshal(line, &asked); err != nil {
		return failed{failure{Code: "question", Message: err.Error()}}
	}
	switch asked.Op {
	case "resolve":
		return resolve(root, asked)
	case "credentials":
		return credentials(root, asked)
	case "policy":
		return policy(asked)
	default:
		return failed{failure{Code: "question", Message: "unknown op " + asked.Op}}
	}
}
